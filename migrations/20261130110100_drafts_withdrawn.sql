-- An SIAE that may not prescribe to itself records nobody for itself who would be hired on its word alone (rule book 02 SUB-4).
-- Validated in the next file.
ALTER TABLE draft_applications
    DROP CONSTRAINT draft_applications_refusal_check,
    ADD CONSTRAINT draft_applications_refusal_check CHECK (refusal IN (
        'applied_recently', 'company_blocks', 'company_not_registered', 'company_left', 'withdrawn', 'waiting_period',
        'jobs_closed', 'spontaneous_closed'
    )) NOT VALID;
