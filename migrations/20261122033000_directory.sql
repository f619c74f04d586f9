-- The directory as searches read it: one row for each employer and each post that can be found, kept by triggers (ADR 15).

-- Not strict, so that the planner writes it inside the statement: a call for each row cost ten times the arithmetic.
CREATE OR REPLACE FUNCTION distance_km(lat1 float8, lon1 float8, lat2 float8, lon2 float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 2 * 6371.0088::float8 * asin(least(1::float8, sqrt(
    sin(radians(lat2 - lat1) / 2) ^ 2
    + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2
)));
COMMENT ON FUNCTION distance_km IS 'Kilometres between two positions, none of them null (haversine).';

-- What a search finds, as its results show it: the definitions, and below the tables that hold them.
CREATE VIEW employers_to_list AS
SELECT s.organisation_id
     , s.has_members
     , s.is_hiring
     , s.application_score
     , s.latitude
     , s.longitude
     , s.kind
     , s.department_code
     , s.post_code
     , s.first_hours
     , s.name
     , s.display_name
     , s.address_line_1
     , s.city
     , s.weekly_hours
     , s.is_blocked
     , s.is_spontaneous_open
     , s.open_jobs
     , coalesce(openings.positions, 0) AS open_positions
     , coalesce(openings.rome_codes, '{}') AS rome_codes
     , s.usual_answer_days
     , ' ' || s.name_words || ' ' || s.job_words AS words
FROM searchable_companies s
CROSS JOIN LATERAL (
    SELECT sum(posts.positions)::int8 AS positions
         , array_agg(posts.rome_code ORDER BY posts.jobs DESC, posts.rome_code) AS rome_codes
    FROM (
        SELECT a.rome_code, count(*) AS jobs, sum(j.open_positions) AS positions
        FROM job_descriptions j
        JOIN rome_appellations a ON a.code = j.appellation_code
        WHERE j.company_id = s.organisation_id AND j.is_active
        GROUP BY a.rome_code
    ) posts
) openings;

CREATE VIEW jobs_to_list AS
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
     , coalesce(nullif(j.custom_name, ''), a.label) AS label
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

CREATE TABLE directory_employers AS SELECT * FROM employers_to_list;
ALTER TABLE directory_employers
    ADD PRIMARY KEY (organisation_id),
    ADD FOREIGN KEY (organisation_id) REFERENCES companies (organisation_id) ON DELETE CASCADE;
COMMENT ON TABLE directory_employers IS 'Derived: employers_to_list, kept by triggers.';
COMMENT ON COLUMN directory_employers.open_positions IS 'How many people the open posts look for.';
COMMENT ON COLUMN directory_employers.rome_codes IS 'ROME codes of the open posts, the most frequent first.';
COMMENT ON COLUMN directory_employers.words IS 'Folded names, and words of the open posts, each word after a space.';
CREATE INDEX directory_employers_position_idx ON directory_employers (latitude, longitude);
CREATE INDEX directory_employers_words_idx ON directory_employers USING gin (words gin_trgm_ops);

CREATE TABLE directory_jobs AS SELECT * FROM jobs_to_list;
ALTER TABLE directory_jobs
    ADD PRIMARY KEY (id),
    ADD FOREIGN KEY (id) REFERENCES job_descriptions (id) ON DELETE CASCADE;
COMMENT ON TABLE directory_jobs IS 'Derived: jobs_to_list, kept by triggers.';
COMMENT ON COLUMN directory_jobs.words IS 'Folded names of the employer, and words of the post, each word after a space.';
CREATE INDEX directory_jobs_company_idx ON directory_jobs (company_id);
CREATE INDEX directory_jobs_position_idx ON directory_jobs (latitude, longitude);
CREATE INDEX directory_jobs_words_idx ON directory_jobs USING gin (words gin_trgm_ops);
DROP INDEX job_descriptions_position_idx;

-- Towns of a wide map.
CREATE INDEX communes_towns_idx ON communes (latitude, longitude) WHERE population >= 2000;

CREATE FUNCTION list_company(company uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Locked before it is read: of two simultaneous changes, the second lists what the first did.
    PERFORM FROM companies WHERE organisation_id = company FOR NO KEY UPDATE;
    DELETE FROM directory_employers d
    WHERE d.organisation_id = company
      AND NOT EXISTS (SELECT FROM employers_to_list l WHERE l.organisation_id = company AND ROW (l.*) IS NOT DISTINCT FROM ROW (d.*));
    INSERT INTO directory_employers
    SELECT * FROM employers_to_list WHERE organisation_id = company
    ON CONFLICT DO NOTHING;
    DELETE FROM directory_jobs d
    WHERE d.company_id = company
      AND NOT EXISTS (SELECT FROM jobs_to_list l WHERE l.company_id = company AND ROW (l.*) IS NOT DISTINCT FROM ROW (d.*));
    INSERT INTO directory_jobs
    SELECT * FROM jobs_to_list WHERE company_id = company
    ON CONFLICT DO NOTHING;
END $$;

CREATE OR REPLACE FUNCTION job_description_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    company uuid;
BEGIN
    -- In order, so that two posts that change hands at once do not wait for each other.
    FOR company IN SELECT DISTINCT unnest(ARRAY[new.company_id, old.company_id]) AS id ORDER BY id LOOP
        PERFORM derive_company(company);
        PERFORM list_company(company);
    END LOOP;
    RETURN NULL;
END $$;
DROP TRIGGER job_descriptions_changed ON job_descriptions;
CREATE TRIGGER job_descriptions_changed
    AFTER INSERT OR DELETE OR UPDATE ON job_descriptions
    FOR EACH ROW EXECUTE FUNCTION job_description_changed();

CREATE FUNCTION company_listed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_company(new.organisation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER companies_listed
    AFTER INSERT OR UPDATE ON companies
    FOR EACH ROW EXECUTE FUNCTION company_listed();

CREATE FUNCTION organisation_listed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_company(new.id);
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_listed
    AFTER UPDATE ON organisations
    FOR EACH ROW WHEN (new.family = 'company' AND old IS DISTINCT FROM new)
    EXECUTE FUNCTION organisation_listed();

CREATE FUNCTION convention_listed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM list_company(organisation_id) FROM companies WHERE convention_id = new.id ORDER BY organisation_id;
    RETURN NULL;
END $$;
CREATE TRIGGER conventions_listed
    AFTER UPDATE OF is_active ON conventions
    FOR EACH ROW WHEN (old.is_active IS DISTINCT FROM new.is_active)
    EXECUTE FUNCTION convention_listed();

-- What a listed post takes from its commune.
DROP TRIGGER communes_moved ON communes;
CREATE TRIGGER communes_moved
    AFTER UPDATE OF latitude, longitude, name, post_codes, department_code ON communes
    FOR EACH ROW WHEN (
        (old.latitude, old.longitude, old.name, old.post_codes, old.department_code) IS DISTINCT FROM
        (new.latitude, new.longitude, new.name, new.post_codes, new.department_code)
    )
    EXECUTE FUNCTION commune_moved();
