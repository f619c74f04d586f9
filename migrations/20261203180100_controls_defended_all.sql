-- no-transaction
-- The controls before the file before this one: some at a time, so that whoever reviews one waits a moment at most.
DO $$
DECLARE
    reached uuid := '00000000-0000-0000-0000-000000000000';
    batch uuid[];
BEGIN
    LOOP
        batch := ARRAY(
            SELECT c.id
            FROM controls c
            WHERE c.id > reached
            ORDER BY c.id
            LIMIT 500
        );
        EXIT WHEN cardinality(batch) = 0;
        PERFORM c.id FROM controls c WHERE c.id = ANY(batch) ORDER BY c.id FOR UPDATE;
        PERFORM note_defended(batch);
        reached := batch[cardinality(batch)];
        COMMIT;
    END LOOP;
END $$;
