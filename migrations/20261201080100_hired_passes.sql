-- The PASS a company hired under, in the order its list shows them: a page is read from an index, however many there are.
CREATE TABLE hired_passes (
    pass_id uuid NOT NULL REFERENCES passes (id) ON DELETE CASCADE,
    company_id uuid NOT NULL REFERENCES organisations (id),
    ends_on date NOT NULL,
    PRIMARY KEY (pass_id, company_id)
);
COMMENT ON TABLE hired_passes IS 'Derived: each company and the PASS of its accepted applications, once.';
COMMENT ON COLUMN hired_passes.ends_on IS 'Derived: that of the PASS.';
CREATE INDEX hired_passes_company_idx ON hired_passes (company_id, ends_on, pass_id);
-- As passes_over_idx: what is over, the latest first.
CREATE INDEX hired_passes_over_idx
    ON hired_passes (company_id, (DATE '6000-01-01' - (ends_on - DATE '2000-01-01')), pass_id);

-- Whatever changes the hires or the parcours of a person holds the lock of the person (rule book 03 §8, C3 to C5): two of them
-- do not read what the other is about to write.
CREATE FUNCTION derive_hired_pass(company uuid, pass uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM applications a WHERE a.pass_id = pass AND a.company_id = company AND a.state = 'accepted'
    ) THEN
        INSERT INTO hired_passes (pass_id, company_id, ends_on)
        SELECT p.id, company, p.ends_on
        FROM passes p
        WHERE p.id = pass
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM hired_passes h WHERE h.pass_id = pass AND h.company_id = company;
    END IF;
END $$;
COMMENT ON FUNCTION derive_hired_pass(uuid, uuid) IS 'Keeps, or forgets, that a company hired under a PASS.';

CREATE FUNCTION application_hired() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND old.pass_id IS NOT NULL THEN
        PERFORM derive_hired_pass(old.company_id, old.pass_id);
    END IF;
    IF TG_OP <> 'DELETE' AND new.pass_id IS NOT NULL THEN
        PERFORM derive_hired_pass(new.company_id, new.pass_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER applications_hired_added
    AFTER INSERT ON applications
    FOR EACH ROW WHEN (new.pass_id IS NOT NULL) EXECUTE FUNCTION application_hired();
CREATE TRIGGER applications_hired_removed
    AFTER DELETE ON applications
    FOR EACH ROW WHEN (old.pass_id IS NOT NULL) EXECUTE FUNCTION application_hired();
CREATE TRIGGER applications_hired_changed
    AFTER UPDATE OF state, pass_id, company_id ON applications
    FOR EACH ROW
    WHEN ((old.state, old.pass_id, old.company_id) IS DISTINCT FROM (new.state, new.pass_id, new.company_id)
          AND (old.pass_id IS NOT NULL OR new.pass_id IS NOT NULL))
    EXECUTE FUNCTION application_hired();

CREATE FUNCTION pass_end_moved() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hired_passes h SET ends_on = new.ends_on WHERE h.pass_id = new.id;
    RETURN NULL;
END $$;
CREATE TRIGGER passes_end_moved
    AFTER UPDATE OF ends_on ON passes
    FOR EACH ROW WHEN (old.ends_on IS DISTINCT FROM new.ends_on) EXECUTE FUNCTION pass_end_moved();

-- What is derived follows what is mended by force, too.
ALTER TABLE applications
    ENABLE ALWAYS TRIGGER applications_hired_added,
    ENABLE ALWAYS TRIGGER applications_hired_removed,
    ENABLE ALWAYS TRIGGER applications_hired_changed;
ALTER TABLE passes ENABLE ALWAYS TRIGGER passes_end_moved;
