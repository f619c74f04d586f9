-- A structure that another one replaced keeps the SIRET it had, in its row and in its history, and holds it no more: its heir may take it,
-- nobody else (rule book 01, CMP-4, CMP-5; 05, C13).
ALTER TABLE organisations DROP CONSTRAINT organisations_siret_family_kind_key;
ALTER INDEX organisations_siret_of_open_key RENAME TO organisations_siret_family_kind_key;

-- As before; what is closed takes no SIRET any more.
CREATE OR REPLACE FUNCTION note_siret() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    since timestamptz;
BEGIN
    since := siret_held_from(
        new.id, new.family, new.kind, new.siret, CASE TG_OP WHEN 'INSERT' THEN new.created_at ELSE new.updated_at END
    );
    UPDATE organisation_sirets
    SET held = tstzrange(lower(held), since)
    WHERE organisation_id = new.id AND upper_inf(held);
    IF new.siret IS NOT NULL AND new.closed_at IS NULL THEN
        INSERT INTO organisation_sirets (organisation_id, family, kind, siret, held)
        VALUES (new.id, new.family, new.kind, new.siret, tstzrange(since, NULL));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION release_siret() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisation_sirets
    SET held = tstzrange(lower(held), greatest(new.closed_at, lower(held) + interval '1 microsecond'))
    WHERE organisation_id = new.id AND upper_inf(held);
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION release_siret() IS 'Ends the time an organisation held its SIRET, as it closes.';
CREATE TRIGGER organisations_siret_released AFTER UPDATE OF closed_at ON organisations
    FOR EACH ROW WHEN (old.closed_at IS NULL AND new.closed_at IS NOT NULL) EXECUTE FUNCTION release_siret();

-- Under the name of the constraint, which says it to whoever writes: they need not know which of both refused. After the row, so that what
-- was merged while its SIRET was waited for is seen.
CREATE FUNCTION refuse_siret_of_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT
        FROM organisations o
        WHERE o.siret = new.siret
          AND o.family = new.family
          AND o.kind = new.kind
          AND o.id <> new.id
          AND o.replaced_by <> new.id
    ) THEN
        RAISE EXCEPTION 'an organisation that another one replaced had this SIRET'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'organisations_siret_family_kind_key';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_siret_of_replaced() IS 'Keeps the SIRET of what was replaced for its heir: it is never made again beside it.';
CREATE TRIGGER organisations_siret_of_heir AFTER INSERT ON organisations
    FOR EACH ROW WHEN (new.siret IS NOT NULL) EXECUTE FUNCTION refuse_siret_of_replaced();
CREATE TRIGGER organisations_siret_of_heir_changed AFTER UPDATE OF siret, kind ON organisations
    FOR EACH ROW WHEN ((old.siret, old.kind) IS DISTINCT FROM (new.siret, new.kind)) EXECUTE FUNCTION refuse_siret_of_replaced();
