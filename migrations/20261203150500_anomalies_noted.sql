-- What is odd in a hire an SIAE prescribed to itself, noted when what it follows from changes: a département counts thousands
-- of them by company at each visit.
ALTER TABLE applications ADD COLUMN anomalies text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN applications.anomalies IS
    'Derived: what is to be looked at in a hire that is self_prescribed, by the codes of eligibility::Anomaly; nothing in another. Whoever changes the level of a criterion has every such hire say it again.';

CREATE OR REPLACE FUNCTION application_self_prescribed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    new.self_prescribed := new.state = 'accepted' AND EXISTS (
        SELECT FROM eligibility_diagnoses d WHERE d.id = new.diagnosis_id AND d.author_kind = 'employer'
    );
    new.anomalies := '{}';
    IF new.self_prescribed THEN
        -- For nobody or for no company, the foreign keys refuse the row.
        new.anomalies := coalesce((
            SELECT array_remove(ARRAY[
                CASE
                    WHEN NOT coalesce(bool_or(e.level = 1), false)
                     AND count(*) FILTER (WHERE e.level = 2) < CASE WHEN o.kind IN ('AI', 'ETTI') THEN 2 ELSE 3 END
                    THEN 'criteria'
                END,
                CASE
                    WHEN bool_or(
                        dc.criterion_code = 'SENIOR' AND c.birth_date > made.on_day - interval '50 years'
                        OR dc.criterion_code = 'JEUNE' AND c.birth_date <= made.on_day - interval '26 years'
                    )
                    THEN 'age'
                END,
                CASE WHEN new.pass_id IS NULL THEN 'no_pass' END
            ], NULL)
            FROM eligibility_diagnoses d
            CROSS JOIN LATERAL (SELECT (d.created_at AT TIME ZONE 'Europe/Paris')::date AS on_day) AS made
            JOIN organisations o ON o.id = new.company_id
            JOIN candidates c ON c.id = new.candidate_id
            LEFT JOIN diagnosis_criteria dc ON dc.diagnosis_id = d.id
            LEFT JOIN eligibility_criteria e ON e.code = dc.criterion_code
            WHERE d.id = new.diagnosis_id
            GROUP BY o.kind
        ), '{}');
    END IF;
    RETURN new;
END $$;
CREATE OR REPLACE TRIGGER applications_self_prescribed
    BEFORE INSERT
        OR UPDATE OF state, diagnosis_id, self_prescribed, anomalies, candidate_id, company_id, pass_id ON applications
    FOR EACH ROW
    WHEN (new.diagnosis_id IS NOT NULL OR new.self_prescribed OR new.anomalies <> '{}')
    EXECUTE FUNCTION application_self_prescribed();

-- Whatever it is set to, the trigger above says it again.
CREATE FUNCTION candidate_birth_date_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE applications a SET anomalies = a.anomalies WHERE a.candidate_id = new.id AND a.self_prescribed;
    RETURN NULL;
END $$;
CREATE TRIGGER candidates_birth_date_changed
    AFTER UPDATE OF birth_date ON candidates
    FOR EACH ROW WHEN (old.birth_date IS DISTINCT FROM new.birth_date)
    EXECUTE FUNCTION candidate_birth_date_changed();

CREATE FUNCTION company_kind_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE applications a SET anomalies = a.anomalies WHERE a.company_id = new.id AND a.self_prescribed;
    RETURN NULL;
END $$;
CREATE TRIGGER organisations_company_kind_changed
    AFTER UPDATE OF kind ON organisations
    FOR EACH ROW WHEN (new.family = 'company' AND old.kind IS DISTINCT FROM new.kind)
    EXECUTE FUNCTION company_kind_changed();

-- Criteria are written with their diagnosis, before a hire rests on it: this finds none, but for what is mended by hand.
CREATE FUNCTION diagnosis_criteria_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE applications a
    SET anomalies = a.anomalies
    WHERE a.self_prescribed AND a.diagnosis_id IN (SELECT changed.diagnosis_id FROM changed);
    RETURN NULL;
END $$;
CREATE TRIGGER diagnosis_criteria_added
    AFTER INSERT ON diagnosis_criteria REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION diagnosis_criteria_changed();
CREATE TRIGGER diagnosis_criteria_removed
    AFTER DELETE ON diagnosis_criteria REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION diagnosis_criteria_changed();
