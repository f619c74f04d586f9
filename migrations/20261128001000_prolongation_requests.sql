-- Requests to prolong a PASS, what was answered, and what a prolongation keeps of them (rule book 03 §6; D8, D9, D12).

CREATE TABLE prolongation_requests (
    id uuid PRIMARY KEY,
    pass_id uuid NOT NULL REFERENCES passes (id) ON DELETE CASCADE,
    reason text NOT NULL CONSTRAINT prolongation_requests_reason_check CHECK (reason IN (
        'rqth', 'age_50', 'particular_difficulties'
    )),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    company_id uuid NOT NULL REFERENCES organisations (id),
    declared_by uuid NOT NULL REFERENCES users (id),
    condition_declared boolean NOT NULL,
    review_done text NOT NULL,
    review_obstacles text NOT NULL,
    review_planned text NOT NULL,
    wants_interview boolean NOT NULL,
    contact_email text,
    contact_phone text,
    prescriber_organisation_id uuid NOT NULL REFERENCES organisations (id),
    assignee_id uuid NOT NULL REFERENCES users (id),
    state text NOT NULL CONSTRAINT prolongation_requests_state_check CHECK (state IN ('pending', 'granted', 'denied')),
    created_at timestamptz NOT NULL,
    reminded_at timestamptz,
    processed_by uuid REFERENCES users (id),
    processed_at timestamptz,
    CONSTRAINT prolongation_requests_period_check CHECK (starts_on < ends_on),
    CONSTRAINT prolongation_requests_review_check CHECK (
        char_length(review_done) BETWEEN 1 AND 2000
        AND char_length(review_obstacles) BETWEEN 1 AND 2000
        AND char_length(review_planned) BETWEEN 1 AND 2000
    ),
    CONSTRAINT prolongation_requests_interview_check CHECK (
        num_nonnulls(contact_email, contact_phone) = CASE WHEN wants_interview THEN 2 ELSE 0 END
        AND contact_email <> '' AND contact_phone <> ''
    ),
    CONSTRAINT prolongation_requests_processed_check CHECK (
        num_nonnulls(processed_by, processed_at) = CASE WHEN state = 'pending' THEN 0 ELSE 2 END
    )
);
COMMENT ON TABLE prolongation_requests IS 'Prolongations asked of a prescripteur habilité (rule book 03 §6.6). The PASS does not change until one is granted.';
COMMENT ON COLUMN prolongation_requests.starts_on IS 'The end of the PASS when it was asked.';
COMMENT ON COLUMN prolongation_requests.condition_declared IS 'The SIAE declared what the reason asks for and nothing recorded proves: the age, the RQTH (D12).';
COMMENT ON COLUMN prolongation_requests.review_done IS 'Review of the pathway (D8): what was done.';
COMMENT ON COLUMN prolongation_requests.review_obstacles IS 'Review of the pathway (D8): the obstacles left.';
COMMENT ON COLUMN prolongation_requests.review_planned IS 'Review of the pathway (D8): the actions planned.';
COMMENT ON COLUMN prolongation_requests.assignee_id IS 'The prescriber it is addressed to, or the colleague it was handed over to; any member of the organisation may answer.';
COMMENT ON COLUMN prolongation_requests.reminded_at IS 'When it was last reminded (rule book 03 §6.7).';
CREATE UNIQUE INDEX prolongation_requests_pending_key ON prolongation_requests (pass_id) WHERE state = 'pending';
CREATE INDEX prolongation_requests_pass_idx ON prolongation_requests (pass_id);
CREATE INDEX prolongation_requests_organisation_idx ON prolongation_requests (prescriber_organisation_id, created_at DESC, id DESC);
CREATE INDEX prolongation_requests_to_remind_idx ON prolongation_requests (created_at) WHERE state = 'pending';
CREATE INDEX prolongation_requests_company_idx ON prolongation_requests (company_id);
CREATE INDEX prolongation_requests_declared_by_idx ON prolongation_requests (declared_by);
CREATE INDEX prolongation_requests_assignee_idx ON prolongation_requests (assignee_id);
CREATE INDEX prolongation_requests_processed_by_idx ON prolongation_requests (processed_by);

CREATE TABLE prolongation_denials (
    request_id uuid PRIMARY KEY REFERENCES prolongation_requests (id) ON DELETE CASCADE,
    reason text NOT NULL CONSTRAINT prolongation_denials_reason_check CHECK (reason IN (
        'iae', 'siae', 'duration', 'reason'
    )),
    explanation text NOT NULL,
    actions text[] CONSTRAINT prolongation_denials_actions_check CHECK (actions <@ ARRAY['social_partner', 'job_search', 'other']),
    details text,
    CONSTRAINT prolongation_denials_length_check CHECK (
        char_length(explanation) BETWEEN 1 AND 2000 AND char_length(details) BETWEEN 1 AND 2000
    ),
    CONSTRAINT prolongation_denials_actions_given_check CHECK (
        cardinality(actions) > 0 AND num_nonnulls(actions, details) = CASE WHEN reason = 'iae' THEN 2 ELSE 0 END
    )
);
COMMENT ON TABLE prolongation_denials IS 'Why a request was refused, and what is proposed instead (rule book 03 §6.6).';
COMMENT ON COLUMN prolongation_denials.actions IS 'What is proposed when the IAE is no longer what the person needs; null for the other reasons, never empty.';

ALTER TABLE prolongations
    ADD COLUMN request_id uuid REFERENCES prolongation_requests (id),
    ADD COLUMN validated_by uuid REFERENCES users (id),
    ADD COLUMN prescriber_organisation_id uuid REFERENCES organisations (id),
    ADD COLUMN condition_declared boolean NOT NULL DEFAULT false;
ALTER TABLE prolongations
    ADD CONSTRAINT prolongations_request_key UNIQUE (request_id),
    ADD CONSTRAINT prolongations_granted_check CHECK (num_nonnulls(request_id, validated_by, prescriber_organisation_id) IN (0, 3));
COMMENT ON COLUMN prolongations.request_id IS 'The request that was granted; none for a CDI and a training, which are declared.';
COMMENT ON COLUMN prolongations.condition_declared IS 'As in prolongation_requests.';
CREATE INDEX prolongations_validated_by_idx ON prolongations (validated_by);
CREATE INDEX prolongations_prescriber_organisation_idx ON prolongations (prescriber_organisation_id);

ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'prolongations', 'candidates', 'self_prescriptions', 'self_prescribers',
    'access_log', 'audit_trail', 'emails', 'jobs'
));
