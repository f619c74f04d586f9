-- no-transaction
-- The hires a company prescribed to itself, counted in the index alone, with when they start, when they were accepted, and
-- what is odd in them.
CREATE INDEX CONCURRENTLY applications_self_prescribed_facts_idx ON applications (company_id)
    INCLUDE (hiring_starts_on, processed_at, anomalies)
    WHERE self_prescribed;
