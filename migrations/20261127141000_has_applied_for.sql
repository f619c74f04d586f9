-- D30: whoever sent an application knows whom they sent it for.
CREATE FUNCTION has_applied_for(candidate uuid, sender uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (SELECT FROM applications a WHERE a.candidate_id = candidate AND a.sender_id = sender);
COMMENT ON FUNCTION has_applied_for(uuid, uuid) IS
    'Whether this professional sent an application for this person themselves (D30). Never true for a null sender.';
