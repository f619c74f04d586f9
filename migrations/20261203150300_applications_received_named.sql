-- no-transaction
-- The applications a company received, in the order of names.
CREATE INDEX CONCURRENTLY applications_received_named_idx ON applications (company_id, candidate_search, id);
