-- no-transaction
-- « Ceux que j’accompagne », the last first.
CREATE INDEX CONCURRENTLY candidate_relations_own_idx
    ON candidate_relations (organisation_id, user_id, last_action_at, candidate_id);
