CREATE TABLE emails (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL CONSTRAINT emails_subject_check CHECK (length(subject) <= 250),
    text_body text NOT NULL,
    html_body text NOT NULL,
    about_kind text NOT NULL,
    about_id uuid NOT NULL,
    status text NOT NULL CONSTRAINT emails_status_check CHECK (status IN ('queued', 'sent', 'failed')),
    attempts smallint NOT NULL DEFAULT 0,
    last_error text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    CONSTRAINT emails_sent_check CHECK ((status = 'sent') = (sent_at IS NOT NULL))
);
COMMENT ON TABLE emails IS 'Outbox: messages rendered when they were decided, in the transaction that decided them.';
CREATE INDEX emails_created_idx ON emails (created_at DESC, id DESC);
CREATE INDEX emails_about_idx ON emails (about_kind, about_id);

CREATE TABLE audit_events (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    organisation_id uuid,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    payload jsonb NOT NULL,
    request_id uuid NOT NULL
);
COMMENT ON TABLE audit_events IS 'Who did what, when, for which organisation. Append-only; the payload holds states and ids, never free text nor personal data.';
CREATE INDEX audit_events_at_idx ON audit_events (at DESC, id DESC);
CREATE INDEX audit_events_subject_idx ON audit_events (subject_kind, subject_id, at DESC);
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
