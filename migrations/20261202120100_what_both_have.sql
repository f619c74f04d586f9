-- What an organisation has already of what another would give it, so that it stays where it is: said once, for the count that is shown and
-- for what moves.
CREATE FUNCTION has_twin(s memberships, target uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT FROM memberships t WHERE t.organisation_id = target AND t.user_id = s.user_id
);
COMMENT ON FUNCTION has_twin(memberships, uuid) IS 'Whether the person is, or was, a member of the target.';

CREATE FUNCTION has_twin(s invitations, target uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN s.accepted_at IS NULL
    AND s.revoked_at IS NULL
    AND (
        EXISTS (
            SELECT
            FROM invitations t
            WHERE t.organisation_id = target AND t.email = s.email AND t.accepted_at IS NULL AND t.revoked_at IS NULL
        )
        OR EXISTS (
            SELECT
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = target AND m.is_active AND u.email = s.email
        )
    );
COMMENT ON FUNCTION has_twin(invitations, uuid) IS 'Whether an invitation that waits is to somebody whom the target invites, or has.';

CREATE FUNCTION has_twin(s candidate_relations, target uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT
    FROM candidate_relations t
    WHERE t.organisation_id = target AND t.candidate_id = s.candidate_id AND t.user_id = s.user_id
);
COMMENT ON FUNCTION has_twin(candidate_relations, uuid) IS 'Whether the same professional accompanies the same person in the target.';

CREATE FUNCTION has_twin(s controls, target uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT FROM controls t WHERE t.company_id = target AND t.campaign_id = s.campaign_id
);
COMMENT ON FUNCTION has_twin(controls, uuid) IS 'Whether the target is controlled in the same campaign.';

CREATE FUNCTION has_twin(s eligibility_proofs, target uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT
    FROM eligibility_proofs t
    WHERE t.company_id = target
      AND t.candidate_id = s.candidate_id
      AND t.criterion_code = s.criterion_code
      AND t.dated_on = s.dated_on
);
COMMENT ON FUNCTION has_twin(eligibility_proofs, uuid) IS 'Whether the target keeps a proof of the same criterion, of the same day.';
