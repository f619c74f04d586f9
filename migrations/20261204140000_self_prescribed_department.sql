-- The département of the SIAE, noted on each hire it prescribed to itself: the list of a département is then read from an index, in
-- its order, where every hire of it was joined to its SIAE and sorted at each visit.
ALTER TABLE applications ADD COLUMN self_prescribed_department text;
COMMENT ON COLUMN applications.self_prescribed_department IS
    'Derived: organisations.department_code of the company when the hire is self_prescribed; null in another.';

CREATE OR REPLACE FUNCTION application_self_prescribed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    new.self_prescribed := new.state = 'accepted' AND EXISTS (
        SELECT FROM eligibility_diagnoses d WHERE d.id = new.diagnosis_id AND d.author_kind = 'employer'
    );
    new.anomalies := '{}';
    new.self_prescribed_department := NULL;
    IF new.self_prescribed THEN
        new.self_prescribed_department := (SELECT o.department_code FROM organisations o WHERE o.id = new.company_id);
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
        OR UPDATE OF
            state, diagnosis_id, self_prescribed, anomalies, self_prescribed_department, candidate_id, company_id, pass_id
        ON applications
    FOR EACH ROW
    WHEN (
        new.diagnosis_id IS NOT NULL OR new.self_prescribed OR new.anomalies <> '{}'
        OR new.self_prescribed_department IS NOT NULL
    )
    EXECUTE FUNCTION application_self_prescribed();
