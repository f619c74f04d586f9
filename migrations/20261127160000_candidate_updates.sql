-- What a file said before and says since, part by part (HIS-1), who vouches for an identity (HIS-2, HIS-3), and the
-- requests to correct a NIR (CNR-1, CNR-2).

CREATE TABLE candidate_field_changes (
    id uuid PRIMARY KEY,
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    at timestamptz NOT NULL,
    user_id uuid REFERENCES users (id),
    organisation_id uuid REFERENCES organisations (id),
    field text NOT NULL CONSTRAINT candidate_field_changes_field_check CHECK (field IN (
        'title', 'first_name', 'last_name', 'birth_date', 'birth_place', 'nir', 'email', 'phone', 'address',
        'france_travail', 'education_level'
    )),
    before text,
    after text
);
COMMENT ON TABLE candidate_field_changes IS 'The history of a file (HIS-1): one row a part that changed. Its last row is the version of the file that forms carry (ADR 22).';
COMMENT ON COLUMN candidate_field_changes.user_id IS 'Who changed it; none when the service did.';
COMMENT ON COLUMN candidate_field_changes.organisation_id IS 'For which organisation; none for the person and the team.';
COMMENT ON COLUMN candidate_field_changes.before IS 'What it said, as people read it; a commune of birth by its INSEE code. Null when nothing was known.';
COMMENT ON COLUMN candidate_field_changes.after IS 'What it says since, alike.';
CREATE INDEX candidate_field_changes_candidate_idx ON candidate_field_changes (candidate_id, id DESC);

CREATE TABLE identity_certifications (
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    certifier text NOT NULL CONSTRAINT identity_certifications_certifier_check
        CHECK (certifier IN ('API_PARTICULIER', 'FT_CERTIFIED', 'FT_SEARCH')),
    certified_at timestamptz NOT NULL,
    PRIMARY KEY (candidate_id, certifier)
);
COMMENT ON TABLE identity_certifications IS 'Who vouches for the identity of a person (rule book 02 §12.1). API Particulier makes it read-only (HIS-3); what France Travail said is dropped when it changes (HIS-2).';

CREATE TABLE nir_corrections (
    id uuid PRIMARY KEY,
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    nir text NOT NULL CONSTRAINT nir_corrections_nir_check CHECK (nir ~ '^[123478][0-9]{4}([0-9]{2}|2A|2B)[0-9]{8}$'),
    rationale text NOT NULL,
    asked_by uuid NOT NULL REFERENCES users (id),
    organisation_id uuid REFERENCES organisations (id),
    asked_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by uuid REFERENCES users (id),
    is_accepted boolean,
    CONSTRAINT nir_corrections_decided_check
        CHECK ((decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (is_accepted IS NULL))
);
COMMENT ON TABLE nir_corrections IS 'Requests to the team to correct a NIR (CNR-1); deleted 182 days after they were decided (CNR-2).';
CREATE UNIQUE INDEX nir_corrections_open_key ON nir_corrections (candidate_id) WHERE decided_at IS NULL;
CREATE INDEX nir_corrections_candidate_idx ON nir_corrections (candidate_id, id DESC);
CREATE INDEX nir_corrections_decided_at_idx ON nir_corrections (decided_at);
CREATE INDEX nir_corrections_waiting_idx ON nir_corrections (asked_at, id) WHERE decided_at IS NULL;
