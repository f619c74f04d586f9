-- The control of auto-prescriptions by the DDETS (rule book 04 §1). No state is stored while a campaign is open: it is computed
-- from the criteria, their proofs and what was decided of them.

ALTER TABLE diagnosis_criteria
    ADD COLUMN certified_at timestamptz,
    ADD COLUMN certified_days daterange,
    ADD CONSTRAINT diagnosis_criteria_certified_check CHECK (certified_days IS NULL OR certified_at IS NOT NULL);
COMMENT ON COLUMN diagnosis_criteria.certified_at IS 'When the State answered about this criterion (rule book 03 §2.12).';
COMMENT ON COLUMN diagnosis_criteria.certified_days IS 'Days it certified, none when it certified nothing.';

CREATE TABLE control_calendars (
    id uuid PRIMARY KEY,
    name text NOT NULL CONSTRAINT control_calendars_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    launch_on date NOT NULL,
    adversarial_from date NOT NULL,
    CONSTRAINT control_calendars_name_key UNIQUE (name),
    CONSTRAINT control_calendars_order_check CHECK (launch_on < adversarial_from)
);
COMMENT ON TABLE control_calendars IS 'Days that the campaigns created together share; the others follow from these (rule book 04 §1.7).';
COMMENT ON COLUMN control_calendars.launch_on IS 'Day the SIAE are to be drawn: the amicable phase begins.';
COMMENT ON COLUMN control_calendars.adversarial_from IS 'First day of the contradictory phase.';

CREATE TABLE control_campaigns (
    id uuid PRIMARY KEY,
    institution_id uuid NOT NULL REFERENCES institutions (organisation_id),
    calendar_id uuid NOT NULL REFERENCES control_calendars (id),
    name text NOT NULL CONSTRAINT control_campaigns_name_check CHECK (char_length(name) BETWEEN 1 AND 100),
    hired_from date NOT NULL,
    hired_to date NOT NULL,
    ratio smallint NOT NULL DEFAULT 30 CONSTRAINT control_campaigns_ratio_check CHECK (ratio BETWEEN 20 AND 40),
    created_at timestamptz NOT NULL,
    ratio_set_at timestamptz,
    list_frozen_at timestamptz,
    list_digest bytea,
    value_name text,
    value text,
    launched_at timestamptz,
    adversarial_at timestamptz,
    submissions_frozen_at timestamptz,
    freeze_notified_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT control_campaigns_period_check CHECK (hired_from < hired_to),
    CONSTRAINT control_campaigns_list_check CHECK (num_nonnulls(list_frozen_at, list_digest, value_name) IN (0, 3)),
    CONSTRAINT control_campaigns_digest_check CHECK (octet_length(list_digest) = 32),
    CONSTRAINT control_campaigns_value_check CHECK (
        char_length(value_name) BETWEEN 1 AND 200 AND char_length(value) BETWEEN 1 AND 200
    ),
    CONSTRAINT control_campaigns_draw_check CHECK ((value IS NOT NULL) = (launched_at IS NOT NULL)),
    -- What does not come before its time is no unknown, which a check would let through.
    CONSTRAINT control_campaigns_order_check CHECK (
        (launched_at IS NULL OR coalesce(list_frozen_at <= launched_at, false) AND ratio_set_at IS NOT NULL)
        AND (adversarial_at IS NULL OR coalesce(launched_at <= adversarial_at, false))
        AND (ended_at IS NULL OR coalesce(adversarial_at <= ended_at, false))
        AND (submissions_frozen_at IS NULL OR coalesce(launched_at <= submissions_frozen_at, false))
        AND (freeze_notified_at IS NULL OR coalesce(submissions_frozen_at <= freeze_notified_at, false))
    )
);
COMMENT ON TABLE control_campaigns IS 'Campaigns of control, one a DDETS and a period (rule book 04 §1.3). Overlaps are refused unless the team confirms (EXT 1).';
COMMENT ON COLUMN control_campaigns.hired_from IS 'First day of the contracts that are controlled.';
COMMENT ON COLUMN control_campaigns.hired_to IS 'Last day of the contracts that are controlled.';
COMMENT ON COLUMN control_campaigns.ratio IS 'Share of the SIAE that is drawn, in percent.';
COMMENT ON COLUMN control_campaigns.ratio_set_at IS 'When the DDETS chose it, once; or when the launch settled it.';
COMMENT ON COLUMN control_campaigns.list_digest IS 'SHA-256 of the frozen list, published before the value exists (docs/control-draw.md).';
COMMENT ON COLUMN control_campaigns.value_name IS 'The public value to come that makes the draw.';
COMMENT ON COLUMN control_campaigns.value IS 'That value, once known.';
COMMENT ON COLUMN control_campaigns.launched_at IS 'When the SIAE were drawn: the amicable phase begins.';
COMMENT ON COLUMN control_campaigns.adversarial_at IS 'When the contradictory phase was begun.';
COMMENT ON COLUMN control_campaigns.submissions_frozen_at IS 'Since when nobody submits any more in the phase that runs; null again in the next one.';
COMMENT ON COLUMN control_campaigns.freeze_notified_at IS 'When the DDETS was last told that submissions are frozen and proofs wait; null again in the next phase.';
CREATE INDEX control_campaigns_institution_idx ON control_campaigns (institution_id, hired_to DESC, id DESC);
CREATE INDEX control_campaigns_calendar_idx ON control_campaigns (calendar_id);
CREATE INDEX control_campaigns_open_idx ON control_campaigns (created_at) WHERE ended_at IS NULL;

