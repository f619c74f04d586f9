-- What a DDETS decides of a negative result (rule book 04 §1.15), and what it does to the rest of the platform (§1.16).

ALTER TABLE control_hires ADD CONSTRAINT control_hires_control_key UNIQUE (id, control_id);

CREATE TABLE control_decisions (
    id uuid PRIMARY KEY,
    control_id uuid NOT NULL REFERENCES controls (id),
    replaces_id uuid,
    replaced_why text CONSTRAINT control_decisions_replaced_why_check CHECK (char_length(replaced_why) BETWEEN 1 AND 2000),
    is_annulment boolean NOT NULL DEFAULT false,
    reason text CONSTRAINT control_decisions_reason_check CHECK (reason IN (
        'delay', 'invalid_proof', 'missing_proof', 'other'
    )),
    comment text CONSTRAINT control_decisions_comment_check CHECK (char_length(comment) BETWEEN 1 AND 2000),
    training text CONSTRAINT control_decisions_training_check CHECK (char_length(training) BETWEEN 1 AND 2000),
    withdrawn_days daterange CONSTRAINT control_decisions_withdrawn_days_check CHECK (
        NOT isempty(withdrawn_days) AND NOT lower_inf(withdrawn_days)
    ),
    cuts_subsidy boolean NOT NULL DEFAULT false,
    leniency text CONSTRAINT control_decisions_leniency_check CHECK (char_length(leniency) BETWEEN 1 AND 2000),
    decided_by uuid NOT NULL REFERENCES users (id),
    decided_at timestamptz NOT NULL,
    CONSTRAINT control_decisions_control_key UNIQUE (id, control_id),
    CONSTRAINT control_decisions_replaces_key UNIQUE (replaces_id),
    CONSTRAINT control_decisions_replaces_fkey FOREIGN KEY (replaces_id, control_id)
        REFERENCES control_decisions (id, control_id),
    CONSTRAINT control_decisions_replaced_check CHECK ((replaces_id IS NULL) = (replaced_why IS NULL)),
    CONSTRAINT control_decisions_annulment_check CHECK (NOT is_annulment OR replaces_id IS NOT NULL),
    -- An annulment decides nothing else; any other decision has its reason, and something decided.
    CONSTRAINT control_decisions_outcome_check CHECK (
        CASE WHEN is_annulment
            THEN num_nonnulls(reason, comment, training, withdrawn_days, leniency) = 0 AND NOT cuts_subsidy
            ELSE num_nonnulls(reason, comment) = 2
                AND (num_nonnulls(training, withdrawn_days) > 0 OR cuts_subsidy) = (leniency IS NULL)
        END
    )
);
COMMENT ON TABLE control_decisions IS 'Decisions on a negative result: never changed. After an appeal another takes the place of the one in force, and both are kept.';
COMMENT ON COLUMN control_decisions.replaces_id IS 'The decision it takes the place of.';
COMMENT ON COLUMN control_decisions.replaced_why IS 'Why, in words.';
COMMENT ON COLUMN control_decisions.is_annulment IS 'The decision replaced is annulled, and nothing is decided instead.';
COMMENT ON COLUMN control_decisions.training IS 'The session of training, in words, when there is one.';
COMMENT ON COLUMN control_decisions.withdrawn_days IS 'Days when the SIAE may not prescribe to itself; without end when it is permanent.';
COMMENT ON COLUMN control_decisions.cuts_subsidy IS 'Whether it has rows in control_subsidy_cuts.';
COMMENT ON COLUMN control_decisions.leniency IS 'Why nothing is sanctioned, when nothing is.';
CREATE UNIQUE INDEX control_decisions_first_key ON control_decisions (control_id) WHERE replaces_id IS NULL;
CREATE INDEX control_decisions_decided_by_idx ON control_decisions (decided_by);
CREATE INDEX control_decisions_in_order_idx ON control_decisions (control_id, decided_at);
CREATE TRIGGER control_decisions_append_only BEFORE UPDATE OR DELETE ON control_decisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE control_subsidy_cuts (
    decision_id uuid NOT NULL,
    control_id uuid NOT NULL,
    hire_id uuid NOT NULL,
    percent smallint NOT NULL CONSTRAINT control_subsidy_cuts_percent_check CHECK (percent BETWEEN 1 AND 100),
    PRIMARY KEY (decision_id, hire_id),
    CONSTRAINT control_subsidy_cuts_decision_fkey FOREIGN KEY (decision_id, control_id)
        REFERENCES control_decisions (id, control_id),
    CONSTRAINT control_subsidy_cuts_hire_fkey FOREIGN KEY (hire_id, control_id) REFERENCES control_hires (id, control_id)
);
COMMENT ON TABLE control_subsidy_cuts IS 'The share of the subsidy that a decision cuts, hire by hire, in percent.';
CREATE INDEX control_subsidy_cuts_hire_idx ON control_subsidy_cuts (hire_id);
CREATE TRIGGER control_subsidy_cuts_append_only BEFORE UPDATE OR DELETE ON control_subsidy_cuts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- §1.16: what no later decision took the place of.
CREATE VIEW company_withdrawals AS
SELECT c.company_id
     , d.control_id
     , d.id AS decision_id
     , d.withdrawn_days
FROM control_decisions d
JOIN controls c ON c.id = d.control_id
WHERE d.withdrawn_days IS NOT NULL
  AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = d.id);
COMMENT ON VIEW company_withdrawals IS 'Withdrawals of the right to prescribe to oneself, by SIAE, whatever their days: of decisions in force only (rule book 04 §1.16).';
