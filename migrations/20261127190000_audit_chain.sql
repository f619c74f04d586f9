-- The audit trail, sealed: each row gets a place in a chain after its transaction committed, so that nothing waits for it
-- (ADR 28). What was written before joins the chain as what waits.

CREATE TABLE audit_unsealed (
    event_id uuid PRIMARY KEY
);
COMMENT ON TABLE audit_unsealed IS 'Rows of the trail that wait for their seal: noted with the row itself, so that a long transaction skips none.';

CREATE TABLE audit_chain (
    position bigint PRIMARY KEY,
    event_id uuid NOT NULL,
    digest bytea NOT NULL CONSTRAINT audit_chain_digest_check CHECK (octet_length(digest) = 32),
    purged_at timestamptz
);
COMMENT ON TABLE audit_chain IS 'Every sealed row of the trail, in the order of the chain, without holes. Kept when the row itself is purged.';
COMMENT ON COLUMN audit_chain.digest IS 'SHA-256 of the row: audit_digest.';
COMMENT ON COLUMN audit_chain.purged_at IS 'When retention deleted the row.';

CREATE TABLE audit_seals (
    number bigint PRIMARY KEY,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    sealed_at timestamptz NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL CONSTRAINT audit_seals_hash_check CHECK (octet_length(hash) = 32),
    CONSTRAINT audit_seals_positions_check CHECK (first_position <= last_position)
);
COMMENT ON TABLE audit_seals IS 'Seals of the trail: each covers a stretch of audit_chain and the seal before it.';
COMMENT ON COLUMN audit_seals.hash IS 'SHA-256 of [number, first, last, instant in microseconds], the hash before, then the digests in their order.';

-- crates/app/src/audit/verify.rs computes the same. A new column of the trail leaves it as it is, or starts a second version.
CREATE FUNCTION audit_digest(e audit_events) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(
    json_build_array(
        e.seq, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.organisation_id, e.action
        , e.subject_kind, e.subject_id, e.payload, e.request_id
    )::text,
    'UTF8'
));
COMMENT ON FUNCTION audit_digest(audit_events) IS 'What a row of the trail says, as 32 bytes.';

-- The rights are the owner's: who writes an event cannot take it out of what waits.
CREATE FUNCTION await_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO audit_unsealed (event_id) SELECT w.id FROM written w;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION await_seal() IS 'Notes new rows of the trail as waiting for their seal.';
CREATE TRIGGER audit_events_await_seal AFTER INSERT ON audit_events
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION await_seal();

CREATE FUNCTION seal_audit_events(at_most integer, instant timestamptz)
    RETURNS TABLE (number bigint, events bigint, hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    last audit_seals;
    first_sealed bigint;
    last_sealed bigint;
    digests bytea;
BEGIN
    -- One after the other: what follows reads what the one before committed.
    PERFORM pg_advisory_xact_lock(hashtextextended('iae audit seal', 0));
    SELECT * INTO last FROM audit_seals s ORDER BY s.number DESC LIMIT 1;
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
    SELECT n.number, first_sealed, last_sealed, instant, n.previous
         , sha256(convert_to(json_build_array(n.number, first_sealed, last_sealed
                                              , (extract(epoch FROM instant) * 1000000)::bigint)::text, 'UTF8')
                  || n.previous || digests)
    FROM (SELECT coalesce(last.number, 0) + 1, coalesce(last.hash, sha256(''))) AS n (number, previous)
    RETURNING audit_seals.number, audit_seals.last_position - audit_seals.first_position + 1, audit_seals.hash;
END
$$;
COMMENT ON FUNCTION seal_audit_events(integer, timestamptz) IS 'Seals at most so many of the rows that wait; says the seal, none when nothing waited.';

CREATE FUNCTION purge_audit_events(before timestamptz, at_most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    purged bigint;
BEGIN
    IF before > now() - interval '1 year' THEN
        RAISE EXCEPTION 'the audit trail is kept for a year at least' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM set_config('iae.audit_purge', 'on', true);
    WITH old AS (
        SELECT e.id
        FROM audit_events e
        WHERE e.at < before AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.event_id = e.id)
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
COMMENT ON FUNCTION purge_audit_events(timestamptz, integer) IS 'Deletes sealed rows of the trail older than this, and keeps their digests.';

-- Beside the rights: nobody changes the trail by accident either, its owner included.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('iae.audit_purge', true) = 'on' THEN
        RETURN OLD;
    ELSIF TG_OP = 'TRUNCATE' AND current_setting('iae.audit_erase', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION refuse_audit_change() IS 'Refuses every change of the trail but its purge, and the erasing of invented data (iae.audit_erase).';
DROP TRIGGER audit_events_append_only ON audit_events;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

INSERT INTO audit_unsealed (event_id) SELECT e.id FROM audit_events e;
