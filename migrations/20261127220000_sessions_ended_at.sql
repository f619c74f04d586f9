-- Whoever ends the sessions of a person ends the logins under way too: one that began before opens none.
ALTER TABLE users ADD COLUMN sessions_ended_at timestamptz;
COMMENT ON COLUMN users.sessions_ended_at IS 'When their sessions were last ended, all at once; a login that began before opens no session.';
