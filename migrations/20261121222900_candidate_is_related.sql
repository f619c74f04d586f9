-- Whether an organisation deals with a person (D4): the one definition, used by every finder of files.
CREATE FUNCTION is_related(candidate uuid, organisation uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM candidate_relations r WHERE r.organisation_id = organisation AND r.candidate_id = candidate)
    OR EXISTS (SELECT FROM candidates c WHERE c.id = candidate AND c.created_by_organisation = organisation)
    OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.company_id = organisation)
    OR EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.sender_organisation_id = organisation)
    OR EXISTS (SELECT FROM eligibility_diagnoses d WHERE d.candidate_id = candidate AND d.organisation_id = organisation);
COMMENT ON FUNCTION is_related(uuid, uuid) IS
    'A relation was recorded (look-up, creation, action), an application was sent or received, a diagnosis was made. A PASS comes with one of its applications. Never true for a null organisation.';
