-- The département of a hire is read where it was noted, once it was for every one. The key keeps its company to one, and it
-- always has one: when none of its columns is read, as to count, it is not joined. No column of the view changes.
CREATE OR REPLACE VIEW self_prescriptions AS
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
     , a.self_prescribed_department AS department_code
     , d.created_at AS diagnosed_at
     , d.expires_on
     , d.author_id
     , o.search || ' ' || folded(o.brand) AS company_words
     , a.anomalies
FROM applications a
LEFT JOIN organisations o ON o.id = a.company_id
LEFT JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
WHERE a.self_prescribed;
