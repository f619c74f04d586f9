-- The team moves the first day of a PASS, and with it all its days (rule book 03 §4.7).

CREATE TABLE pass_corrections (
    id uuid PRIMARY KEY,
    pass_id uuid NOT NULL REFERENCES passes (id) ON DELETE CASCADE,
    started_on date NOT NULL,
    ended_on date NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    reason text NOT NULL CONSTRAINT pass_corrections_reason_check CHECK (reason IN (
        'contract_start', 'typing_mistake', 'other'
    )),
    explanation text NOT NULL CONSTRAINT pass_corrections_explanation_check CHECK (char_length(explanation) BETWEEN 1 AND 1000),
    corrected_by uuid NOT NULL REFERENCES users (id),
    corrected_at timestamptz NOT NULL,
    CONSTRAINT pass_corrections_period_check CHECK (
        started_on <> starts_on AND started_on < ended_on AND ended_on - started_on = ends_on - starts_on
    )
);
COMMENT ON TABLE pass_corrections IS 'Days of PASS moved by the team: as many days for the end as for the start.';
COMMENT ON COLUMN pass_corrections.started_on IS 'Its first day before.';
COMMENT ON COLUMN pass_corrections.ended_on IS 'Its last day before.';
COMMENT ON COLUMN pass_corrections.explanation IS 'In the words of the team, for the team.';
CREATE INDEX pass_corrections_pass_idx ON pass_corrections (pass_id);
CREATE INDEX pass_corrections_corrected_by_idx ON pass_corrections (corrected_by);
