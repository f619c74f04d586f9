-- The chain and its seals, like the trail: changed by nobody by accident, the owner included. Retention marks the places of
-- what it deletes, and nothing else.
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('iae.audit_purge', true) = 'on' THEN
        IF TG_TABLE_NAME = 'audit_events' AND TG_OP = 'DELETE' THEN
            RETURN OLD;
        ELSIF TG_TABLE_NAME = 'audit_chain' AND TG_OP = 'UPDATE' THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'TRUNCATE' AND current_setting('iae.audit_erase', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_chain_append_only BEFORE UPDATE OR DELETE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_chain_no_truncate BEFORE TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_seals_append_only BEFORE UPDATE OR DELETE ON audit_seals
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_seals_no_truncate BEFORE TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
