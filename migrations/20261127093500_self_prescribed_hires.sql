-- Whether a hire rests on a diagnosis of the SIAE itself, noted when it is written: what a département is counted and
-- read by. A diagnosis never changes hands.
ALTER TABLE applications ADD COLUMN self_prescribed boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN applications.self_prescribed IS 'Derived: accepted, on a diagnosis of the company itself.';

CREATE FUNCTION application_self_prescribed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    new.self_prescribed := new.state = 'accepted' AND EXISTS (
        SELECT FROM eligibility_diagnoses d WHERE d.id = new.diagnosis_id AND d.author_kind = 'employer'
    );
    RETURN new;
END $$;
CREATE TRIGGER applications_self_prescribed
    BEFORE INSERT OR UPDATE OF state, diagnosis_id, self_prescribed ON applications
    FOR EACH ROW
    WHEN (new.diagnosis_id IS NOT NULL OR new.self_prescribed)
    EXECUTE FUNCTION application_self_prescribed();

UPDATE applications SET diagnosis_id = diagnosis_id WHERE diagnosis_id IS NOT NULL;

DROP INDEX applications_hired_idx;
CREATE INDEX applications_self_prescribed_idx ON applications (company_id) WHERE self_prescribed;
CREATE INDEX applications_self_prescribed_recent_idx ON applications (processed_at DESC, id DESC) WHERE self_prescribed;

CREATE VIEW self_prescriptions AS
SELECT a.id
     , a.candidate_id
     , a.company_id
     , a.diagnosis_id
     , a.pass_id
     , a.processed_at AS accepted_at
     , a.hiring_starts_on AS starts_on
     , a.hiring_ends_on AS ends_on
     , o.shown_name AS company_name
     , o.kind AS company_kind
     , o.siret AS company_siret
     , o.city AS company_city
     , o.department_code
     , d.created_at AS diagnosed_at
     , d.expires_on
     , d.author_id
FROM applications a
JOIN organisations o ON o.id = a.company_id
-- The key keeps it to one; when none of its columns is read, it is not joined.
LEFT JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id
WHERE a.self_prescribed;
COMMENT ON VIEW self_prescriptions IS 'Hires that rest on a diagnosis made by the SIAE itself (auto-prescription).';
