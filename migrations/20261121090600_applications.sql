CREATE TABLE applications (
    id uuid PRIMARY KEY,
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    sender_id uuid REFERENCES users (id),
    sender_kind text NOT NULL CONSTRAINT applications_sender_kind_check CHECK (sender_kind IN ('job_seeker', 'prescriber', 'employer')),
    sender_organisation_id uuid,
    sender_family text GENERATED ALWAYS AS (CASE sender_kind WHEN 'prescriber' THEN 'prescriber' WHEN 'employer' THEN 'company' END) STORED,
    state text NOT NULL CONSTRAINT applications_state_check CHECK (state IN (
        'new', 'processing', 'postponed', 'pool', 'prior_to_hire', 'accepted', 'refused', 'cancelled', 'obsolete'
    )),
    submitted_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    processed_at timestamptz,
    message text NOT NULL DEFAULT '',
    answer text NOT NULL DEFAULT '',
    answer_to_prescriber text NOT NULL DEFAULT '',
    refusal_reason text CONSTRAINT applications_refusal_reason_check CHECK (refusal_reason IN (
        'did_not_come', 'did_not_come_to_interview', 'hired_elsewhere', 'training', 'non_eligible', 'not_mobile',
        'not_interested', 'lacking_skills', 'incompatible', 'prevent_objectives', 'no_position', 'duplicate', 'other',
        'auto', 'approval_expiration_too_close', 'unavailable', 'eligibility_doubt', 'deactivation', 'poorly_informed'
    )),
    refusal_reason_shared boolean NOT NULL DEFAULT false,
    hiring_starts_on date,
    hiring_ends_on date,
    hired_job_id uuid,
    cv_id uuid REFERENCES documents (id),
    consent_id uuid REFERENCES sharing_consents (id),
    diagnosis_id uuid,
    pass_id uuid,
    pass_delivery text CONSTRAINT applications_pass_delivery_check CHECK (pass_delivery IN ('automatic', 'manual')),
    CONSTRAINT applications_cv_key UNIQUE (cv_id),
    CONSTRAINT applications_candidate_sender_check CHECK (sender_kind <> 'job_seeker' OR (sender_id = candidate_id AND sender_organisation_id IS NULL)),
    CONSTRAINT applications_professional_sender_check CHECK (sender_kind = 'job_seeker' OR sender_organisation_id IS NOT NULL),
    CONSTRAINT applications_processed_at_check CHECK ((processed_at IS NOT NULL) = (state IN ('accepted', 'refused', 'cancelled', 'obsolete'))),
    CONSTRAINT applications_accepted_only_check CHECK (
        state = 'accepted' OR (diagnosis_id IS NULL AND pass_id IS NULL AND pass_delivery IS NULL)
    ),
    CONSTRAINT applications_accepted_start_check CHECK (state <> 'accepted' OR hiring_starts_on IS NOT NULL),
    CONSTRAINT applications_hiring_period_check CHECK (hiring_ends_on IS NULL OR hiring_starts_on <= hiring_ends_on),
    CONSTRAINT applications_pass_delivery_pass_check CHECK ((pass_id IS NOT NULL) = (pass_delivery IS NOT DISTINCT FROM 'automatic')),
    CONSTRAINT applications_refusal_check CHECK ((state = 'refused') = (refusal_reason IS NOT NULL)),
    CONSTRAINT applications_sender_organisation_fkey FOREIGN KEY (sender_organisation_id, sender_family) REFERENCES organisations (id, family),
    CONSTRAINT applications_pass_fkey FOREIGN KEY (pass_id, candidate_id) REFERENCES passes (id, candidate_id),
    CONSTRAINT applications_diagnosis_fkey FOREIGN KEY (diagnosis_id, candidate_id) REFERENCES eligibility_diagnoses (id, candidate_id),
    CONSTRAINT applications_hired_job_fkey FOREIGN KEY (hired_job_id, company_id) REFERENCES job_descriptions (id, company_id)
);
COMMENT ON TABLE applications IS 'Applications (rule book 02 §2). Constraints MOD-1, MOD-2, MOD-4, MOD-6, MOD-10 and I14 are below.';
COMMENT ON COLUMN applications.answer IS 'Message to the candidate, copied to the sender.';
COMMENT ON COLUMN applications.answer_to_prescriber IS 'Private message, never shown to the candidate.';
CREATE INDEX applications_received_idx ON applications (company_id, submitted_at DESC, id DESC);
CREATE INDEX applications_received_state_idx ON applications (company_id, state, submitted_at DESC, id DESC);
CREATE INDEX applications_sent_idx ON applications (sender_organisation_id, submitted_at DESC, id DESC);
CREATE INDEX applications_candidate_idx ON applications (candidate_id, submitted_at DESC, id DESC);
CREATE INDEX applications_pass_idx ON applications (pass_id) WHERE pass_id IS NOT NULL;
CREATE INDEX applications_diagnosis_idx ON applications (diagnosis_id) WHERE diagnosis_id IS NOT NULL;

CREATE TABLE application_jobs (
    application_id uuid NOT NULL REFERENCES applications (id),
    job_description_id uuid NOT NULL REFERENCES job_descriptions (id),
    PRIMARY KEY (application_id, job_description_id)
);
COMMENT ON TABLE application_jobs IS 'Posts an application is for; none is a spontaneous application.';
CREATE INDEX application_jobs_job_idx ON application_jobs (job_description_id);

CREATE TABLE application_transitions (
    application_id uuid NOT NULL REFERENCES applications (id),
    at timestamptz NOT NULL,
    from_state text,
    to_state text NOT NULL,
    user_id uuid REFERENCES users (id),
    id uuid PRIMARY KEY
);
COMMENT ON TABLE application_transitions IS 'History of an application (WF-6); from_state is null at submission, user_id for the system.';
CREATE INDEX application_transitions_application_idx ON application_transitions (application_id, at);
CREATE TRIGGER application_transitions_append_only BEFORE UPDATE OR DELETE ON application_transitions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE application_drafts (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    organisation_id uuid REFERENCES organisations (id),
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    candidate_id uuid REFERENCES candidates (id),
    job_ids uuid[] NOT NULL DEFAULT '{}',
    data jsonb NOT NULL DEFAULT '{}',
    cv_id uuid REFERENCES documents (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    submitted_at timestamptz
);
COMMENT ON TABLE application_drafts IS 'Applications being written, step by step, resumable. A draft belongs to its author in one organisation (SUB-9, SUB-12); its id becomes the id of the application, so that a double submit is one.';
CREATE INDEX application_drafts_user_idx ON application_drafts (user_id, updated_at DESC) WHERE submitted_at IS NULL;
