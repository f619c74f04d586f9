-- A request of prolongation whose organisation lost its authorisation, or whose right ended, goes back to the SIAE that asked
-- (D15): nobody answered it, and the SIAE asks another prescriber.
ALTER TABLE prolongation_requests
    DROP CONSTRAINT prolongation_requests_state_check,
    ADD CONSTRAINT prolongation_requests_state_check CHECK (state IN ('pending', 'granted', 'denied', 'returned')) NOT VALID,
    DROP CONSTRAINT prolongation_requests_processed_check,
    ADD CONSTRAINT prolongation_requests_processed_check CHECK (
        (processed_at IS NULL) = (state = 'pending') AND (processed_by IS NULL) = (state = 'pending' OR state = 'returned')
    ) NOT VALID;
COMMENT ON COLUMN prolongation_requests.processed_at IS 'When it was granted, refused, or given back.';
