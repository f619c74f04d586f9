-- Announcements of the team at the top of pages (rule book 01 §13).
CREATE TABLE announcements (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL CONSTRAINT announcements_edition_id_key UNIQUE,
    title text NOT NULL CONSTRAINT announcements_title_check CHECK (char_length(title) BETWEEN 1 AND 120),
    body text NOT NULL CONSTRAINT announcements_body_check CHECK (char_length(body) BETWEEN 1 AND 1000),
    level text NOT NULL CONSTRAINT announcements_level_check CHECK (level IN ('warning', 'info')),
    kinds text[] NOT NULL CONSTRAINT announcements_kinds_check CHECK (kinds <@ ARRAY[
        'candidate', 'prescriber', 'orienter', 'employer', 'inspector', 'staff'
    ]),
    departments text[] NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    outage tstzrange,
    author_id uuid NOT NULL CONSTRAINT announcements_author_id_fkey REFERENCES users (id),
    published_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL CONSTRAINT announcements_changed_by_fkey REFERENCES users (id),
    withdrawn_at timestamptz,
    CONSTRAINT announcements_dates_check CHECK (starts_at < ends_at),
    CONSTRAINT announcements_outage_check CHECK (
        lower_inc(outage) AND NOT upper_inc(outage) AND starts_at <= lower(outage) AND upper(outage) <= ends_at
    )
);
COMMENT ON TABLE announcements IS 'What the team says to its readers at the top of pages; those that ended are kept.';
COMMENT ON COLUMN announcements.edition_id IS 'One wording: another one whenever what is read changes. What readers hide.';
COMMENT ON COLUMN announcements.body IS 'Plain paragraphs, a line each.';
COMMENT ON COLUMN announcements.kinds IS 'For whom, by what they do; empty: whatever they do, visitors too.';
COMMENT ON COLUMN announcements.departments IS 'Codes of the départements of those it is for; empty: all of them.';
COMMENT ON COLUMN announcements.starts_at IS 'From when pages show it.';
COMMENT ON COLUMN announcements.ends_at IS 'From when they show it no more.';
COMMENT ON COLUMN announcements.outage IS 'The interruption of the service that it announces; null when it announces none.';
COMMENT ON COLUMN announcements.changed_at IS 'When it last changed: what a form that changes it was made from (D32).';
CREATE INDEX announcements_ends_at_idx ON announcements (ends_at) WHERE withdrawn_at IS NULL;
CREATE INDEX announcements_author_idx ON announcements (author_id);
CREATE INDEX announcements_changed_by_idx ON announcements (changed_by);

-- Read with the account on every page: a column, not a table of its own.
ALTER TABLE users ADD COLUMN dismissed_announcements uuid[] NOT NULL DEFAULT '{}'
    CONSTRAINT users_dismissed_announcements_check CHECK (cardinality(dismissed_announcements) <= 50);
COMMENT ON COLUMN users.dismissed_announcements IS 'Editions of announcements that they read and hid; those that ended are forgotten.';
