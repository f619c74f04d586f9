-- What an SIAE declared of a person it hired on its own diagnosis, a row for each criterion: what proofs are kept of, for which
-- hires, and until when (rule book 03 §2.13).
CREATE VIEW self_prescribed_criteria AS
SELECT a.id AS application_id
     , a.company_id
     , a.candidate_id
     , a.hiring_starts_on AS starts_on
     , dc.criterion_code
     , coalesce(dc.certified_days @> a.hiring_starts_on, false) AS is_certified
FROM applications a
JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id AND d.organisation_id = a.company_id
JOIN diagnosis_criteria dc ON dc.diagnosis_id = d.id
WHERE a.self_prescribed;
COMMENT ON VIEW self_prescribed_criteria IS 'The criteria of each hire that rests on a diagnosis made by the SIAE itself; certified when the State answered for the first day of the contract.';
