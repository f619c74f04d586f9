-- no-transaction
-- The task of the day closes the spontaneous openings that nobody renewed, the oldest first (CMP-36).
CREATE INDEX CONCURRENTLY companies_spontaneous_open_since_idx ON companies (spontaneous_open_since) WHERE spontaneous_open_since IS NOT NULL;
