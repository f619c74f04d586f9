-- no-transaction
-- The same, the latest to come in first.
CREATE INDEX CONCURRENTLY organisations_created_at_idx ON organisations (created_at, id);
