-- Second factors (rule book 01 §10.7).
CREATE TABLE second_factors (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT second_factors_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL CONSTRAINT second_factors_name_check CHECK (char_length(name) BETWEEN 1 AND 60),
    sealed bytea NOT NULL,
    last_step bigint NOT NULL,
    failures integer NOT NULL DEFAULT 0 CONSTRAINT second_factors_failures_check CHECK (failures >= 0),
    next_try_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    removed_at timestamptz
);
COMMENT ON TABLE second_factors IS 'Applications that give codes (AUT-21); those removed stay 90 days (AUT-24).';
COMMENT ON COLUMN second_factors.sealed IS 'The shared secret, sealed under a key of the operator and bound to the account.';
COMMENT ON COLUMN second_factors.last_step IS 'The half-minute of the last code that was accepted: neither it nor one before opens anything again.';
COMMENT ON COLUMN second_factors.next_try_at IS 'Before this, its codes are not looked at: wrong ones wait longer and longer.';
CREATE UNIQUE INDEX second_factors_user_name_key ON second_factors (user_id, name) WHERE removed_at IS NULL;
CREATE INDEX second_factors_removed_at_idx ON second_factors (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE backup_codes (
    user_id uuid PRIMARY KEY CONSTRAINT backup_codes_user_id_fkey REFERENCES users (id) ON DELETE CASCADE,
    digest bytea NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE backup_codes IS 'The code that stands in once for every application that is lost (AUT-22, AUT-23).';
COMMENT ON COLUMN backup_codes.digest IS 'SHA-256: the code is 96 random bits.';
