-- What an organisation sent, and what an SIAE prescribed to itself: each said once, for lists, dashboards and pages.

-- Inlined by the planner: it must stay one expression.
CREATE FUNCTION prescriber_sent(organisation uuid, a applications) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN a.sender_kind = 'prescriber' AND a.sender_organisation_id = organisation;
COMMENT ON FUNCTION prescriber_sent(uuid, applications) IS
    'TEN-1: an application a member of this prescriber organisation sent.';

CREATE VIEW self_prescriptions AS
SELECT a.id
     , a.candidate_id
     , a.company_id
     , a.diagnosis_id
     , a.pass_id
     , a.processed_at AS accepted_at
     , a.hiring_starts_on AS starts_on
     , a.hiring_ends_on AS ends_on
     , o.shown_name AS company_name
     , o.kind AS company_kind
     , o.siret AS company_siret
     , o.city AS company_city
     , o.department_code
     , d.created_at AS diagnosed_at
     , d.expires_on
     , d.author_id
FROM applications a
JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id AND d.author_kind = 'employer'
JOIN organisations o ON o.id = a.company_id
WHERE a.state = 'accepted';
COMMENT ON VIEW self_prescriptions IS 'Hires that rest on a diagnosis made by the SIAE itself (auto-prescription).';
