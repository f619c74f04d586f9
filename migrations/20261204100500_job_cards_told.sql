-- The same for what a post says.
CREATE FUNCTION job_description_card_told() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('directory_changed', new.company_id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER job_descriptions_card_told
    AFTER UPDATE OF missions, profile, cv_required ON job_descriptions
    FOR EACH ROW WHEN (
        (old.missions, old.profile, old.cv_required) IS DISTINCT FROM (new.missions, new.profile, new.cv_required)
    )
    EXECUTE FUNCTION job_description_card_told();
