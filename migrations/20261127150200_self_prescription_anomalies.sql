-- What is odd in a hire an SIAE prescribed to itself, for the DDETS to look at first; and the words a structure is found by.
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
     , o.department_code
     , d.created_at AS diagnosed_at
     , d.expires_on
     , d.author_id
     , o.search || ' ' || folded(o.brand) AS company_words
     -- Read only where it is asked for.
     , (
           SELECT array_remove(ARRAY[
               CASE
                   WHEN NOT coalesce(bool_or(e.level = 1), false)
                    AND count(*) FILTER (WHERE e.level = 2) < CASE WHEN o.kind IN ('AI', 'ETTI') THEN 2 ELSE 3 END
                   THEN 'criteria'
               END,
               CASE
                   WHEN bool_or(
                       dc.criterion_code = 'SENIOR' AND c.birth_date > made.on_day - interval '50 years'
                       OR dc.criterion_code = 'JEUNE' AND c.birth_date <= made.on_day - interval '26 years'
                   )
                   THEN 'age'
               END,
               CASE WHEN a.pass_id IS NULL THEN 'no_pass' END
           ], NULL)
           FROM (SELECT (d.created_at AT TIME ZONE 'Europe/Paris')::date AS on_day) AS made
           JOIN candidates c ON c.id = a.candidate_id
           LEFT JOIN diagnosis_criteria dc ON dc.diagnosis_id = a.diagnosis_id
           LEFT JOIN eligibility_criteria e ON e.code = dc.criterion_code
       ) AS anomalies
FROM applications a
JOIN organisations o ON o.id = a.company_id
-- The key keeps it to one; when none of its columns is read, it is not joined.
LEFT JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
WHERE a.self_prescribed;

ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'passes', 'candidates', 'self_prescriptions', 'self_prescribers', 'access_log', 'audit_trail',
    'emails', 'jobs'
));
