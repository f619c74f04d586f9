-- What a provider says of sessions it opened: which of ours it may end (OpenID Connect Back-Channel Logout 1.0).
ALTER TABLE sessions
    ADD COLUMN provider text CONSTRAINT sessions_provider_check CHECK (provider IN ('IC', 'PC', 'FC', 'FTC')),
    ADD COLUMN provider_session text
        CONSTRAINT sessions_provider_session_check CHECK (char_length(provider_session) <= 255);
COMMENT ON COLUMN sessions.provider IS 'The provider the person came by; null by password, and of those opened before it was kept.';
COMMENT ON COLUMN sessions.provider_session IS 'What the provider calls its own session (sid), where it names it.';

CREATE TABLE logout_tokens (
    provider text NOT NULL CONSTRAINT logout_tokens_provider_check CHECK (provider IN ('IC', 'PC', 'FC', 'FTC')),
    digest bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (provider, digest)
);
COMMENT ON TABLE logout_tokens IS 'Logouts that providers told, by the digest of their token (jti), until it expires: each serves once.';
CREATE INDEX logout_tokens_expires_at_idx ON logout_tokens (expires_at);
