-- Parts of a file that went to another file of the same person (rule book 01 §13).
CREATE TABLE candidate_transfers (
    id uuid PRIMARY KEY,
    from_id uuid NOT NULL CONSTRAINT candidate_transfers_from_id_fkey REFERENCES candidates (id),
    to_id uuid NOT NULL CONSTRAINT candidate_transfers_to_id_fkey REFERENCES candidates (id),
    parts text[] NOT NULL CONSTRAINT candidate_transfers_parts_check CHECK (
        parts <@ ARRAY['passes', 'diagnoses', 'applications', 'accompaniments']
    ),
    transferred_by uuid NOT NULL CONSTRAINT candidate_transfers_transferred_by_fkey REFERENCES users (id),
    transferred_at timestamptz NOT NULL,
    CONSTRAINT candidate_transfers_some_check CHECK (cardinality(parts) > 0),
    CONSTRAINT candidate_transfers_differ_check CHECK (from_id <> to_id)
);
COMMENT ON TABLE candidate_transfers IS 'What the team moved from a file to another one of the same person. Why is in account_remarks, with each of both.';
COMMENT ON COLUMN candidate_transfers.id IS 'Given with the form: sent twice, it is one transfer.';
CREATE INDEX candidate_transfers_from_idx ON candidate_transfers (from_id, transferred_at DESC);
CREATE INDEX candidate_transfers_to_idx ON candidate_transfers (to_id, transferred_at DESC);
CREATE INDEX candidate_transfers_transferred_by_idx ON candidate_transfers (transferred_by);

-- A person's applications that change file are among those of another département.
CREATE FUNCTION application_of_another_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_application_departments(ARRAY[NEW.candidate_id]);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION application_of_another_file() IS 'Keeps application_departments true of an application whose file changes.';
CREATE TRIGGER applications_of_another_file AFTER UPDATE OF candidate_id ON applications
    FOR EACH ROW WHEN (OLD.candidate_id <> NEW.candidate_id) EXECUTE FUNCTION application_of_another_file();
