-- no-transaction
-- Professionals who did not sign in for long, those for the longest first: each working day some are told (USR-16).
CREATE INDEX CONCURRENTLY users_unused_idx ON users (last_login_at, id) WHERE kind = 'professional' AND is_active;
