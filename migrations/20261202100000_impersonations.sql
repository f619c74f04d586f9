-- Members of the team see the platform as somebody, to help them (AUT-30, AUT-31).
CREATE TABLE impersonations (
    id uuid PRIMARY KEY,
    staff_id uuid NOT NULL CONSTRAINT impersonations_staff_id_fkey REFERENCES users (id),
    target_id uuid NOT NULL CONSTRAINT impersonations_target_id_fkey REFERENCES users (id),
    reason text NOT NULL CONSTRAINT impersonations_reason_check CHECK (char_length(reason) BETWEEN 1 AND 500),
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text CONSTRAINT impersonations_end_reason_check CHECK (end_reason IN (
        'left', 'expired', 'session_over', 'target_closed', 'right_lost'
    )),
    CONSTRAINT impersonations_people_check CHECK (staff_id <> target_id),
    CONSTRAINT impersonations_period_check CHECK (started_at < expires_at),
    CONSTRAINT impersonations_ended_check CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
COMMENT ON TABLE impersonations IS 'Who of the team saw the platform as whom, why and when; kept as the trail is.';
COMMENT ON COLUMN impersonations.target_id IS 'The person it was seen as: they read when, not why.';
COMMENT ON COLUMN impersonations.expires_at IS 'When it ends at the latest, whatever is done.';
CREATE INDEX impersonations_target_idx ON impersonations (target_id, started_at DESC, id DESC);
CREATE INDEX impersonations_staff_idx ON impersonations (staff_id);
CREATE INDEX impersonations_open_idx ON impersonations (expires_at) WHERE ended_at IS NULL;

-- One at a time in a session: it stays that of the member of the team, whose row this is.
ALTER TABLE sessions
    ADD COLUMN impersonation_id uuid
        CONSTRAINT sessions_impersonation_id_fkey REFERENCES impersonations (id)
        CONSTRAINT sessions_impersonation_id_key UNIQUE;
COMMENT ON COLUMN sessions.impersonation_id IS 'The person behind the pages is then its target, while it goes on.';

-- Both ids in the trail.
ALTER TABLE audit_events ADD COLUMN impersonator_id uuid;
COMMENT ON COLUMN audit_events.impersonator_id IS 'The member of the team who saw the platform as the actor; null when the actor acted themselves.';
