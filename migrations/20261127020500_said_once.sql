-- What many statements say, said here once (ADR 16): the name an organisation is shown under, what a post is called,
-- the posts of an application, what a company sees of what it received (VIS-1), a post few people applied for.

-- The brand moves beside the name, so that Postgres itself keeps the name shown: no join, no trigger, no second way.
ALTER TABLE organisations
    ADD COLUMN brand text NOT NULL DEFAULT '',
    ADD CONSTRAINT organisations_brand_check CHECK (family = 'company' OR brand = '');
COMMENT ON COLUMN organisations.brand IS 'What a company calls itself, when it is not its official name (ORG-7, CMP-6); empty otherwise.';
UPDATE organisations o
SET brand = c.brand
FROM companies c
WHERE c.organisation_id = o.id AND c.brand <> '';
ALTER TABLE organisations
    ADD COLUMN shown_name text NOT NULL GENERATED ALWAYS AS (coalesce(nullif(brand, ''), name)) STORED;
COMMENT ON COLUMN organisations.shown_name IS 'The brand, else the name: what pages and mails call it (ORG-7).';
COMMENT ON COLUMN companies.brand IS 'Read by the version before this one only: dropped by the next. See organisations.brand.';
COMMENT ON COLUMN companies.search IS 'Read by the version before this one only: dropped by the next.';

-- Posts: derived with their words, by the same trigger.
ALTER TABLE job_descriptions ADD COLUMN label text NOT NULL DEFAULT '';
COMMENT ON COLUMN job_descriptions.label IS 'Derived: its own name, else that of its appellation.';

CREATE OR REPLACE FUNCTION derive_job_description() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(p.latitude, o.latitude)
         , coalesce(p.longitude, o.longitude)
         , coalesce(nullif(new.custom_name, ''), a.label)
         , concat_ws(' ', nullif(folded(new.custom_name), ''), a.search, r.search, lower(r.code))
    INTO new.latitude, new.longitude, new.label, new.words
    FROM organisations o
    JOIN rome_appellations a ON a.code = new.appellation_code
    JOIN rome_codes r ON r.code = a.rome_code
    LEFT JOIN communes p ON p.insee_code = new.commune_code AND p.latitude IS NOT NULL
    WHERE o.id = new.company_id;
    IF NOT found THEN
        -- Its foreign keys refuse the row a moment later.
        new.label := '';
        new.words := '';
    END IF;
    RETURN new;
END $$;
UPDATE job_descriptions j
SET label = coalesce(nullif(j.custom_name, ''), a.label)
FROM rome_appellations a
WHERE a.code = j.appellation_code;

CREATE VIEW application_posts AS
SELECT aj.application_id
     , j.id AS job_id
     , j.label
     , p.name AS commune
FROM application_jobs aj
JOIN job_descriptions j ON j.id = aj.job_description_id
LEFT JOIN communes p ON p.insee_code = j.commune_code;
COMMENT ON VIEW application_posts IS 'The posts of each application, as pages and mails name them. None: a spontaneous application.';

-- Neither strict nor with settings of their own: the planner writes them inside the statement, with its indexes.
CREATE FUNCTION company_sees(company uuid, a applications, since timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN a.company_id = company AND (a.state = 'accepted' OR a.submitted_at > since);
COMMENT ON FUNCTION company_sees(uuid, applications, timestamptz) IS
    'VIS-1: an application the company received, accepted or sent after this instant. Null for no company: nothing is seen.';

-- Called in FROM, for the same reason.
CREATE FUNCTION few_applications(job uuid, since timestamptz) RETURNS TABLE (few boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT count(*) <= 1
    FROM (
        SELECT
        FROM application_jobs aj
        JOIN applications a ON a.id = aj.application_id
        WHERE aj.job_description_id = few_applications.job
          -- The id of an application is as old as its draft, which may have waited: three months, to read few rows.
          AND aj.application_id >= rpad(
                  lpad(to_hex((extract(epoch FROM few_applications.since) * 1000)::bigint - 7776000000), 12, '0'), 32, '0'
              )::uuid
          AND a.submitted_at >= few_applications.since
        ORDER BY aj.application_id DESC -- those that count are among the last
        LIMIT 2
    ) recent;
END;
COMMENT ON FUNCTION few_applications(uuid, timestamptz) IS
    '« Soyez parmi les premiers à postuler » (SUB-52, CMP-34): at most one application for the post since this instant.';

CREATE OR REPLACE VIEW searchable_companies AS
SELECT c.organisation_id
     , o.kind
     , o.name
     , o.brand
     , o.shown_name AS display_name
     , o.search || ' ' || folded(o.brand) AS name_words
     , c.job_words
     , o.address_line_1
     , o.address_line_2
     , o.post_code
     , o.city
     , o.department_code
     , o.latitude
     , o.longitude
     , o.phone
     , o.email
     , o.website
     , o.description
     , c.provided_support
     , c.first_hours
     , c.weekly_hours
     , c.application_score
     , c.usual_answer_days
     , c.block_applications_at IS NOT NULL AS is_blocked
     , c.spontaneous_open_since IS NOT NULL AS is_spontaneous_open
     , c.has_members
     , c.open_jobs
     , c.block_applications_at IS NULL AND (c.spontaneous_open_since IS NOT NULL OR c.open_jobs > 0) AS is_hiring
FROM companies c
JOIN organisations o ON o.id = c.organisation_id AND o.family = 'company'
LEFT JOIN conventions v ON v.id = c.convention_id
-- Active as company_activity says it (a test compares them), in terms whose share the planner knows from statistics.
WHERE c.is_searchable AND (o.kind IN ('GEIQ', 'OPCS') OR c.source = 'STAFF_CREATED' OR v.is_active);

CREATE OR REPLACE VIEW jobs_to_list AS
SELECT j.id
     , j.company_id
     , j.last_employer_update_at
     , j.latitude
     , j.longitude
     , s.kind AS company_kind
     , coalesce(p.department_code, s.department_code) AS department_code
     , s.first_hours
     , j.contract_type
     , a.rome_code
     , j.other_contract
     , j.weekly_hours
     , j.open_positions
     , j.label
     , s.display_name AS company_name
     , s.has_members
     , CASE WHEN p.insee_code IS NULL THEN s.post_code ELSE p.post_codes[1] END AS post_code
     , coalesce(p.name, s.city) AS city
     , ' ' || s.name_words || ' ' || j.words AS words
FROM job_descriptions j
JOIN searchable_companies s ON s.organisation_id = j.company_id
JOIN rome_appellations a ON a.code = j.appellation_code
LEFT JOIN communes p ON p.insee_code = j.commune_code AND p.latitude IS NOT NULL
WHERE j.is_active AND NOT s.is_blocked;
