-- The SIRET that organisations have and had, as an object of its own (rule book 01, CMP-5; 05, C13): whatever changes a SIRET, the
-- weekly flow, a file, a page or the team, its history follows.

CREATE TABLE organisation_sirets (
    organisation_id uuid NOT NULL CONSTRAINT organisation_sirets_organisation_id_fkey REFERENCES organisations (id) ON DELETE CASCADE,
    family text NOT NULL,
    kind text NOT NULL,
    siret text NOT NULL CONSTRAINT organisation_sirets_siret_check CHECK (siret ~ '^[0-9]{14}$'),
    held tstzrange NOT NULL CONSTRAINT organisation_sirets_held_check
        CHECK (NOT isempty(held) AND lower_inc(held) AND NOT upper_inc(held) AND NOT lower_inf(held)),
    CONSTRAINT organisation_sirets_one_at_a_time_excl EXCLUDE USING gist (organisation_id WITH =, held WITH &&),
    CONSTRAINT organisation_sirets_one_holder_excl EXCLUDE USING gist (siret WITH =, family WITH =, kind WITH =, held WITH &&)
);
COMMENT ON TABLE organisation_sirets IS 'SIRET of organisations through time (CMP-5): one at a time each, one holder at a time for each family and kind (CMP-4).';
COMMENT ON COLUMN organisation_sirets.family IS 'Family and kind of the organisation meanwhile: a SIRET may be that of several kinds (CMP-4).';
COMMENT ON COLUMN organisation_sirets.held IS 'From when, until when; without end today.';
CREATE INDEX organisation_sirets_siret_idx ON organisation_sirets (siret);

-- A moment for what comes: never before what it follows, so that no period is empty and none of two holders meet.
CREATE FUNCTION siret_held_from(organisation uuid, of_family text, of_kind text, of_siret text, asked timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE
RETURN greatest(
    asked,
    (SELECT max(lower(h.held)) + interval '1 microsecond' FROM organisation_sirets h WHERE h.organisation_id = organisation),
    (
        SELECT max(upper(h.held))
        FROM organisation_sirets h
        WHERE h.siret = of_siret AND h.family = of_family AND h.kind = of_kind AND NOT upper_inf(h.held)
    )
);
COMMENT ON FUNCTION siret_held_from(uuid, text, text, text, timestamptz) IS 'Since when an organisation has a SIRET it is given at this time.';

CREATE FUNCTION note_siret() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    since timestamptz;
BEGIN
    since := siret_held_from(
        new.id, new.family, new.kind, new.siret, CASE TG_OP WHEN 'INSERT' THEN new.created_at ELSE new.updated_at END
    );
    UPDATE organisation_sirets
    SET held = tstzrange(lower(held), since)
    WHERE organisation_id = new.id AND upper_inf(held);
    IF new.siret IS NOT NULL THEN
        INSERT INTO organisation_sirets (organisation_id, family, kind, siret, held)
        VALUES (new.id, new.family, new.kind, new.siret, tstzrange(since, NULL));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION note_siret() IS 'Keeps the SIRET an organisation leaves, and the one it takes.';

-- Nobody changes a SIRET meanwhile: a moment, once.
LOCK TABLE organisations, siret_changes IN SHARE ROW EXCLUSIVE MODE;

-- What is known of the past: each change says what was before it.
INSERT INTO organisation_sirets (organisation_id, family, kind, siret, held)
SELECT o.id
     , o.family
     , o.kind
     , past.siret
     , tstzrange(past.since, past.until)
FROM organisations o
CROSS JOIN LATERAL (
    SELECT c.before AS siret
         , coalesce(lag(c.changed_at) OVER (ORDER BY c.changed_at), least(o.created_at, c.changed_at - interval '1 microsecond')) AS since
         , c.changed_at AS until
    FROM siret_changes c
    WHERE c.organisation_id = o.id
    UNION ALL
    SELECT o.siret
         , coalesce((SELECT max(c.changed_at) FROM siret_changes c WHERE c.organisation_id = o.id), o.created_at)
         , NULL
) AS past
WHERE past.siret IS NOT NULL
ORDER BY o.id, past.since
ON CONFLICT DO NOTHING;

CREATE TRIGGER organisations_siret_given AFTER INSERT ON organisations
    FOR EACH ROW WHEN (new.siret IS NOT NULL) EXECUTE FUNCTION note_siret();
CREATE TRIGGER organisations_siret_changed AFTER UPDATE OF siret, kind ON organisations
    FOR EACH ROW WHEN ((old.siret, old.kind) IS DISTINCT FROM (new.siret, new.kind)) EXECUTE FUNCTION note_siret();
