-- no-transaction
-- The team finds somebody by what any provider calls them.
CREATE INDEX CONCURRENTLY identities_subject_idx ON identities (subject);
