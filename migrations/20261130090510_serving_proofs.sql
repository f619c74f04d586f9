-- Which hires a proof may serve, whatever its age: what decides of it is the rule `is_valid_for` (rule book 03 §2.13).
CREATE VIEW serving_proofs AS
SELECT p.id
     , p.company_id
     , p.candidate_id
     , p.criterion_code
     , p.dated_on
     , p.deposited_by
     , p.deposited_at
     , e.proof_max_age_months AS max_age_months
     , ARRAY(
           SELECT declared.starts_on
           FROM self_prescribed_criteria declared
           WHERE declared.candidate_id = p.candidate_id
             AND declared.company_id = p.company_id
             AND declared.criterion_code = p.criterion_code
           ORDER BY 1
       ) AS hires
     , ARRAY(
           SELECT h.starts_on
           FROM control_hires h
           JOIN controls c ON c.id = h.control_id
           JOIN control_campaigns k ON k.id = c.campaign_id
           WHERE h.candidate_id = p.candidate_id
             AND c.company_id = p.company_id
             AND p.criterion_code = ANY (h.criteria)
             AND k.ended_at IS NULL
           ORDER BY 1
       ) AS controlled
FROM eligibility_proofs p
JOIN eligibility_criteria e ON e.code = p.criterion_code;
COMMENT ON VIEW serving_proofs IS 'Each proof that an SIAE keeps, with the first days of the contracts for which it declared this criterion of this person: hires, and hires that a running campaign controls, cancelled since or not.';
