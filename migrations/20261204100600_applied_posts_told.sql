-- « Soyez parmi les premiers à postuler » (SUB-52): once a statement, which may be the copy of a whole file.
CREATE FUNCTION applied_posts_told() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('directory_changed', applied.company_id::text)
    FROM (
        SELECT DISTINCT j.company_id
        FROM changed c
        JOIN job_descriptions j ON j.id = c.job_description_id
    ) applied;
    RETURN NULL;
END $$;
CREATE TRIGGER application_jobs_added_told
    AFTER INSERT ON application_jobs REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION applied_posts_told();
CREATE TRIGGER application_jobs_removed_told
    AFTER DELETE ON application_jobs REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION applied_posts_told();
