-- The people an organisation accompanies, once each, as its list shows them: every relation of the organisation was read, grouped and
-- sorted for the twenty lines of a page. The page is now cut from an index, in the order of the last action or of names.
CREATE TABLE followed_people (
    organisation_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    last_action_at timestamptz NOT NULL,
    candidate_search text NOT NULL,
    PRIMARY KEY (organisation_id, candidate_id)
);
-- The relations refer to both already: referring again would lock them again.
COMMENT ON TABLE followed_people IS
    'Derived: each organisation and the people that candidate_relations says it accompanies, once.';
COMMENT ON COLUMN followed_people.last_action_at IS 'Derived: the last of these relations.';
COMMENT ON COLUMN followed_people.candidate_search IS 'Derived: candidates.search of the person, for the order of names.';
CREATE INDEX followed_people_last_idx ON followed_people (organisation_id, last_action_at, candidate_id);
CREATE INDEX followed_people_named_idx ON followed_people (organisation_id, candidate_search, candidate_id);

-- « Ceux que j’accompagne » are relations themselves, and have their names beside them.
ALTER TABLE candidate_relations ADD COLUMN candidate_search text NOT NULL DEFAULT '';
COMMENT ON COLUMN candidate_relations.candidate_search IS
    'Derived: candidates.search of the person, for the order of names.';

-- What the version that still runs writes is derived as well: it may as soon as this commits. Where the roles are not there yet, it
-- acts as the owner.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'iae_platform') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON followed_people TO iae_platform, iae_worker;
    END IF;
END $$;

CREATE FUNCTION relation_named() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR new.candidate_id IS DISTINCT FROM old.candidate_id THEN
        -- Whoever is giving the person another name is waited for, and the name they gave is read; whoever does so after waits for this
        -- row, then writes it. FOR KEY SHARE would wait for neither.
        SELECT c.search INTO new.candidate_search
        FROM candidates c
        WHERE c.id = new.candidate_id
        FOR SHARE;
    ELSE
        -- A relation of the same person, which is held: whoever gives them another name writes it before, or after. To wait for them with
        -- it would be a circle.
        SELECT c.search INTO new.candidate_search
        FROM candidates c
        WHERE c.id = new.candidate_id;
    END IF;
    -- For nobody, the foreign key refuses the row.
    new.candidate_search := coalesce(new.candidate_search, '');
    RETURN new;
END $$;
CREATE TRIGGER candidate_relations_named
    BEFORE INSERT OR UPDATE OF candidate_id, candidate_search ON candidate_relations
    FOR EACH ROW EXECUTE FUNCTION relation_named();

CREATE OR REPLACE FUNCTION candidate_renamed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- Relations being written were waited for before the person was written.
    UPDATE applications a SET candidate_search = new.search WHERE a.candidate_id = new.id;
    UPDATE candidate_relations r SET candidate_search = new.search WHERE r.candidate_id = new.id;
    RETURN NULL;
END $$;

-- A statement at a time, in the order of organisations and people, so that two that move many never wait in a circle.
CREATE FUNCTION follow_people() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    organisations uuid[];
    people uuid[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO followed_people AS kept (organisation_id, candidate_id, last_action_at, candidate_search)
        SELECT n.organisation_id
             , n.candidate_id
             , max(n.last_action_at)
             , max(n.candidate_search)
        FROM now_there n
        GROUP BY n.organisation_id, n.candidate_id
        ORDER BY n.organisation_id, n.candidate_id
        ON CONFLICT (organisation_id, candidate_id) DO UPDATE
        SET last_action_at = greatest(kept.last_action_at, excluded.last_action_at)
          , candidate_search = excluded.candidate_search
        WHERE kept.last_action_at < excluded.last_action_at
           OR kept.candidate_search <> excluded.candidate_search;
    END IF;

    -- What went, or went back in time: what is left says the last action.
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(gone.organisation_id), array_agg(gone.candidate_id)
        INTO organisations, people
        FROM (SELECT DISTINCT w.organisation_id, w.candidate_id FROM was_there w) gone;
    ELSIF TG_OP = 'UPDATE' THEN
        SELECT array_agg(gone.organisation_id), array_agg(gone.candidate_id)
        INTO organisations, people
        FROM (
            SELECT DISTINCT w.organisation_id, w.candidate_id
            FROM was_there w
            WHERE NOT EXISTS (
                SELECT
                FROM now_there n
                WHERE n.organisation_id = w.organisation_id
                  AND n.candidate_id = w.candidate_id
                  AND n.user_id = w.user_id
                  AND n.last_action_at >= w.last_action_at
            )
        ) gone;
    END IF;
    IF organisations IS NULL THEN
        RETURN NULL;
    END IF;

    -- Locked before relations are read: whoever adds one meanwhile is waited for, or waits.
    PERFORM
    FROM followed_people f
    JOIN unnest(organisations, people) AS gone (organisation_id, candidate_id)
      ON gone.organisation_id = f.organisation_id AND gone.candidate_id = f.candidate_id
    ORDER BY f.organisation_id, f.candidate_id
    FOR UPDATE OF f;

    UPDATE followed_people f
    SET last_action_at = remaining.last_action_at
    FROM (
        SELECT r.organisation_id, r.candidate_id, max(r.last_action_at) AS last_action_at
        FROM candidate_relations r
        JOIN unnest(organisations, people) AS gone (organisation_id, candidate_id)
          ON gone.organisation_id = r.organisation_id AND gone.candidate_id = r.candidate_id
        GROUP BY r.organisation_id, r.candidate_id
    ) remaining
    WHERE f.organisation_id = remaining.organisation_id
      AND f.candidate_id = remaining.candidate_id
      AND f.last_action_at <> remaining.last_action_at;

    DELETE FROM followed_people f
    USING unnest(organisations, people) AS gone (organisation_id, candidate_id)
    WHERE f.organisation_id = gone.organisation_id
      AND f.candidate_id = gone.candidate_id
      AND NOT EXISTS (
          SELECT
          FROM candidate_relations r
          WHERE r.organisation_id = f.organisation_id AND r.candidate_id = f.candidate_id
      );
    RETURN NULL;
END $$;
COMMENT ON FUNCTION follow_people() IS 'Keeps followed_people as candidate_relations are written.';
CREATE TRIGGER candidate_relations_added
    AFTER INSERT ON candidate_relations REFERENCING NEW TABLE AS now_there
    FOR EACH STATEMENT EXECUTE FUNCTION follow_people();
CREATE TRIGGER candidate_relations_changed
    AFTER UPDATE ON candidate_relations REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
    FOR EACH STATEMENT EXECUTE FUNCTION follow_people();
CREATE TRIGGER candidate_relations_removed
    AFTER DELETE ON candidate_relations REFERENCING OLD TABLE AS was_there
    FOR EACH STATEMENT EXECUTE FUNCTION follow_people();

-- What is derived follows what is mended by force, too.
ALTER TABLE candidate_relations
    ENABLE ALWAYS TRIGGER candidate_relations_named,
    ENABLE ALWAYS TRIGGER candidate_relations_added,
    ENABLE ALWAYS TRIGGER candidate_relations_changed,
    ENABLE ALWAYS TRIGGER candidate_relations_removed;
