-- no-transaction
-- The hires before the file before this one: some thousands at a time, so that whoever touches one waits a moment at most. Whatever
-- it is set to, the trigger says its département.
DO $$
DECLARE
    reached uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    LOOP
        WITH batch AS (
            SELECT a.id
            FROM applications a
            WHERE a.self_prescribed AND a.id > reached
            ORDER BY a.id
            LIMIT 5000
        ), noted AS (
            UPDATE applications a
            SET self_prescribed_department = a.self_prescribed_department
            FROM batch
            WHERE a.id = batch.id
        )
        SELECT (SELECT batch.id FROM batch ORDER BY batch.id DESC LIMIT 1) INTO reached;
        EXIT WHEN reached IS NULL;
        COMMIT;
    END LOOP;
END $$;
