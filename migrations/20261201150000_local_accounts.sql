-- Accounts with a password of their own: candidates (D1) and the team (OID-19). Rule book 01 §8.2, §10.2.
CREATE TABLE local_passwords (
    user_id uuid PRIMARY KEY CONSTRAINT local_passwords_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    hash text NOT NULL CONSTRAINT local_passwords_hash_check CHECK (hash LIKE '$argon2id$%'),
    set_at timestamptz NOT NULL
);
COMMENT ON TABLE local_passwords IS 'Passwords of those who sign in here; an account tied to a provider has none (AUT-4).';
COMMENT ON COLUMN local_passwords.hash IS 'argon2id, in PHC format.';

CREATE TABLE account_letters (
    id uuid PRIMARY KEY,
    kind text NOT NULL CONSTRAINT account_letters_kind_check CHECK (kind IN (
        'account_sign_up', 'account_already_there', 'account_nir_known', 'account_activation', 'account_password_reset',
        'account_signs_in_elsewhere', 'account_unknown', 'account_locked', 'account_email_to_confirm',
        'account_email_taken', 'account_email_changed', 'account_password_changed', 'account_backup_code_used',
        'account_of_team'
    )),
    email text NOT NULL CONSTRAINT account_letters_email_check CHECK (email = lower(email) AND email <> ''),
    user_id uuid CONSTRAINT account_letters_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
COMMENT ON TABLE account_letters IS 'Mails sent to an address about an account, there or not. The link of those that open something ends with a key that is kept nowhere: it is computed from the id when the mail leaves.';
COMMENT ON COLUMN account_letters.user_id IS 'Whose account; null when there is none yet.';
COMMENT ON COLUMN account_letters.used_at IS 'When its link served, or stopped serving.';
CREATE INDEX account_letters_email_idx ON account_letters (email, created_at);
CREATE INDEX account_letters_user_idx ON account_letters (user_id, created_at);
CREATE INDEX account_letters_created_at_idx ON account_letters (created_at);

CREATE TABLE sign_ups (
    letter_id uuid PRIMARY KEY
        CONSTRAINT sign_ups_letter_id_fkey REFERENCES account_letters (id) ON DELETE CASCADE,
    title text NOT NULL CONSTRAINT sign_ups_title_check CHECK (title IN ('M', 'MME')),
    first_name text NOT NULL,
    last_name text NOT NULL,
    birth_date date NOT NULL,
    birth_commune_code text,
    birth_country_code text NOT NULL,
    nir text,
    password_hash text NOT NULL CONSTRAINT sign_ups_password_hash_check CHECK (password_hash LIKE '$argon2id$%')
);
COMMENT ON TABLE sign_ups IS 'What candidates typed to sign up, until they prove their address (AUT-7): no account is there before.';

CREATE TABLE login_failures (
    id uuid PRIMARY KEY,
    account bytea NOT NULL,
    visitor bytea NOT NULL,
    at timestamptz NOT NULL
);
COMMENT ON TABLE login_failures IS 'Sign-ins by password that failed, or are under way: five lock an account for five minutes, ten in a minute an address of the network (AUT-6, D25).';
COMMENT ON COLUMN login_failures.account IS 'Digest of the address typed, there or not, and of whether its holder signed in with this browser before: a stranger locks strangers out.';
COMMENT ON COLUMN login_failures.visitor IS 'Digest of the address of the network.';
CREATE INDEX login_failures_account_idx ON login_failures (account, at);
CREATE INDEX login_failures_visitor_idx ON login_failures (visitor, at);
CREATE INDEX login_failures_at_idx ON login_failures (at);
