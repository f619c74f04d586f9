-- Who may do what in this database (ADR 27). Run at the end of every `iae migrate`: what a migration made is covered, and
-- running it again changes nothing. One transaction; two at once wait for each other.
SELECT pg_advisory_xact_lock(hashtextextended('iae roles', 0));

-- Everything is the owner's, whoever ran the migration: the next account that is a member of it can go on.
DO $$
DECLARE
    statement text;
BEGIN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO iae_owner', current_database());
    GRANT USAGE, CREATE ON SCHEMA public TO iae_owner;
    FOR statement IN
        SELECT format('ALTER SCHEMA %I OWNER TO iae_owner', n.nspname)
        FROM pg_namespace n
        WHERE n.nspname IN ('connect', 'graphile_worker') AND n.nspowner <> 'iae_owner'::regrole
        UNION ALL
        SELECT format('ALTER TABLE %s OWNER TO iae_owner', c.oid::regclass)
        FROM pg_class c
        WHERE c.relnamespace::regnamespace::text IN ('public', 'connect', 'graphile_worker')
          AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
          AND c.relowner <> 'iae_owner'::regrole
          -- Sequences of a column follow their table; extensions keep what is theirs.
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e'))
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO iae_owner', p.oid::regprocedure)
        FROM pg_proc p
        WHERE p.pronamespace::regnamespace::text IN ('public', 'connect', 'graphile_worker')
          AND p.proowner <> 'iae_owner'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        UNION ALL
        SELECT format('ALTER TYPE %s OWNER TO iae_owner', t.oid::regtype)
        FROM pg_type t
        WHERE t.typnamespace::regnamespace::text IN ('public', 'connect', 'graphile_worker')
          AND t.typtype IN ('d', 'e')
          AND t.typowner <> 'iae_owner'::regrole
          AND NOT EXISTS (SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;

-- The platform and its worker read and write what is the platform's.
GRANT USAGE ON SCHEMA public TO iae_platform, iae_worker, iae_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO iae_platform, iae_worker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO iae_platform, iae_worker;
REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM iae_platform, iae_worker;

-- The trail only grows. Its seals are the work of two functions, which only the worker may call.
REVOKE UPDATE, DELETE ON audit_events FROM iae_platform, iae_worker;
REVOKE INSERT, UPDATE, DELETE ON audit_unsealed, audit_chain, audit_seals FROM iae_platform, iae_worker;
REVOKE EXECUTE ON FUNCTION seal_audit_events, purge_audit_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_audit_events, purge_audit_events TO iae_worker;

-- The queue: the platform adds, the worker takes. Its own rules on rows would hide every task from both.
GRANT USAGE ON SCHEMA graphile_worker TO iae_platform, iae_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO iae_platform, iae_worker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA graphile_worker TO iae_platform, iae_worker;
REVOKE INSERT, UPDATE, DELETE ON graphile_worker.migrations FROM iae_platform, iae_worker;
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', c.oid::regclass)
        FROM pg_class c
        WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity
    LOOP
        EXECUTE statement;
    END LOOP;
END
$$;

-- The identity provider has its schema, and nothing of the platform's; its own trail is written and, when old, deleted.
GRANT USAGE ON SCHEMA connect TO iae_provider;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA connect TO iae_provider;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA connect TO iae_provider;
REVOKE INSERT, UPDATE, DELETE ON connect._sqlx_migrations FROM iae_provider;
REVOKE UPDATE ON connect.events FROM iae_provider;

-- Statistics and checks read everything but what opens a session.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO iae_reader;
REVOKE SELECT ON sessions, login_attempts, local_passwords, sign_ups, login_failures, second_factors, backup_codes FROM iae_reader;
