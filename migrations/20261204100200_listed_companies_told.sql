-- What the directory is derived from: whatever has a company listed again (ADR 15) may have changed its card and its posts.
CREATE FUNCTION company_to_list_told() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('directory_changed', new.company_id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER companies_to_list_told
    AFTER INSERT ON companies_to_list
    FOR EACH ROW EXECUTE FUNCTION company_to_list_told();
