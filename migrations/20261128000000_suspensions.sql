-- What moves the end of a PASS: it is suspended, prolonged, closed (rule book 03 §4.9, §4.13, §5, §6).

ALTER TABLE passes
    ADD COLUMN issued_days integer NOT NULL DEFAULT 730,
    ADD COLUMN closed_on date;
COMMENT ON COLUMN passes.issued_days IS 'Days it was issued for, both ends counted: 730, or the length typed by the team (rule book 03 §4.3, §4.10).';
COMMENT ON COLUMN passes.closed_on IS 'Its last day, when it was closed early (rule book 03 §4.13).';

UPDATE passes SET issued_days = ends_on - starts_on + 1 WHERE ends_on <> starts_on + 729;

ALTER TABLE passes
    ADD CONSTRAINT passes_issued_days_check CHECK (issued_days BETWEEN 2 AND 730),
    ADD CONSTRAINT passes_closed_on_check CHECK (closed_on = ends_on);

CREATE TABLE suspensions (
    id uuid PRIMARY KEY,
    pass_id uuid NOT NULL REFERENCES passes (id) ON DELETE CASCADE,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    reason text NOT NULL CONSTRAINT suspensions_reason_check CHECK (reason IN (
        'contract_suspended', 'contract_broken', 'contract_finished', 'cta_agreement', 'contrat_passerelle'
    )),
    explanation text CONSTRAINT suspensions_explanation_check CHECK (char_length(explanation) BETWEEN 1 AND 1000),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    created_by uuid NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    updated_by uuid REFERENCES users (id),
    updated_at timestamptz NOT NULL,
    CONSTRAINT suspensions_period_check CHECK (starts_on <= ends_on),
    CONSTRAINT suspensions_length_check CHECK (ends_on < starts_on + interval '36 months'),
    CONSTRAINT suspensions_pass_period_excl EXCLUDE USING gist (pass_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
);
COMMENT ON TABLE suspensions IS 'Days during which the parcours of a PASS does not run (rule book 03 §5). Two of one PASS share no day.';
COMMENT ON COLUMN suspensions.organisation_id IS 'The SIAE of the last hire, or the organisation of the prescripteur habilité who suspended (D6).';
CREATE INDEX suspensions_organisation_idx ON suspensions (organisation_id);
CREATE INDEX suspensions_created_by_idx ON suspensions (created_by);
CREATE INDEX suspensions_updated_by_idx ON suspensions (updated_by);

CREATE TABLE prolongations (
    id uuid PRIMARY KEY,
    pass_id uuid NOT NULL REFERENCES passes (id) ON DELETE CASCADE,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    reason text NOT NULL CONSTRAINT prolongations_reason_check CHECK (reason IN (
        'cdi_57', 'training', 'rqth', 'age_50', 'particular_difficulties'
    )),
    company_id uuid NOT NULL REFERENCES organisations (id),
    declared_by uuid NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    CONSTRAINT prolongations_period_check CHECK (starts_on < ends_on),
    CONSTRAINT prolongations_pass_period_excl EXCLUDE USING gist (pass_id WITH =, daterange(starts_on, ends_on, '[)') WITH &&)
);
COMMENT ON TABLE prolongations IS 'Days added to the parcours of a PASS (rule book 03 §6): from its end when it was prolonged to the end it was given.';
CREATE INDEX prolongations_company_idx ON prolongations (company_id);
CREATE INDEX prolongations_declared_by_idx ON prolongations (declared_by);

-- A parcours as the domain reads it: all its dates are computed there.
CREATE FUNCTION parcours(pass uuid, starts_on date, issued_days integer, closed_on date) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_build_object(
    'issued', jsonb_build_object('start', starts_on, 'end', starts_on + issued_days - 1),
    'suspensions', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('start', s.starts_on, 'end', s.ends_on) ORDER BY s.starts_on), '[]')
        FROM suspensions s
        WHERE s.pass_id = pass
    ),
    'prolongations', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('start', p.starts_on, 'end', p.ends_on) ORDER BY p.starts_on), '[]')
        FROM prolongations p
        WHERE p.pass_id = pass
    ),
    'closed_on', closed_on
);
COMMENT ON FUNCTION parcours(uuid, date, integer, date) IS 'All that makes the dates of a PASS, as JSON (domain: pass::Parcours).';

-- The stored end is a cache: what it is the cache of is checked when the transaction ends (rule book 03 §4.9, I7).
CREATE FUNCTION check_pass_end() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked uuid;
    expected date;
    stored date;
