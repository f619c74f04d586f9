-- An organisation that another took the place of (rule book 01 §13): closed, never deleted, since the trail, the mails and the report of
-- what moved name it, and its old addresses lead to the one that replaced it.
ALTER TABLE organisations
    ADD COLUMN closed_at timestamptz,
    ADD COLUMN replaced_by uuid CONSTRAINT organisations_replaced_by_fkey REFERENCES organisations (id),
    ADD CONSTRAINT organisations_replaced_by_check CHECK (replaced_by IS NULL OR (replaced_by <> id AND closed_at IS NOT NULL));
COMMENT ON COLUMN organisations.closed_at IS 'Since when nobody acts for it any more, nor finds it; null while it is open.';
COMMENT ON COLUMN organisations.replaced_by IS 'The organisation that took its place, itself open: one that is replaced in turn hands its own over.';
CREATE INDEX organisations_replaced_by_idx ON organisations (replaced_by) WHERE replaced_by IS NOT NULL;

-- What the team moved from one organisation to another, and why: read from both (STF-2).
CREATE TABLE organisation_transfers (
    id uuid PRIMARY KEY,
    kind text NOT NULL CONSTRAINT organisation_transfers_kind_check CHECK (kind IN ('merger', 'transfer')),
    source_id uuid NOT NULL CONSTRAINT organisation_transfers_source_id_fkey REFERENCES organisations (id),
    target_id uuid NOT NULL CONSTRAINT organisation_transfers_target_id_fkey REFERENCES organisations (id),
    moved jsonb NOT NULL CONSTRAINT organisation_transfers_moved_check CHECK (jsonb_typeof(moved) = 'array'),
    closes_source boolean NOT NULL,
    remark text NOT NULL CONSTRAINT organisation_transfers_remark_check CHECK (char_length(remark) BETWEEN 1 AND 500),
    done_by uuid NOT NULL CONSTRAINT organisation_transfers_done_by_fkey REFERENCES users (id),
    done_at timestamptz NOT NULL,
    CONSTRAINT organisation_transfers_differ_check CHECK (source_id <> target_id)
);
COMMENT ON TABLE organisation_transfers IS 'Mergers of prescriber organisations and transfers between companies, done by the team: the report of what moved.';
COMMENT ON COLUMN organisation_transfers.moved IS 'A row for each category: its code, how many moved, how many stayed because the target had the same.';
COMMENT ON COLUMN organisation_transfers.closes_source IS 'Nobody acts for the source any more: merged, or disabled.';
COMMENT ON COLUMN organisation_transfers.remark IS 'What the support wrote of it (STF-2); read by the team alone.';
CREATE INDEX organisation_transfers_source_idx ON organisation_transfers (source_id, done_at);
CREATE INDEX organisation_transfers_target_idx ON organisation_transfers (target_id, done_at);
CREATE INDEX organisation_transfers_done_by_idx ON organisation_transfers (done_by);

-- Applications and the posts they were hired for move together: which of both is written first does not matter until both are.
ALTER TABLE applications ALTER CONSTRAINT applications_hired_job_fkey DEFERRABLE INITIALLY IMMEDIATE;
