-- no-transaction
-- The team finds a candidate by their number at France Travail.
CREATE INDEX CONCURRENTLY candidates_france_travail_id_idx ON candidates (france_travail_id) WHERE france_travail_id IS NOT NULL;