BEGIN
    IF TG_TABLE_NAME = 'passes' THEN
        checked := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        checked := OLD.pass_id;
    ELSE
        checked := NEW.pass_id;
    END IF;
    SELECT p.ends_on
         , coalesce(
               p.closed_on,
               p.starts_on + p.issued_days - 1
                   + (SELECT coalesce(sum(s.ends_on - s.starts_on), 0) FROM suspensions s WHERE s.pass_id = p.id)::integer
                   + (SELECT coalesce(sum(l.ends_on - l.starts_on), 0) FROM prolongations l WHERE l.pass_id = p.id)::integer
           )
    INTO stored, expected
    FROM passes p
    WHERE p.id = checked;
    IF stored <> expected THEN
        RAISE EXCEPTION 'the PASS % ends on %, its parcours on %', checked, stored, expected
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passes_end_check';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_pass_end() IS 'Refuses, at the end of a transaction, a PASS whose stored end is not that of its parcours.';

CREATE CONSTRAINT TRIGGER passes_end_check AFTER INSERT ON passes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.ends_on <> NEW.starts_on + NEW.issued_days - 1) EXECUTE FUNCTION check_pass_end();
CREATE CONSTRAINT TRIGGER passes_end_update_check AFTER UPDATE OF starts_on, ends_on, issued_days, closed_on ON passes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_pass_end();
CREATE CONSTRAINT TRIGGER suspensions_pass_end_check AFTER INSERT OR UPDATE OR DELETE ON suspensions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_pass_end();
CREATE CONSTRAINT TRIGGER prolongations_pass_end_check AFTER INSERT OR UPDATE OR DELETE ON prolongations
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_pass_end();

-- What all prolongations of a PASS may add when one is written for this reason (rule book 03 §6.1, §6.4, W7).
CREATE FUNCTION check_prolongation_cap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cap integer := CASE NEW.reason WHEN 'rqth' THEN 1095 WHEN 'particular_difficulties' THEN 1095 WHEN 'age_50' THEN 1825 END;
BEGIN
    IF cap < (SELECT sum(l.ends_on - l.starts_on) FROM prolongations l WHERE l.pass_id = NEW.pass_id) THEN
        RAISE EXCEPTION 'the prolongations of the PASS % pass the cap of %', NEW.pass_id, NEW.reason
            USING ERRCODE = 'check_violation', CONSTRAINT = 'prolongations_cap_check';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_prolongation_cap() IS 'Refuses a prolongation that passes the cap of its reason; training may pass it afterwards.';

CREATE TRIGGER prolongations_cap_check AFTER INSERT ON prolongations
    FOR EACH ROW EXECUTE FUNCTION check_prolongation_cap();

-- A PASS with what decides who may act on it: read in one place, for the pages and for what changes it.
CREATE FUNCTION held_pass(pass passes, reader uuid, since timestamptz, today date) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_build_object(
    'passes', (
        SELECT jsonb_agg(jsonb_build_object(
            'id', p.id,
            'number', p.number,
            'candidate_id', p.candidate_id,
            'parcours', parcours(p.id, p.starts_on, p.issued_days, p.closed_on),
            'diagnosis_id', p.diagnosis_id,
            'created_at', p.created_at
        ) ORDER BY p.ends_on DESC)
        FROM passes p
        WHERE p.candidate_id = (pass).candidate_id
    ),
    'hires', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'company', a.company_id,
            'kind', o.kind,
            'accepted_at', a.processed_at,
            'starts_on', a.hiring_starts_on,
            'ends_on', a.hiring_ends_on
        )), '[]')
        FROM applications a
        JOIN organisations o ON o.id = a.company_id
        WHERE a.candidate_id = (pass).candidate_id
          AND a.state = 'accepted'
          AND a.hiring_starts_on IS NOT NULL
          AND o.kind IN ('ACI', 'AI', 'EI', 'EITI', 'ETTI')
    ),
    'running', (
        SELECT jsonb_build_object(
            'id', s.id,
            'pass', s.pass_id,
            'period', jsonb_build_object('start', s.starts_on, 'end', s.ends_on),
            'reason', s.reason,
            'explanation', s.explanation,
            'author', jsonb_build_object('user', s.created_by, 'organisation', s.organisation_id),
            'created_at', s.created_at
        )
        FROM suspensions s
        WHERE s.pass_id = (pass).id AND s.starts_on <= today AND today <= s.ends_on
    ),
    'relation', jsonb_build_object(
        'hired_with_it', EXISTS (
            SELECT FROM applications a
            WHERE a.pass_id = (pass).id AND a.state = 'accepted' AND a.company_id = reader
        ),
        'exchanged_application', EXISTS (
            SELECT FROM applications a
            WHERE a.candidate_id = (pass).candidate_id
              AND (company_sees(reader, a, since) OR (a.sender_organisation_id = reader AND a.company_id <> reader))
        ),
        'in_caseload', EXISTS (
            SELECT FROM candidate_relations r
            WHERE r.candidate_id = (pass).candidate_id AND r.organisation_id = reader
        )
    ),
    'birth_date', (SELECT c.birth_date FROM candidates c WHERE c.id = (pass).candidate_id)
);
COMMENT ON FUNCTION held_pass(passes, uuid, timestamptz, date) IS
    'A PASS, the other PASS and the SIAE hires of its holder, the suspension that runs, and what ties a reader to the holder, as JSON (domain: pass::HeldPass).';
