-- The seal of a row says who was behind its actor. A row without anybody keeps the digest it had: what was sealed verifies as it
-- did, and nobody can be put behind it afterwards, nor taken away. crates/app/src/audit/chain.rs computes the same.
CREATE OR REPLACE FUNCTION audit_digest(e audit_events) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(
    (CASE
        WHEN e.impersonator_id IS NULL THEN json_build_array(
            e.seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.organisation_id, e.action
            , e.subject_kind, e.subject_id, e.payload, e.request_id
        )
        ELSE json_build_array(
            e.seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.organisation_id, e.action
            , e.subject_kind, e.subject_id, e.payload, e.request_id, e.impersonator_id
        )
    END)::text,
    'UTF8'
));

-- Who reads a file is who looks at the page: the member of the team, not the person they see the platform as (D34).
CREATE OR REPLACE FUNCTION file_opened_since(candidate uuid, actor uuid, organisation uuid, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT
    FROM audit_events e
    WHERE e.subject_kind = 'candidate'
      AND e.subject_id = candidate
      AND e.at >= since
      AND e.action = 'candidate.file_opened'
      AND coalesce(e.impersonator_id, e.actor_id) = actor
      AND e.organisation_id IS NOT DISTINCT FROM organisation
);
COMMENT ON FUNCTION file_opened_since(uuid, uuid, uuid, timestamptz) IS
    'D34: whether it is already kept that this reader, for this organisation, read who the person is.';