-- What is frozen or decided by the draw is never changed (docs/control-draw.md).
CREATE FUNCTION control_campaigns_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (old.list_digest, old.value_name) IS DISTINCT FROM (new.list_digest, new.value_name) AND old.list_digest IS NOT NULL
        OR old.value IS NOT NULL AND old.value IS DISTINCT FROM new.value
        OR old.ratio <> new.ratio AND old.ratio_set_at IS NOT NULL THEN
        RAISE EXCEPTION 'control campaign %: the list, the value and the ratio are settled', old.id;
    END IF;
    RETURN new;
END
$$;
CREATE TRIGGER control_campaigns_settled BEFORE UPDATE ON control_campaigns
    FOR EACH ROW EXECUTE FUNCTION control_campaigns_settled();

CREATE TABLE control_list_lines (
    campaign_id uuid NOT NULL REFERENCES control_campaigns (id),
    application_id uuid NOT NULL REFERENCES applications (id),
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    starts_on date NOT NULL,
    pass_number text NOT NULL,
    criteria text[] NOT NULL,
    certified text[] NOT NULL CONSTRAINT control_list_lines_certified_check CHECK (certified <@ criteria),
    PRIMARY KEY (campaign_id, application_id)
);
COMMENT ON TABLE control_list_lines IS 'The frozen list of a campaign: each hire that can be drawn, as it was that day. What is hashed of it names nobody (docs/control-draw.md).';
COMMENT ON COLUMN control_list_lines.criteria IS 'Codes of the criteria its diagnosis declares.';
COMMENT ON COLUMN control_list_lines.certified IS 'Those of them that the State certified for the first day of the contract.';
CREATE INDEX control_list_lines_candidate_idx ON control_list_lines (candidate_id);
CREATE INDEX control_list_lines_company_idx ON control_list_lines (company_id, campaign_id);
CREATE INDEX control_list_lines_application_idx ON control_list_lines (application_id);
CREATE TRIGGER control_list_lines_append_only BEFORE UPDATE OR DELETE ON control_list_lines
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Rule book 04 §1.5. An SIAE is controlled when it made two of them at least.
CREATE FUNCTION hires_to_control(ddets uuid, hired_from date, hired_to date, pass_prefix text)
RETURNS TABLE (
    application_id uuid, company_id uuid, candidate_id uuid, starts_on date, pass_number text, criteria text[], certified text[]
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT hire.id
         , hire.company_id
         , hire.candidate_id
         , hire.hiring_starts_on
         , hire.number
         , declared.criteria
         , declared.certified
    FROM (
        SELECT a.*, p.number, count(*) OVER (PARTITION BY a.company_id) AS of_company
        FROM organisations institution
        JOIN organisations o ON o.department_code = institution.department_code AND o.kind IN ('AI', 'EI', 'ACI', 'ETTI')
        JOIN applications a ON a.company_id = o.id AND a.self_prescribed
        JOIN eligibility_diagnoses d ON d.id = a.diagnosis_id AND d.organisation_id = a.company_id
        JOIN passes p ON p.id = a.pass_id AND p.starts_on = a.hiring_starts_on AND starts_with(p.number, pass_prefix)
        WHERE institution.id = ddets AND a.hiring_starts_on BETWEEN hired_from AND hired_to
    ) AS hire
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(dc.criterion_code ORDER BY e.level, e.rank), '{}') AS criteria
             , coalesce(array_agg(dc.criterion_code ORDER BY e.level, e.rank)
                   FILTER (WHERE dc.certified_days @> hire.hiring_starts_on), '{}') AS certified
        FROM diagnosis_criteria dc
        JOIN eligibility_criteria e ON e.code = dc.criterion_code
        WHERE dc.diagnosis_id = hire.diagnosis_id
    ) AS declared
    WHERE hire.of_company >= 2
