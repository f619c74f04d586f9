-- no-transaction
-- The companies of the hires before the file before this one: a hundred at a time, each counted as its batch commits, so that whoever
-- hires in one of them waits a moment at most.
DO $$
DECLARE
    reached uuid := '00000000-0000-0000-0000-000000000000';
    batch uuid[];
BEGIN
    LOOP
        SELECT array_agg(next.company_id ORDER BY next.company_id)
        INTO batch
        FROM (
            SELECT DISTINCT a.company_id
            FROM applications a
            WHERE a.self_prescribed AND a.company_id > reached
            ORDER BY a.company_id
            LIMIT 100
        ) next;
        EXIT WHEN batch IS NULL;
        INSERT INTO self_prescribers_to_count (company_id)
        SELECT noted.company_id
        FROM unnest(batch) AS noted (company_id)
        ORDER BY noted.company_id
        ON CONFLICT DO NOTHING;
        COMMIT;
        reached := batch[cardinality(batch)];
    END LOOP;
END $$;
