-- How many applications of each state an organisation received or sent: counted at each visit of its list, one by one. A change only
-- adds a row that says so, and waits for nobody; a task folds these rows into the counts every minute. What a list says is both together,
-- exact at any instant.
--
-- What a company received is hidden from it after two years unless it was accepted (VIS-1): it is counted by the month it was sent, so
-- that the months that are hidden, and the one that is in part, are known.
CREATE TABLE application_counts (
    organisation_id uuid NOT NULL,
    is_received boolean NOT NULL,
    month date NOT NULL,
    state text NOT NULL,
    counted bigint NOT NULL,
    PRIMARY KEY (organisation_id, is_received, month, state)
);
COMMENT ON TABLE application_counts IS
    'Derived: applications of each organisation by state, but for what application_count_changes says since.';
COMMENT ON COLUMN application_counts.is_received IS 'Whether the organisation received them; else a prescriber sent them for it.';
COMMENT ON COLUMN application_counts.month IS
    'First day of the month they were sent in, UTC; infinity for those that are never hidden: accepted, or sent.';

CREATE TABLE application_count_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL,
    is_received boolean NOT NULL,
    month date NOT NULL,
    state text NOT NULL,
    change bigint NOT NULL
);
-- Neither refers to organisations: two changes of one company would both lock it.
COMMENT ON TABLE application_count_changes IS
    'Derived: how many applications more, or less, than application_counts says. Rows are added by whoever changes an application, and folded into it by a task.';
CREATE INDEX application_count_changes_organisation_idx ON application_count_changes (organisation_id, is_received);

-- What the version that still runs writes is counted as well: it may as soon as this commits.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles r WHERE r.rolname = 'iae_platform') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON application_counts, application_count_changes TO iae_platform, iae_worker;
    END IF;
END $$;

