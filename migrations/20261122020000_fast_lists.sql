-- What lists and searches read all day, derived once when it is written (docs/performance.md).
-- Each derived column is kept by triggers, whoever writes; a test compares them with what they are derived from.

-- Companies: what orders a search (CMP-39) and the words its posts are found by.
ALTER TABLE companies
    ADD COLUMN has_members boolean NOT NULL DEFAULT false,
    ADD COLUMN open_jobs bigint NOT NULL DEFAULT 0,
    ADD COLUMN job_words text NOT NULL DEFAULT '',
    ADD COLUMN usual_answer_days float8;
COMMENT ON COLUMN companies.has_members IS 'Derived: someone is an active member.';
COMMENT ON COLUMN companies.open_jobs IS 'Derived: number of open posts.';
COMMENT ON COLUMN companies.job_words IS 'Derived: the words of its open posts.';
COMMENT ON COLUMN companies.usual_answer_days IS 'Derived every night: median days to a first answer over six months; null under three answers.';

-- Posts: where one works, and the words a search compares.
ALTER TABLE job_descriptions
    ADD COLUMN latitude float8,
    ADD COLUMN longitude float8,
    ADD COLUMN words text NOT NULL DEFAULT '';
COMMENT ON COLUMN job_descriptions.latitude IS 'Derived: of the commune of work, else of the company.';
COMMENT ON COLUMN job_descriptions.longitude IS 'Derived: of the commune of work, else of the company.';
COMMENT ON COLUMN job_descriptions.words IS 'Derived: folded name, appellation, ROME label and code.';

CREATE FUNCTION derive_job_description() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(p.latitude, o.latitude)
         , coalesce(p.longitude, o.longitude)
         , concat_ws(' ', nullif(folded(new.custom_name), ''), a.search, r.search, lower(r.code))
    INTO new.latitude, new.longitude, new.words
    FROM organisations o
    JOIN rome_appellations a ON a.code = new.appellation_code
    JOIN rome_codes r ON r.code = a.rome_code
    LEFT JOIN communes p ON p.insee_code = new.commune_code AND p.latitude IS NOT NULL
    WHERE o.id = new.company_id;
    IF NOT found THEN
        -- Its foreign keys refuse the row a moment later.
        new.words := '';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER job_descriptions_derive
    BEFORE INSERT OR UPDATE OF company_id, custom_name, appellation_code, commune_code ON job_descriptions
    FOR EACH ROW EXECUTE FUNCTION derive_job_description();

