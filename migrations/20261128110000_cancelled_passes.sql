-- A PASS is cancelled: it goes with all that happened to it, an archive stays (rule book 03 §4.12).

CREATE TABLE cancelled_passes (
    number text PRIMARY KEY CONSTRAINT cancelled_passes_number_check CHECK (number ~ '^[0-9A-Z]{12}$'),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    pass_id uuid,
    candidate_id uuid REFERENCES candidates (id),
    application_id uuid REFERENCES applications (id),
    cancelled_by uuid REFERENCES users (id),
    cancelled_at timestamptz NOT NULL,
    first_name text,
    last_name text,
    nir text CONSTRAINT cancelled_passes_nir_check CHECK (nir ~ '^[123478][0-9]{4}([0-9]{2}|2A|2B)[0-9]{8}$'),
    birth_date date,
    france_travail_id text,
    origin_siret text CONSTRAINT cancelled_passes_origin_siret_check CHECK (origin_siret ~ '^[0-9]{14}$'),
    origin_company_kind text NOT NULL,
    origin_sender_kind text NOT NULL,
    origin_prescriber_kind text,
    france_travail_status text NOT NULL DEFAULT 'pending'
        CONSTRAINT cancelled_passes_france_travail_status_check CHECK (france_travail_status = 'pending'),
    anonymised_at timestamptz,
    CONSTRAINT cancelled_passes_period_check CHECK (starts_on < ends_on),
    CONSTRAINT cancelled_passes_pass_key UNIQUE (pass_id),
    CONSTRAINT cancelled_passes_anonymised_check CHECK (
        CASE WHEN anonymised_at IS NULL
             THEN num_nulls(pass_id, candidate_id, first_name, last_name, origin_siret) = 0
             ELSE num_nonnulls(
                 pass_id, candidate_id, application_id, cancelled_by, first_name, last_name, nir, birth_date,
                 france_travail_id, origin_siret
             ) = 0
        END
    )
);
COMMENT ON TABLE cancelled_passes IS 'What stays of a PASS that was cancelled (rule book 03 §4.12): what France Travail is to be told, and its number, which is never given again.';
COMMENT ON COLUMN cancelled_passes.pass_id IS 'Its id while it existed: the audit trail says the rest.';
COMMENT ON COLUMN cancelled_passes.application_id IS 'The hire whose cancellation took it away.';
COMMENT ON COLUMN cancelled_passes.nir IS 'As it was that day, like all that says who the person is.';
COMMENT ON COLUMN cancelled_passes.origin_siret IS 'Copied from the PASS, as the other origin columns.';
COMMENT ON COLUMN cancelled_passes.france_travail_status IS 'France Travail is to be told, with an end that is the start (rule book 03 §7).';
COMMENT ON COLUMN cancelled_passes.anonymised_at IS 'When all that says whose it was went, 730 days after its last day: the number stays.';
CREATE INDEX cancelled_passes_candidate_idx ON cancelled_passes (candidate_id);
CREATE INDEX cancelled_passes_application_idx ON cancelled_passes (application_id);
CREATE INDEX cancelled_passes_cancelled_by_idx ON cancelled_passes (cancelled_by);
CREATE INDEX cancelled_passes_to_anonymise_idx ON cancelled_passes (ends_on) WHERE anonymised_at IS NULL;

-- The number of a PASS that was given once is never given again, so its archive stays for good.
CREATE TRIGGER cancelled_passes_kept BEFORE DELETE ON cancelled_passes
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_cancelled_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cancelled_passes c WHERE c.number = NEW.number) THEN
        RAISE EXCEPTION 'the number % is that of a cancelled PASS', NEW.number
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'passes_number_reused_check';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_cancelled_number() IS 'Refuses a PASS that takes the number of a cancelled one (rule book 03 §4.2, I2).';
CREATE TRIGGER passes_number_reused_check AFTER INSERT OR UPDATE OF number ON passes
    FOR EACH ROW EXECUTE FUNCTION refuse_cancelled_number();

CREATE FUNCTION check_cancelled_is_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM passes p WHERE p.number = NEW.number) THEN
        RAISE EXCEPTION 'the PASS % is cancelled and still there', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cancelled_passes_gone_check';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION check_cancelled_is_gone() IS 'Refuses, at the end of a transaction, an archive whose PASS is still there.';
CREATE CONSTRAINT TRIGGER cancelled_passes_gone_check AFTER INSERT OR UPDATE OF number ON cancelled_passes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_cancelled_is_gone();

CREATE FUNCTION check_pass_is_archived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM cancelled_passes c
        WHERE c.number = OLD.number AND c.pass_id = OLD.id AND c.starts_on = OLD.starts_on AND c.ends_on = OLD.ends_on
    ) THEN
        RAISE EXCEPTION 'the PASS % has no archive', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'passes_archived_check';
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION check_pass_is_archived() IS 'Refuses to delete a PASS before its archive is written.';
CREATE TRIGGER passes_archived_check BEFORE DELETE ON passes
    FOR EACH ROW EXECUTE FUNCTION check_pass_is_archived();
