-- no-transaction
-- « Ceux que j’accompagne », in the order of names.
CREATE INDEX CONCURRENTLY candidate_relations_own_named_idx
    ON candidate_relations (organisation_id, user_id, candidate_search, candidate_id);