$$;
COMMENT ON FUNCTION hires_to_control(uuid, date, date, text) IS 'Hires that a DDETS may draw: accepted by an SIAE of its département on its own diagnosis, which made a PASS that starts with the contract, of SIAE that made two at least (rule book 04 §1.5).';

CREATE TABLE controls (
    id uuid PRIMARY KEY,
    campaign_id uuid NOT NULL REFERENCES control_campaigns (id),
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    reviewed_at timestamptz,
    final_reviewed_at timestamptz,
    frozen_at timestamptz,
    reminded_at timestamptz,
    notified_at timestamptz,
    final_state text CONSTRAINT controls_final_state_check CHECK (final_state IN ('accepted', 'refused')),
    archived_hires smallint CONSTRAINT controls_archived_hires_check CHECK (archived_hires >= 0),
    CONSTRAINT controls_company_key UNIQUE (campaign_id, company_id),
    CONSTRAINT controls_reviewed_check CHECK (final_reviewed_at IS NULL OR coalesce(reviewed_at <= final_reviewed_at, false))
);
COMMENT ON TABLE controls IS 'The control of one drawn SIAE in a campaign (rule book 04 §1.2).';
COMMENT ON COLUMN controls.reviewed_at IS 'When the result of the amicable phase was validated.';
COMMENT ON COLUMN controls.final_reviewed_at IS 'When the result was validated for good.';
COMMENT ON COLUMN controls.frozen_at IS 'Since when the SIAE may not submit: it did, or the team froze submissions.';
COMMENT ON COLUMN controls.reminded_at IS 'When its SIAE was last reminded (§1.18).';
COMMENT ON COLUMN controls.notified_at IS 'When a decision on its negative result was first notified.';
COMMENT ON COLUMN controls.final_state IS 'The result, kept when the campaign ended.';
COMMENT ON COLUMN controls.archived_hires IS 'How many hires were controlled, once they are deleted (§1.20).';
CREATE INDEX controls_company_idx ON controls (company_id, campaign_id);

