-- What was sealed less than a year ago is still there (ADR 28). The age of a row is that of its seal, which is hashed: seals
-- take the instant of the database, in its order, and retention holds to it.

-- `instant` is that of the version before, and is not heeded.
CREATE OR REPLACE FUNCTION seal_audit_events(at_most integer, instant timestamptz DEFAULT NULL)
    RETURNS TABLE (number bigint, events bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    last audit_seals;
    first_sealed bigint;
    last_sealed bigint;
    digests bytea;
    sealing timestamptz;
BEGIN
    -- One after the other: what follows reads what the one before committed.
    PERFORM pg_advisory_xact_lock(hashtextextended('iae audit seal', 0));
    SELECT * INTO last FROM audit_seals s ORDER BY s.number DESC LIMIT 1;
    -- Not before the seal before, even if the clock of the system went back.
    sealing := greatest(clock_timestamp(), last.sealed_at);
    WITH taken AS (
        DELETE FROM audit_unsealed u
        WHERE u.event_id IN (SELECT w.event_id FROM audit_unsealed w ORDER BY w.event_id LIMIT at_most)
        RETURNING u.event_id
    ), placed AS (
        INSERT INTO audit_chain (position, event_id, digest)
        SELECT coalesce(last.last_position, 0) + row_number() OVER (ORDER BY e.seq, t.event_id), t.event_id, audit_digest(e)
        FROM taken t
        -- One deleted before its seal keeps a place, where it will be missed.
        LEFT JOIN audit_events e ON e.id = t.event_id
        RETURNING position, digest
    )
    SELECT min(p.position), max(p.position), string_agg(p.digest, ''::bytea ORDER BY p.position)
    INTO first_sealed, last_sealed, digests
    FROM placed p;
    IF first_sealed IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    INSERT INTO audit_seals (number, first_position, last_position, sealed_at, previous_hash, hash)
    SELECT n.number, first_sealed, last_sealed, sealing, n.previous
         , sha256(convert_to(json_build_array(n.number, first_sealed, last_sealed
                                              , (extract(epoch FROM sealing) * 1000000)::bigint)::text, 'UTF8')
                  || n.previous || digests)
    FROM (SELECT coalesce(last.number, 0) + 1, coalesce(last.hash, sha256(''))) AS n (number, previous)
    RETURNING audit_seals.number, audit_seals.last_position - audit_seals.first_position + 1, audit_seals.hash;
END
$$;
COMMENT ON FUNCTION seal_audit_events(integer, timestamptz) IS 'Seals at most so many of the rows that wait, now; says the seal, none when nothing waited.';

CREATE OR REPLACE FUNCTION purge_audit_events(before timestamptz, at_most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    purged bigint;
    kept_from bigint;
BEGIN
    IF before > now() - interval '1 year' THEN
        RAISE EXCEPTION 'the audit trail is kept for a year at least' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- The instant of a row is its writer's; that of its seal counts as well.
    SELECT min(s.first_position) INTO kept_from FROM audit_seals s WHERE s.sealed_at >= before;
    PERFORM set_config('iae.audit_purge', 'on', true);
    WITH old AS (
        SELECT e.id
        FROM audit_events e
        JOIN audit_chain c ON c.event_id = e.id
        WHERE e.at < before AND (kept_from IS NULL OR c.position < kept_from)
        ORDER BY e.at, e.id
        LIMIT at_most
    ), gone AS (
        DELETE FROM audit_events e USING old WHERE e.id = old.id RETURNING e.id
    ), marked AS (
        UPDATE audit_chain c SET purged_at = now() FROM gone WHERE c.event_id = gone.id RETURNING c.event_id
    )
    SELECT count(*) INTO purged FROM marked;
    PERFORM set_config('iae.audit_purge', 'off', true);
    RETURN purged;
END
$$;
COMMENT ON FUNCTION purge_audit_events(timestamptz, integer) IS 'Deletes rows of the trail written and sealed before this, and keeps their digests.';
