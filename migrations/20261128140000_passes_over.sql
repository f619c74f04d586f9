-- no-transaction
-- What is over comes last in the lists of PASS, the latest first: as far after the year 6000 as it ended after the year 2000,
-- counted backwards.
CREATE INDEX CONCURRENTLY passes_over_idx ON passes ((DATE '6000-01-01' - (ends_on - DATE '2000-01-01')), id);