CREATE FUNCTION application_month(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_trunc('month', moment AT TIME ZONE 'UTC')::date;
COMMENT ON FUNCTION application_month(timestamptz) IS 'The month an application sent at this instant is counted in.';

CREATE FUNCTION counted_as(company uuid, kind text, sender uuid, reached text, sent_at timestamptz)
RETURNS TABLE (organisation_id uuid, is_received boolean, month date, state text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT counted_as.company
         , true
         , CASE
               WHEN counted_as.reached = 'accepted' THEN date 'infinity'
               ELSE application_month(counted_as.sent_at)
           END
         , counted_as.reached
    UNION ALL
    SELECT counted_as.sender
         , false
         , date 'infinity'
         , counted_as.reached
    WHERE counted_as.kind = 'prescriber' AND counted_as.sender IS NOT NULL;
END;
COMMENT ON FUNCTION counted_as(uuid, text, uuid, text, timestamptz) IS
    'Where an application is counted: by the company that received it, and by the organisation of the prescriber who sent it.';

CREATE FUNCTION applications_counted() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO application_count_changes (organisation_id, is_received, month, state, change)
    SELECT c.organisation_id
         , c.is_received
         , c.month
         , c.state
         , count(*)
    FROM added a
    CROSS JOIN LATERAL counted_as(a.company_id, a.sender_kind, a.sender_organisation_id, a.state, a.submitted_at) c
    GROUP BY c.organisation_id, c.is_received, c.month, c.state;
    RETURN NULL;
END $$;
CREATE TRIGGER applications_counted_added
    AFTER INSERT ON applications REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION applications_counted();

CREATE FUNCTION application_recounted() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO application_count_changes (organisation_id, is_received, month, state, change)
    SELECT c.organisation_id
         , c.is_received
         , c.month
         , c.state
         , -1
    FROM counted_as(old.company_id, old.sender_kind, old.sender_organisation_id, old.state, old.submitted_at) c;
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO application_count_changes (organisation_id, is_received, month, state, change)
        SELECT c.organisation_id
             , c.is_received
             , c.month
             , c.state
             , 1
        FROM counted_as(new.company_id, new.sender_kind, new.sender_organisation_id, new.state, new.submitted_at) c;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER applications_counted_removed
    AFTER DELETE ON applications
    FOR EACH ROW EXECUTE FUNCTION application_recounted();
CREATE TRIGGER applications_counted_changed
    AFTER UPDATE OF state, company_id, sender_kind, sender_organisation_id, submitted_at ON applications
    FOR EACH ROW
    WHEN ((old.state, old.company_id, old.sender_kind, old.sender_organisation_id, old.submitted_at)
          IS DISTINCT FROM
          (new.state, new.company_id, new.sender_kind, new.sender_organisation_id, new.submitted_at))
    EXECUTE FUNCTION application_recounted();

-- What is derived follows what is mended by force, too.
ALTER TABLE applications
    ENABLE ALWAYS TRIGGER applications_counted_added,
    ENABLE ALWAYS TRIGGER applications_counted_removed,
    ENABLE ALWAYS TRIGGER applications_counted_changed;

CREATE FUNCTION read_received_states(company uuid, since timestamptz) RETURNS TABLE (state text, counted bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT said.state, sum(said.counted)::bigint
    FROM (
        SELECT c.state, c.counted
        FROM application_counts c
        WHERE c.organisation_id = read_received_states.company
          AND c.is_received
          AND c.month > application_month(read_received_states.since)
        UNION ALL
        SELECT c.state, c.change
        FROM application_count_changes c
        WHERE c.organisation_id = read_received_states.company
          AND c.is_received
          AND c.month > application_month(read_received_states.since)
        UNION ALL
        -- The month that is hidden in part.
        SELECT a.state, 1::bigint
        FROM applications a
        WHERE a.company_id = read_received_states.company
          AND a.state <> 'accepted'
          AND a.submitted_at > read_received_states.since
          AND a.submitted_at
              < (application_month(read_received_states.since) + interval '1 month') AT TIME ZONE 'UTC'
    ) said
    GROUP BY said.state
    HAVING sum(said.counted) <> 0;
END;
COMMENT ON FUNCTION read_received_states(uuid, timestamptz) IS
    'How many applications of each state a company sees (company_sees, VIS-1).';

CREATE FUNCTION read_sent_states(organisation uuid) RETURNS TABLE (state text, counted bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT said.state, sum(said.counted)::bigint
    FROM (
        SELECT c.state, c.counted
        FROM application_counts c
        WHERE c.organisation_id = read_sent_states.organisation AND NOT c.is_received
        UNION ALL
        SELECT c.state, c.change
        FROM application_count_changes c
        WHERE c.organisation_id = read_sent_states.organisation AND NOT c.is_received
    ) said
    GROUP BY said.state
    HAVING sum(said.counted) <> 0;
END;
COMMENT ON FUNCTION read_sent_states(uuid) IS
    'How many applications of each state a prescriber organisation sent (prescriber_sent, TEN-1).';

CREATE VIEW application_counts_amiss AS
SELECT said.organisation_id
     , said.is_received
     , said.month
     , said.state
     , sum(said.there)::bigint AS there
     , sum(said.counted)::bigint AS counted
FROM (
    SELECT c.organisation_id, c.is_received, c.month, c.state, 1::bigint AS there, 0::bigint AS counted
    FROM applications a
    CROSS JOIN LATERAL counted_as(a.company_id, a.sender_kind, a.sender_organisation_id, a.state, a.submitted_at) c
    UNION ALL
    SELECT c.organisation_id, c.is_received, c.month, c.state, 0, c.counted
    FROM application_counts c
    UNION ALL
    SELECT c.organisation_id, c.is_received, c.month, c.state, 0, c.change
    FROM application_count_changes c
) said
GROUP BY said.organisation_id, said.is_received, said.month, said.state
HAVING sum(said.there) <> sum(said.counted);
COMMENT ON VIEW application_counts_amiss IS
    'Counts that are not what the applications say: none, but before those of the first day are counted.';
