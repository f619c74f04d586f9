-- no-transaction
-- The team lists organisations by name, and finds them by the start of a word of it.
CREATE INDEX CONCURRENTLY organisations_search_idx ON organisations (search, id);
