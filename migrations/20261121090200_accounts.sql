CREATE TABLE users (
    id uuid PRIMARY KEY,
    kind text NOT NULL CONSTRAINT users_kind_check CHECK (kind IN ('job_seeker', 'professional', 'itou_staff')),
    email text,
    first_name text NOT NULL,
    last_name text NOT NULL,
    title text CONSTRAINT users_title_check CHECK (title IN ('M', 'MME')),
    phone text,
    is_active boolean NOT NULL DEFAULT true,
    is_superuser boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    first_login_at timestamptz,
    last_login_at timestamptz,
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_email_check CHECK (email = lower(email) AND email <> ''),
    CONSTRAINT users_superuser_check CHECK (NOT is_superuser OR kind = 'itou_staff')
);
COMMENT ON TABLE users IS 'Every account: candidates, professionals, staff (USR-1).';
COMMENT ON COLUMN users.email IS 'Lower case; null only for candidates without address and anonymised accounts.';

CREATE TABLE identities (
    provider text NOT NULL CONSTRAINT identities_provider_check CHECK (provider IN ('IC', 'PC', 'FC', 'FTC')),
    subject text NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id),
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (provider, subject),
    CONSTRAINT identities_user_provider_key UNIQUE (user_id, provider)
);
COMMENT ON TABLE identities IS 'Subject of an account at an identity provider (rule book 01 §1.2, DEC).';

CREATE TABLE sessions (
    id_hash bytea PRIMARY KEY,
    data bytea NOT NULL,
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    organisation_id uuid,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE sessions IS 'Browser sessions. The cookie holds the id, the table only its SHA-256.';
COMMENT ON COLUMN sessions.organisation_id IS 'The organisation the person acts for (SES-2); rechecked against memberships on every request.';
CREATE INDEX sessions_user_id_idx ON sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);

CREATE TABLE login_attempts (
    id uuid PRIMARY KEY,
    provider text NOT NULL,
    state_hash bytea NOT NULL,
    nonce text NOT NULL,
    pkce_verifier text NOT NULL,
    return_to text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
COMMENT ON TABLE login_attempts IS 'Logins under way at a provider: single use (OID-2), one hour (OID-3), bound to the browser by a cookie (OID-4).';
CREATE INDEX login_attempts_expires_at_idx ON login_attempts (expires_at);
