-- no-transaction
-- The team lists accounts, the latest first.
CREATE INDEX CONCURRENTLY users_created_at_idx ON users (created_at DESC, id DESC);
