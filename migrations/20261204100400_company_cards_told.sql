-- The same for what a company says of its support.
CREATE FUNCTION company_card_told() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('directory_changed', old.organisation_id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER companies_card_told
    AFTER UPDATE OF provided_support ON companies
    FOR EACH ROW WHEN (old.provided_support IS DISTINCT FROM new.provided_support)
    EXECUTE FUNCTION company_card_told();
-- One that is gone is not listed again.
CREATE TRIGGER companies_gone_told
    AFTER DELETE ON companies
    FOR EACH ROW EXECUTE FUNCTION company_card_told();
