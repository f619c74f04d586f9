-- What the public directory searches (rule book 04 §4): folded texts beside each name, one view of who may be found,
-- and the indexes of a search around a commune.

ALTER TABLE organisations ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (folded(name)) STORED;
ALTER TABLE companies ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (folded(brand)) STORED;
ALTER TABLE rome_codes ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (folded(label)) STORED;
ALTER TABLE job_descriptions ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (folded(custom_name)) STORED;

-- Rule book 04 §4.2, but for the coordinates: a search compares them anyway, a card does without. Grace is not activity.
CREATE VIEW searchable_companies AS
SELECT c.organisation_id
     , o.kind
     , o.name
     , c.brand
     , coalesce(nullif(c.brand, ''), o.name) AS display_name
     , o.search || ' ' || c.search AS name_search
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
     , c.block_applications_at IS NOT NULL AS is_blocked
     , c.spontaneous_open_since IS NOT NULL AS is_spontaneous_open
     , EXISTS (SELECT FROM memberships m WHERE m.organisation_id = c.organisation_id AND m.is_active) AS has_members
     , (SELECT count(*) FROM job_descriptions j WHERE j.company_id = c.organisation_id AND j.is_active) AS open_jobs
     , c.block_applications_at IS NULL AND (
           c.spontaneous_open_since IS NOT NULL
           OR EXISTS (SELECT FROM job_descriptions j WHERE j.company_id = c.organisation_id AND j.is_active)
       ) AS is_hiring
FROM companies c
JOIN organisations o ON o.id = c.organisation_id AND o.family = 'company'
LEFT JOIN conventions v ON v.id = c.convention_id
-- Active as company_activity says it (a test compares them), in terms whose share the planner knows from statistics.
WHERE c.is_searchable AND (o.kind IN ('GEIQ', 'OPCS') OR c.source = 'STAFF_CREATED' OR v.is_active);
COMMENT ON VIEW searchable_companies IS 'Companies anyone may find, with what orders them (CMP-39) and decides whether they may be applied to (CMP-27, CMP-35, CMP-36).';

CREATE INDEX organisations_company_position_idx ON organisations (latitude, longitude) WHERE family = 'company';
CREATE INDEX job_descriptions_open_idx ON job_descriptions (last_employer_update_at DESC, id DESC) WHERE is_active;
CREATE INDEX job_descriptions_commune_idx ON job_descriptions (commune_code) WHERE is_active;
-- The usual time to answer reads the first processing of each application.
CREATE INDEX application_transitions_first_processing_idx ON application_transitions (application_id) INCLUDE (at)
    WHERE from_state = 'new' AND user_id IS NOT NULL;

-- Kept here because lists and cards say it the same way.
CREATE FUNCTION usual_answer_days(company uuid, since timestamptz) RETURNS float8
LANGUAGE sql STABLE PARALLEL SAFE STRICT
RETURN (
    SELECT CASE WHEN count(*) >= 3 THEN
               percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_processing.at - a.submitted_at) / 86400)
           END
    FROM applications a
    CROSS JOIN LATERAL (
        SELECT min(t.at) AS at
        FROM application_transitions t
        WHERE t.application_id = a.id AND t.from_state = 'new' AND t.user_id IS NOT NULL
    ) first_processing
    WHERE a.company_id = company AND a.submitted_at >= since AND first_processing.at IS NOT NULL
);
COMMENT ON FUNCTION usual_answer_days IS 'Median days between the submission of an application and the first thing the company did with it; null under three answers.';
