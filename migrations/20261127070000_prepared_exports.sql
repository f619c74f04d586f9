-- Exports too long to be waited for: a task of the queue prepares the file, its owner follows it and takes it away.
CREATE TABLE exports (
    id uuid CONSTRAINT exports_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT exports_user_fkey REFERENCES users (id),
    organisation_id uuid CONSTRAINT exports_organisation_fkey REFERENCES organisations (id),
    capacity text NOT NULL,
    list text NOT NULL
        CONSTRAINT exports_list_check CHECK (list IN ('applications', 'passes', 'candidates', 'self_prescriptions',
            'access_log', 'audit_trail', 'emails', 'jobs')),
    query text NOT NULL,
    rows bigint NOT NULL CONSTRAINT exports_rows_check CHECK (rows >= 0),
    rows_written bigint NOT NULL DEFAULT 0 CONSTRAINT exports_rows_written_check CHECK (rows_written >= 0),
    state text NOT NULL
        CONSTRAINT exports_state_check CHECK (state IN ('preparing', 'ready', 'denied')),
    storage_key text NOT NULL CONSTRAINT exports_storage_key_key UNIQUE,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT exports_ended_check CHECK ((state = 'preparing') = (ended_at IS NULL))
);
COMMENT ON TABLE exports IS 'Sheets prepared by the worker, each for the one person who asked for it; gone after days.';
COMMENT ON COLUMN exports.organisation_id IS 'What its owner acted for, and must act for to take it away.';
COMMENT ON COLUMN exports.capacity IS 'What gave them their rights there when they asked: in another one, the export is not found.';
COMMENT ON COLUMN exports.query IS 'The query string of the view: it may hold a name, and goes with the row.';
COMMENT ON COLUMN exports.rows IS 'How many rows the view had when it was asked for; once ready, how many its file has.';
COMMENT ON COLUMN exports.rows_written IS 'How far the task is, written from time to time.';
COMMENT ON COLUMN exports.storage_key IS 'Random key of the content, there once the state is ready.';
COMMENT ON COLUMN exports.ended_at IS 'When it became ready or denied.';

-- The same view asked for again while it is prepared leads to the one under way: two clicks make one file.
CREATE UNIQUE INDEX exports_preparing_key ON exports (user_id, organisation_id, capacity, list, md5(query)) NULLS NOT DISTINCT
    WHERE state = 'preparing';
CREATE INDEX exports_asked_at_idx ON exports (asked_at);