CREATE TABLE control_hires (
    id uuid PRIMARY KEY,
    control_id uuid NOT NULL REFERENCES controls (id),
    application_id uuid NOT NULL REFERENCES applications (id),
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    rank smallint NOT NULL CONSTRAINT control_hires_rank_check CHECK (rank > 0),
    pass_number text NOT NULL,
    starts_on date NOT NULL,
    criteria text[] NOT NULL,
    comment text NOT NULL DEFAULT '' CONSTRAINT control_hires_comment_check CHECK (char_length(comment) <= 2000),
    CONSTRAINT control_hires_application_key UNIQUE (control_id, application_id),
    CONSTRAINT control_hires_rank_key UNIQUE (control_id, rank),
    CONSTRAINT control_hires_candidate_key UNIQUE (id, candidate_id)
);
COMMENT ON TABLE control_hires IS 'The drawn hires of a controlled SIAE. What was declared is copied: a hire cancelled after the draw stays controlled.';
COMMENT ON COLUMN control_hires.rank IS 'Its place among those of its SIAE: « auto-prescription 2 ».';
COMMENT ON COLUMN control_hires.criteria IS 'Codes of the criteria its diagnosis declares, as at the draw.';
COMMENT ON COLUMN control_hires.comment IS 'What the DDETS says to the SIAE of a hire that it refuses.';
CREATE INDEX control_hires_application_idx ON control_hires (application_id);
CREATE INDEX control_hires_candidate_idx ON control_hires (candidate_id);

CREATE TABLE control_criteria (
    id uuid PRIMARY KEY,
    hire_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    criterion_code text NOT NULL REFERENCES eligibility_criteria (code),
    is_certified boolean NOT NULL DEFAULT false,
    uploaded_at timestamptz,
    submitted_at timestamptz,
    review text NOT NULL DEFAULT 'pending' CONSTRAINT control_criteria_review_check CHECK (review IN (
        'pending', 'accepted', 'refused', 'refused_twice'
    )),
    reviewed_by uuid REFERENCES users (id),
    reviewed_at timestamptz,
    CONSTRAINT control_criteria_hire_fkey FOREIGN KEY (hire_id, candidate_id) REFERENCES control_hires (id, candidate_id),
    CONSTRAINT control_criteria_criterion_key UNIQUE (hire_id, criterion_code),
    CONSTRAINT control_criteria_candidate_key UNIQUE (id, candidate_id),
    CONSTRAINT control_criteria_submitted_check CHECK (submitted_at IS NULL OR coalesce(uploaded_at <= submitted_at, false)),
    CONSTRAINT control_criteria_decided_check CHECK (review = 'pending' OR submitted_at IS NOT NULL),
    CONSTRAINT control_criteria_reviewed_check CHECK (
        num_nonnulls(reviewed_by, reviewed_at) = CASE WHEN review = 'pending' OR is_certified THEN 0 ELSE 2 END
    ),
    CONSTRAINT control_criteria_certified_check CHECK (NOT is_certified OR review = 'accepted')
);
COMMENT ON TABLE control_criteria IS 'Criteria an SIAE defends for a drawn hire, with a proof each but for those the State certified.';
COMMENT ON COLUMN control_criteria.uploaded_at IS 'When the proof it has was given.';
COMMENT ON COLUMN control_criteria.submitted_at IS 'When that proof was submitted to the DDETS; null again once it is replaced.';
COMMENT ON COLUMN control_criteria.reviewed_by IS 'The agent who decided of it last.';
CREATE INDEX control_criteria_reviewed_by_idx ON control_criteria (reviewed_by);

-- Validated in the next file.
ALTER TABLE documents
    ADD COLUMN control_criterion_id uuid,
    DROP CONSTRAINT documents_kind_check,
    ADD CONSTRAINT documents_kind_check CHECK (kind IN ('cv', 'prolongation_report', 'proof')) NOT VALID,
    DROP CONSTRAINT documents_owner_check,
    ADD CONSTRAINT documents_owner_check
        CHECK (num_nonnulls(draft_id, application_id, prolongation_report_id, control_criterion_id) = 1) NOT VALID,
    ADD CONSTRAINT documents_proof_check CHECK ((kind = 'proof') = (control_criterion_id IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT documents_control_criterion_fkey FOREIGN KEY (control_criterion_id, candidate_id)
        REFERENCES control_criteria (id, candidate_id) NOT VALID;
COMMENT ON COLUMN documents.control_criterion_id IS 'Its owner, when it is the proof of a criterion that is controlled.';

ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'prolongations', 'candidates', 'self_prescriptions', 'self_prescribers',
    'control_campaigns', 'controls', 'access_log', 'audit_trail', 'emails', 'jobs'
));
