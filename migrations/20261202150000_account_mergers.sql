-- Two accounts of one professional become one (rule book 01 §13). The one that is no more stays closed, under its name: what is never
-- written again, the audit trail first, goes on naming it.
CREATE TABLE account_mergers (
    former_id uuid PRIMARY KEY CONSTRAINT account_mergers_former_id_fkey REFERENCES users (id),
    kept_id uuid NOT NULL CONSTRAINT account_mergers_kept_id_fkey REFERENCES users (id),
    is_former_identity boolean NOT NULL,
    merged_by uuid NOT NULL CONSTRAINT account_mergers_merged_by_fkey REFERENCES users (id),
    merged_at timestamptz NOT NULL,
    CONSTRAINT account_mergers_differ_check CHECK (former_id <> kept_id)
);
COMMENT ON TABLE account_mergers IS 'Accounts that were merged into another one of the same professional. Why is in account_remarks.';
COMMENT ON COLUMN account_mergers.kept_id IS 'The account that stays; when it is merged in its turn, the one it was merged into.';
COMMENT ON COLUMN account_mergers.is_former_identity IS 'Whether the identity that survived is the one of the account that is no more.';
CREATE INDEX account_mergers_kept_idx ON account_mergers (kept_id);
CREATE INDEX account_mergers_merged_by_idx ON account_mergers (merged_by);

-- Whoever was merged signs in no more, and nothing opens that account again.
CREATE FUNCTION refuse_merged_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM account_mergers m WHERE m.former_id = NEW.id) THEN
        RAISE EXCEPTION 'the account % was merged into another', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'users_merged_check';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION refuse_merged_account() IS 'Refuses to open again an account that was merged into another.';
CREATE TRIGGER users_merged_check BEFORE UPDATE OF is_active ON users
    FOR EACH ROW WHEN (NOT OLD.is_active AND NEW.is_active) EXECUTE FUNCTION refuse_merged_account();
