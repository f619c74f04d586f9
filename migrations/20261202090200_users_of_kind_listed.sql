-- no-transaction
-- The same, of one kind.
CREATE INDEX CONCURRENTLY users_kind_created_at_idx ON users (kind, created_at DESC, id DESC);
