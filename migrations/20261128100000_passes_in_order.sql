-- no-transaction
-- Lists of PASS show what ends soon first; what is over follows (20261128140000).
CREATE INDEX CONCURRENTLY passes_ends_on_idx ON passes (ends_on, id);
