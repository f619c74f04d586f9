-- Someone who was only looked up is known by what they were looked up by: the rest of the file says no NIR.
CREATE FUNCTION has_acted_for(candidate uuid, organisation uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
           SELECT FROM candidate_relations r
           WHERE r.organisation_id = organisation AND r.candidate_id = candidate AND r.origin <> 'looked_up'
       )
    OR EXISTS (SELECT FROM candidates c WHERE c.id = candidate AND c.created_by_organisation = organisation)
    OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.company_id = organisation)
    OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.sender_organisation_id = organisation)
    OR EXISTS (SELECT FROM eligibility_diagnoses d WHERE d.candidate_id = candidate AND d.organisation_id = organisation);
COMMENT ON FUNCTION has_acted_for(uuid, uuid) IS
    'As is_related, but for a look-up alone: the organisation created the file, applied, received an application, made a diagnosis or hired.';
