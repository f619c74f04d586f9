-- The name an application is listed by, kept beside it as its département is: a page in the order of names is read from an
-- index, however many applications an organisation has.
ALTER TABLE applications ADD COLUMN candidate_search text NOT NULL DEFAULT '';
COMMENT ON COLUMN applications.candidate_search IS 'Derived: candidates.search of the person, for the order of names.';

CREATE FUNCTION application_named() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- For nobody, the foreign key refuses the row.
    new.candidate_search := coalesce((SELECT c.search FROM candidates c WHERE c.id = new.candidate_id), '');
    RETURN new;
END $$;
CREATE TRIGGER applications_named
    BEFORE INSERT OR UPDATE OF candidate_id, candidate_search ON applications
    FOR EACH ROW EXECUTE FUNCTION application_named();

-- Whoever sends an application, or moves it to another file, holds the lock of the person: a name given meanwhile waits.
CREATE FUNCTION candidate_renamed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE applications a SET candidate_search = new.search WHERE a.candidate_id = new.id;
    RETURN NULL;
END $$;
CREATE TRIGGER candidates_renamed
    AFTER UPDATE OF search ON candidates
    FOR EACH ROW WHEN (old.search IS DISTINCT FROM new.search) EXECUTE FUNCTION candidate_renamed();
