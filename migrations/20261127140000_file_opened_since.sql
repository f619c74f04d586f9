-- One trace a professional, an organisation and a day: asked alone when a file opens, and with the person a search is for.
CREATE FUNCTION file_opened_since(candidate uuid, actor uuid, organisation uuid, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT
    FROM audit_events e
    WHERE e.subject_kind = 'candidate'
      AND e.subject_id = candidate
      AND e.at >= since
      AND e.action = 'candidate.file_opened'
      AND e.actor_id = actor
      AND e.organisation_id IS NOT DISTINCT FROM organisation
);
COMMENT ON FUNCTION file_opened_since(uuid, uuid, uuid, timestamptz) IS
    'D34: whether it is already kept that this professional, for this organisation, read who the person is.';
