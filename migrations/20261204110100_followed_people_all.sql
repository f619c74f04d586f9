-- no-transaction
-- The relations before the file before this one: some thousands at a time, so that whoever touches one waits a moment at most. Whatever
-- the name is set to, the triggers say it again, and note whom the organisation follows.
DO $$
DECLARE
    reached_organisation uuid := '00000000-0000-0000-0000-000000000000';
    reached_candidate uuid := '00000000-0000-0000-0000-000000000000';
    reached_user uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    LOOP
        WITH batch AS (
            SELECT r.organisation_id, r.candidate_id, r.user_id
            FROM candidate_relations r
            WHERE (r.organisation_id, r.candidate_id, r.user_id)
                  > (reached_organisation, reached_candidate, reached_user)
            ORDER BY r.organisation_id, r.candidate_id, r.user_id
            LIMIT 5000
        ), named AS (
            UPDATE candidate_relations r
            SET candidate_search = ''
            FROM batch
            WHERE r.organisation_id = batch.organisation_id
              AND r.candidate_id = batch.candidate_id
              AND r.user_id = batch.user_id
        )
        SELECT b.organisation_id, b.candidate_id, b.user_id
        INTO reached_organisation, reached_candidate, reached_user
        FROM batch b
        ORDER BY b.organisation_id DESC, b.candidate_id DESC, b.user_id DESC
        LIMIT 1;
        EXIT WHEN reached_organisation IS NULL;
        COMMIT;
    END LOOP;
END $$;
