-- Whoever changes a hire that an SIAE prescribed to itself notes the SIAE, to be counted (the file before this one).
CREATE FUNCTION self_prescription_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND old.self_prescribed THEN
        INSERT INTO self_prescribers_to_count (company_id) VALUES (old.company_id) ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'DELETE' AND new.self_prescribed THEN
        INSERT INTO self_prescribers_to_count (company_id) VALUES (new.company_id) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER applications_self_prescription_added
    AFTER INSERT ON applications
    FOR EACH ROW WHEN (new.self_prescribed) EXECUTE FUNCTION self_prescription_changed();
CREATE TRIGGER applications_self_prescription_removed
    AFTER DELETE ON applications
    FOR EACH ROW WHEN (old.self_prescribed) EXECUTE FUNCTION self_prescription_changed();
-- Of no column: most of these are set by the trigger before it, and not by the statement.
CREATE TRIGGER applications_self_prescription_changed
    AFTER UPDATE ON applications
    FOR EACH ROW
    WHEN (
        (old.self_prescribed OR new.self_prescribed)
        AND (old.self_prescribed, old.company_id, old.self_prescribed_department, old.anomalies, old.processed_at)
            IS DISTINCT FROM
            (new.self_prescribed, new.company_id, new.self_prescribed_department, new.anomalies, new.processed_at)
    )
    EXECUTE FUNCTION self_prescription_changed();

-- What is derived follows what is mended by force, too.
ALTER TABLE applications
    ENABLE ALWAYS TRIGGER applications_self_prescription_added,
    ENABLE ALWAYS TRIGGER applications_self_prescription_removed,
    ENABLE ALWAYS TRIGGER applications_self_prescription_changed;
