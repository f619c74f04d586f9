-- no-transaction
-- The applications sent before the file before this one: some thousands at a time, so that whoever answers one waits a moment at most.
DO $$
DECLARE
    reached uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    LOOP
        WITH batch AS (
            SELECT a.id, c.search
            FROM applications a
            JOIN candidates c ON c.id = a.candidate_id
            WHERE a.id > reached
            ORDER BY a.id
            LIMIT 5000
        ), named AS (
            UPDATE applications a
            SET candidate_search = batch.search
            FROM batch
            WHERE a.id = batch.id AND a.candidate_search <> batch.search
        )
        SELECT (SELECT batch.id FROM batch ORDER BY batch.id DESC LIMIT 1) INTO reached;
        EXIT WHEN reached IS NULL;
        COMMIT;
    END LOOP;
END $$;
