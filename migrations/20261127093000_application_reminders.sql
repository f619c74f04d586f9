-- Reminders of applications that wait: who asked the employer for an answer, and when.
CREATE TABLE application_reminders (
    application_id uuid NOT NULL REFERENCES applications ON DELETE CASCADE,
    at timestamptz NOT NULL,
    user_id uuid NOT NULL REFERENCES users,
    PRIMARY KEY (application_id, at),
    -- Once a week at most.
    CONSTRAINT application_reminders_week_excl EXCLUDE USING gist (
        application_id WITH =,
        tsrange(at AT TIME ZONE 'UTC', (at AT TIME ZONE 'UTC') + interval '7 days') WITH &&
    )
);
CREATE INDEX application_reminders_user_idx ON application_reminders (user_id);
