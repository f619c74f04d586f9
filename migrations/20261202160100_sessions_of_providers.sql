-- no-transaction
-- The session that a provider says is over is found by what it calls it.
CREATE INDEX CONCURRENTLY sessions_provider_session_idx ON sessions (provider, provider_session) WHERE provider_session IS NOT NULL;
