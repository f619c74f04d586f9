-- The SIAE that prescribe to themselves, with what their line in the list of their DDETS says: it was counted from every hire of the
-- département at each visit, twice. Counted as the transaction that changes a hire commits, company after company in the order of
-- their ids, as the directory is derived (ADR 15): companies that many transactions share are locked for no more than their commit.
CREATE TABLE self_prescribers (
    company_id uuid PRIMARY KEY REFERENCES organisations (id) ON DELETE CASCADE,
    department_code text,
    hires bigint NOT NULL DEFAULT 0,
    anomalies bigint NOT NULL DEFAULT 0,
    last_accepted_at timestamptz
);
COMMENT ON TABLE self_prescribers IS
    'Derived: one row for each company that prescribed to itself, kept when none of its hires is any more. Its row is what two transactions wait for.';
COMMENT ON COLUMN self_prescribers.department_code IS 'Derived: that of the company, as on its hires; null when there are none.';
COMMENT ON COLUMN self_prescribers.hires IS 'Derived: its hires that are self_prescribed.';
COMMENT ON COLUMN self_prescribers.anomalies IS 'Derived: those of them in which something is odd.';
COMMENT ON COLUMN self_prescribers.last_accepted_at IS 'Derived: when the last of them was accepted; null when there are none.';
CREATE INDEX self_prescribers_listed_idx ON self_prescribers (department_code, anomalies DESC, company_id DESC)
    WHERE hires > 0;

-- Companies the transactions under way will count before they commit. Nothing of it outlives a transaction.
CREATE UNLOGGED TABLE self_prescribers_to_count (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    company_id uuid NOT NULL,
    PRIMARY KEY (transaction, company_id)
);
COMMENT ON TABLE self_prescribers_to_count IS
    'Companies of whose auto-prescriptions each transaction under way changed one: counted as it commits, then forgotten.';

-- What the version that still runs writes is counted as well: it may as soon as this commits.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'iae_platform') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON self_prescribers, self_prescribers_to_count TO iae_platform, iae_worker;
    END IF;
END $$;

CREATE FUNCTION count_self_prescriber(company uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO self_prescribers (company_id)
    SELECT o.id FROM organisations o WHERE o.id = company
    ON CONFLICT DO NOTHING;
    -- Locked before its hires are read: of two simultaneous changes, the second counts what the first did.
    PERFORM FROM self_prescribers s WHERE s.company_id = company FOR NO KEY UPDATE;
    -- Of a hire and a move at once, the hire may have read the former département, and the move not have seen the hire: whichever is here
    -- second sees both. What it is set to, the trigger of the hire says again.
    UPDATE applications a
    SET self_prescribed_department = o.department_code
    FROM organisations o
    WHERE o.id = company
      AND a.company_id = company
      AND a.self_prescribed
      AND a.self_prescribed_department IS DISTINCT FROM o.department_code;
    UPDATE self_prescribers s
    SET department_code = counted.department_code
      , hires = counted.hires
      , anomalies = counted.anomalies
      , last_accepted_at = counted.last_accepted_at
    FROM (
        SELECT count(*) AS hires
             , count(*) FILTER (WHERE a.anomalies <> '{}') AS anomalies
             , max(a.processed_at) AS last_accepted_at
             , CASE WHEN count(*) > 0 THEN (SELECT o.department_code FROM organisations o WHERE o.id = company) END
               AS department_code
        FROM applications a
        WHERE a.company_id = company AND a.self_prescribed
    ) counted
    WHERE s.company_id = company
      AND (s.department_code, s.hires, s.anomalies, s.last_accepted_at)
          IS DISTINCT FROM (counted.department_code, counted.hires, counted.anomalies, counted.last_accepted_at);
END $$;
COMMENT ON FUNCTION count_self_prescriber(uuid) IS
    'Counts the auto-prescriptions of a company anew, each of them in the département where the company is.';

CREATE FUNCTION count_self_prescribers() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    companies uuid[];
    company uuid;
BEGIN
    WITH mine AS (
        DELETE FROM self_prescribers_to_count WHERE transaction = pg_current_xact_id() RETURNING company_id
    )
    SELECT array_agg(company_id ORDER BY company_id) INTO companies FROM mine;
    -- The first row counts them all: nothing is left for the next ones.
    FOREACH company IN ARRAY coalesce(companies, '{}') LOOP
        PERFORM count_self_prescriber(company);
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER self_prescribers_at_commit
    AFTER INSERT ON self_prescribers_to_count
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION count_self_prescribers();

-- An SIAE that changes kind or département: its hires are odd for other reasons, or in the list of another DDETS. It is counted even
-- where none of them is seen: one that is being accepted at the same time is seen then.
CREATE OR REPLACE FUNCTION company_kind_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE applications a SET anomalies = a.anomalies WHERE a.company_id = new.id AND a.self_prescribed;
    INSERT INTO self_prescribers_to_count (company_id) VALUES (new.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION company_kind_changed() IS
    'Has the auto-prescriptions of a company say anew what its kind and its département make of them.';

-- What is derived follows what is mended by force, too.
ALTER TABLE self_prescribers_to_count ENABLE ALWAYS TRIGGER self_prescribers_at_commit;