CREATE FUNCTION derive_company(company uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Locked before it is read: of two simultaneous changes, the second counts what the first did.
    PERFORM FROM companies WHERE organisation_id = company FOR NO KEY UPDATE;
    UPDATE companies c
    SET has_members = derived.has_members, open_jobs = derived.open_jobs, job_words = derived.job_words
    FROM (
        SELECT EXISTS (SELECT FROM memberships WHERE organisation_id = company AND is_active) AS has_members
             , count(*) AS open_jobs
             , coalesce(string_agg(j.words, ' ' ORDER BY j.id), '') AS job_words
        FROM job_descriptions j
        WHERE j.company_id = company AND j.is_active
    ) derived
    WHERE c.organisation_id = company
      AND (c.has_members, c.open_jobs, c.job_words) IS DISTINCT FROM
          (derived.has_members, derived.open_jobs, derived.job_words);
END $$;

CREATE FUNCTION job_description_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM derive_company(coalesce(new.company_id, old.company_id));
    IF old.company_id <> new.company_id THEN
        PERFORM derive_company(old.company_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER job_descriptions_changed
    AFTER INSERT OR DELETE OR UPDATE OF company_id, is_active, custom_name, appellation_code ON job_descriptions
    FOR EACH ROW EXECUTE FUNCTION job_description_changed();

CREATE FUNCTION membership_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM derive_company(coalesce(new.organisation_id, old.organisation_id));
    RETURN NULL;
END $$;
CREATE TRIGGER memberships_changed
    AFTER INSERT OR DELETE OR UPDATE OF is_active ON memberships
    FOR EACH ROW EXECUTE FUNCTION membership_changed();

-- Members may be there before the company.
CREATE FUNCTION company_created() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM derive_company(new.organisation_id);
    RETURN NULL;
END $$;
CREATE TRIGGER companies_created
    AFTER INSERT ON companies
    FOR EACH ROW EXECUTE FUNCTION company_created();

-- What a post takes from elsewhere: writing a column back makes its trigger derive anew.
CREATE FUNCTION organisation_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_descriptions SET company_id = company_id WHERE company_id = new.id;
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_moved
    AFTER UPDATE OF latitude, longitude ON organisations
    FOR EACH ROW WHEN ((old.latitude, old.longitude) IS DISTINCT FROM (new.latitude, new.longitude))
    EXECUTE FUNCTION organisation_moved();

CREATE FUNCTION commune_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_descriptions SET commune_code = commune_code WHERE commune_code = new.insee_code;
    RETURN NULL;
END $$;
CREATE TRIGGER communes_moved
    AFTER UPDATE OF latitude, longitude ON communes
    FOR EACH ROW WHEN ((old.latitude, old.longitude) IS DISTINCT FROM (new.latitude, new.longitude))
    EXECUTE FUNCTION commune_moved();

CREATE FUNCTION appellation_renamed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_descriptions SET appellation_code = appellation_code WHERE appellation_code = new.code;
    RETURN NULL;
END $$;
CREATE TRIGGER rome_appellations_renamed
    AFTER UPDATE OF label, rome_code ON rome_appellations
    FOR EACH ROW WHEN ((old.label, old.rome_code) IS DISTINCT FROM (new.label, new.rome_code))
    EXECUTE FUNCTION appellation_renamed();

CREATE FUNCTION rome_code_renamed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE job_descriptions j
    SET appellation_code = j.appellation_code
    FROM rome_appellations a
    WHERE a.code = j.appellation_code AND a.rome_code = new.code;
    RETURN NULL;
END $$;
CREATE TRIGGER rome_codes_renamed
    AFTER UPDATE OF label ON rome_codes
    FOR EACH ROW WHEN (old.label IS DISTINCT FROM new.label)
    EXECUTE FUNCTION rome_code_renamed();

UPDATE job_descriptions SET company_id = company_id;
SELECT derive_company(organisation_id) FROM companies;
ALTER TABLE job_descriptions DROP COLUMN search;

DROP VIEW searchable_companies;
CREATE VIEW searchable_companies AS
SELECT c.organisation_id
     , o.kind
     , o.name
     , c.brand
     , coalesce(nullif(c.brand, ''), o.name) AS display_name
     , o.search || ' ' || c.search AS name_words
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
COMMENT ON VIEW searchable_companies IS 'Companies anyone may find, with what orders them (CMP-39) and decides whether they may be applied to (CMP-27, CMP-35, CMP-36).';

CREATE INDEX job_descriptions_position_idx ON job_descriptions (latitude, longitude) WHERE is_active;

-- Départements the candidates of an organisation's applications live or lived in: what a list offers to filter by.
CREATE TABLE application_departments (
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    direction text NOT NULL CONSTRAINT application_departments_direction_check CHECK (direction IN ('received', 'sent')),
    department_code text NOT NULL REFERENCES departments (code),
    PRIMARY KEY (organisation_id, direction, department_code)
);
COMMENT ON TABLE application_departments IS 'Derived: départements of the candidates of the applications an organisation received or sent.';

CREATE FUNCTION note_application_departments(candidates uuid[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO application_departments (organisation_id, direction, department_code)
    SELECT DISTINCT of_organisation.id, of_organisation.direction, c.department_code
    FROM applications a
    JOIN candidates c ON c.id = a.candidate_id AND c.department_code IS NOT NULL
    CROSS JOIN LATERAL (
        VALUES (a.company_id, 'received'), (a.sender_organisation_id, 'sent')
    ) AS of_organisation (id, direction)
    WHERE a.candidate_id = ANY (candidates) AND of_organisation.id IS NOT NULL
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING;
$$;
CREATE FUNCTION applications_sent() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_application_departments(array(SELECT candidate_id FROM sent));
    RETURN NULL;
END $$;
CREATE TRIGGER applications_sent
    AFTER INSERT ON applications REFERENCING NEW TABLE AS sent
    FOR EACH STATEMENT EXECUTE FUNCTION applications_sent();
CREATE FUNCTION candidate_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM note_application_departments(ARRAY[new.id]);
    RETURN NULL;
END $$;
CREATE TRIGGER candidates_moved
    AFTER UPDATE OF department_code ON candidates
    FOR EACH ROW WHEN (old.department_code IS DISTINCT FROM new.department_code)
    EXECUTE FUNCTION candidate_moved();
SELECT note_application_departments(array(SELECT id FROM candidates));

-- Counts by state read the index alone.
CREATE INDEX applications_sent_state_idx ON applications (sender_organisation_id, state, submitted_at DESC, id DESC)
    WHERE sender_kind = 'prescriber';
-- The last answers on the dashboard of a prescriber.
CREATE INDEX applications_answered_idx ON applications (sender_organisation_id, updated_at DESC, id DESC)
    WHERE sender_kind = 'prescriber' AND state IN ('accepted', 'refused', 'postponed');
-- The PASS of the people a company hired.
CREATE INDEX applications_hired_pass_idx ON applications (company_id, pass_id)
    WHERE state = 'accepted' AND pass_id IS NOT NULL;
-- Whose diagnosis a hire rests on (auto-prescriptions).
CREATE INDEX eligibility_diagnoses_employer_idx ON eligibility_diagnoses (id) WHERE author_kind = 'employer';
-- The last applications for a post: ids follow time.
DROP INDEX application_jobs_job_idx;
CREATE INDEX application_jobs_job_idx ON application_jobs (job_description_id, application_id DESC);
