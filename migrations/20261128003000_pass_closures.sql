-- Who closed a PASS early, and why (rule book 03 §4.13, §12 X2; D7). Its last day is in passes.closed_on.

CREATE TABLE pass_closures (
    pass_id uuid PRIMARY KEY REFERENCES passes (id) ON DELETE CASCADE,
    reason text NOT NULL CONSTRAINT pass_closures_reason_check CHECK (reason IN (
        'works_elsewhere', 'cannot_resume', 'wishes_to_stop', 'no_news', 'other'
    )),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    closed_by uuid NOT NULL REFERENCES users (id),
    closed_at timestamptz NOT NULL
);
COMMENT ON TABLE pass_closures IS 'A PASS closed after more than a year of suspension: who decided, when and why.';
CREATE INDEX pass_closures_organisation_idx ON pass_closures (organisation_id);
CREATE INDEX pass_closures_closed_by_idx ON pass_closures (closed_by);
