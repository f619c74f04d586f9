-- What a person did once (rule book 01 §9.3, §9.4), and what the list of their sessions says.
ALTER TABLE users
    ADD COLUMN terms_version text CONSTRAINT users_terms_version_check CHECK (terms_version ~ '^\d{4}-\d{2}-\d{2}$'),
    ADD COLUMN terms_accepted_at timestamptz,
    ADD COLUMN welcomed_at timestamptz;
COMMENT ON COLUMN users.terms_version IS 'The day of the terms they accepted last (SES-11).';
COMMENT ON COLUMN users.welcomed_at IS 'When they saw what the service is for (SES-12).';

ALTER TABLE sessions
    ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN browser text CONSTRAINT sessions_browser_check CHECK (char_length(browser) <= 100);
COMMENT ON COLUMN sessions.public_id IS 'What the page of sessions calls it.';
COMMENT ON COLUMN sessions.browser IS 'In words: « Firefox sous Windows ».';

ALTER TABLE login_attempts ADD COLUMN expected_email text;
COMMENT ON COLUMN login_attempts.expected_email IS 'The address whoever comes back must have (OID-20).';
