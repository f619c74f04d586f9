-- What somebody who signs up asks of an organisation: a link for the official address of a company (SGN-8, SGN-9), or to be let in by
-- who is there (SGN-11, SGN-12, SGN-15).

CREATE TABLE sign_up_requests (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id),
    contact_id uuid REFERENCES users (id),
    asked_at timestamptz NOT NULL,
    token text CONSTRAINT sign_up_requests_token_check CHECK (char_length(token) BETWEEN 20 AND 100),
    expires_at timestamptz,
    used_at timestamptz,
    used_by uuid REFERENCES users (id),
    CONSTRAINT sign_up_requests_link_check CHECK ((token IS NULL) = (expires_at IS NULL)),
    CONSTRAINT sign_up_requests_contact_check CHECK (token IS NULL OR contact_id IS NULL),
    CONSTRAINT sign_up_requests_dates_check CHECK (asked_at < expires_at),
    CONSTRAINT sign_up_requests_used_check CHECK (
        (used_at IS NULL) = (used_by IS NULL) AND (used_at IS NULL OR token IS NOT NULL)
    )
);
COMMENT ON TABLE sign_up_requests IS 'What somebody who signs up asked: a link for the official address of a company, or to be let into an organisation. Purged half a year later.';
COMMENT ON COLUMN sign_up_requests.user_id IS 'Who asked.';
COMMENT ON COLUMN sign_up_requests.contact_id IS 'Of a request to be let in: the member who was asked; null when nobody was there, and the team was.';
COMMENT ON COLUMN sign_up_requests.token IS 'Of a link: what it says besides the id; null for a request to be let in. Kept as it is, like that of an invitation: whoever reads the outbox reads it too.';
COMMENT ON COLUMN sign_up_requests.expires_at IS 'Of a link: until when it serves, unless somebody joins before.';
COMMENT ON COLUMN sign_up_requests.used_by IS 'Whom it let in: whoever held it, not always who asked.';
CREATE INDEX sign_up_requests_organisation_idx ON sign_up_requests (organisation_id, asked_at);
CREATE INDEX sign_up_requests_user_idx ON sign_up_requests (user_id, asked_at);
CREATE INDEX sign_up_requests_contact_idx ON sign_up_requests (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX sign_up_requests_used_by_idx ON sign_up_requests (used_by) WHERE used_by IS NOT NULL;
CREATE INDEX sign_up_requests_asked_at_idx ON sign_up_requests (asked_at);
