CREATE TABLE eligibility_diagnoses (
    id uuid PRIMARY KEY,
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    author_id uuid NOT NULL REFERENCES users (id),
    author_kind text NOT NULL CONSTRAINT eligibility_diagnoses_author_kind_check CHECK (author_kind IN ('prescriber', 'employer')),
    organisation_id uuid NOT NULL,
    family text NOT NULL GENERATED ALWAYS AS (CASE author_kind WHEN 'employer' THEN 'company' ELSE 'prescriber' END) STORED,
    created_at timestamptz NOT NULL,
    expires_on date NOT NULL,
    CONSTRAINT eligibility_diagnoses_id_candidate_key UNIQUE (id, candidate_id),
    CONSTRAINT eligibility_diagnoses_organisation_fkey FOREIGN KEY (organisation_id, family) REFERENCES organisations (id, family)
);
COMMENT ON TABLE eligibility_diagnoses IS 'IAE eligibility diagnoses (rule book 03 §2). The author kind fits the family of the organisation (§2.14).';
COMMENT ON COLUMN eligibility_diagnoses.expires_on IS 'First day it no longer holds.';
CREATE INDEX eligibility_diagnoses_candidate_idx ON eligibility_diagnoses (candidate_id, created_at DESC);
CREATE INDEX eligibility_diagnoses_organisation_idx ON eligibility_diagnoses (organisation_id, created_at DESC);

CREATE TABLE diagnosis_criteria (
    diagnosis_id uuid NOT NULL REFERENCES eligibility_diagnoses (id),
    criterion_code text NOT NULL REFERENCES eligibility_criteria (code),
    PRIMARY KEY (diagnosis_id, criterion_code)
);
COMMENT ON TABLE diagnosis_criteria IS 'Criteria declared in a diagnosis, each at most once.';

CREATE TABLE situation_points (
    diagnosis_id uuid NOT NULL REFERENCES eligibility_diagnoses (id),
    topic text NOT NULL,
    assessment text NOT NULL,
    note text NOT NULL DEFAULT '',
    shared boolean NOT NULL DEFAULT false,
    PRIMARY KEY (diagnosis_id, topic)
);
COMMENT ON TABLE situation_points IS 'The guide''s structured diagnosis: professional, social and administrative situation, point by point.';
COMMENT ON COLUMN situation_points.shared IS 'Whether the person agreed that SIAE receiving the application read this point.';

CREATE TABLE pass_counters (
    prefix text PRIMARY KEY,
    last_sequence integer NOT NULL CONSTRAINT pass_counters_last_sequence_check CHECK (last_sequence BETWEEN 0 AND 9999999)
);
COMMENT ON TABLE pass_counters IS 'Last PASS number given under each issuer prefix: locked while a number is given, so that there is neither double nor gap (rule book 03 §4.2).';

CREATE TABLE passes (
    id uuid PRIMARY KEY,
    number text NOT NULL CONSTRAINT passes_number_check CHECK (number ~ '^[0-9A-Z]{12}$'),
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    diagnosis_id uuid NOT NULL,
    origin_siret text NOT NULL CONSTRAINT passes_origin_siret_check CHECK (origin_siret ~ '^[0-9]{14}$'),
    origin_company_kind text NOT NULL,
    origin_sender_kind text NOT NULL,
    origin_prescriber_kind text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT passes_number_key UNIQUE (number),
    CONSTRAINT passes_period_check CHECK (starts_on < ends_on),
    CONSTRAINT passes_id_candidate_key UNIQUE (id, candidate_id),
    CONSTRAINT passes_diagnosis_fkey FOREIGN KEY (diagnosis_id, candidate_id) REFERENCES eligibility_diagnoses (id, candidate_id),
    CONSTRAINT passes_candidate_period_excl EXCLUDE USING gist (candidate_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&)
);
COMMENT ON TABLE passes IS 'PASS IAE. Two PASS of one person never overlap (rule book 03 §8, I6); the diagnosis is the holder''s own (I14).';
COMMENT ON COLUMN passes.origin_siret IS 'Frozen at issuance, as the other origin columns.';
CREATE INDEX passes_candidate_idx ON passes (candidate_id, ends_on DESC);
CREATE INDEX passes_diagnosis_idx ON passes (diagnosis_id);
