-- no-transaction
-- The team finds somebody by the start of a word of their name.
CREATE INDEX CONCURRENTLY users_name_trgm_idx ON users USING gin (folded(last_name || ' ' || first_name) gin_trgm_ops);
