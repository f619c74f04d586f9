CREATE TABLE candidates (
    id uuid PRIMARY KEY REFERENCES users (id),
    birth_date date,
    birth_commune_code text,
    birth_country_code text,
    nir text,
    nir_missing_reason text CONSTRAINT candidates_nir_missing_reason_check CHECK (nir_missing_reason IN ('NO_NIR', 'NIR_OF_SOMEONE_ELSE')),
    france_travail_id text CONSTRAINT candidates_france_travail_id_check CHECK (france_travail_id ~ '^([0-9]{7}[0-9A-Z]|[0-9]{11})$'),
    france_travail_id_missing_reason text CONSTRAINT candidates_france_travail_id_missing_reason_check
        CHECK (france_travail_id_missing_reason IN ('FORGOTTEN', 'NOT_REGISTERED')),
    education_level text,
    address_line_1 text NOT NULL DEFAULT '',
    address_line_2 text NOT NULL DEFAULT '',
    post_code text CONSTRAINT candidates_post_code_check CHECK (post_code ~ '^[0-9]{5}$'),
    city text NOT NULL DEFAULT '',
    commune_code text REFERENCES communes (insee_code),
    department_code text REFERENCES departments (code),
    created_by uuid REFERENCES users (id),
    created_by_organisation uuid REFERENCES organisations (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    last_checked_at timestamptz,
    search text NOT NULL DEFAULT '',
    CONSTRAINT candidates_nir_key UNIQUE (nir),
    CONSTRAINT candidates_nir_check CHECK (nir ~ '^[123478][0-9]{4}([0-9]{2}|2A|2B)[0-9]{8}$'),
    CONSTRAINT candidates_nir_or_reason_check CHECK (nir IS NULL OR nir_missing_reason IS NULL),
    CONSTRAINT candidates_france_travail_id_or_reason_check CHECK (france_travail_id IS NULL OR france_travail_id_missing_reason IS NULL)
);
COMMENT ON TABLE candidates IS 'The file of a person, one per account of kind job_seeker, under the same id. Names, e-mail and phone are on the account.';
COMMENT ON COLUMN candidates.search IS 'folded(last name first name) of the account, kept for duplicates and autocompletion.';
COMMENT ON COLUMN candidates.last_checked_at IS 'When someone last confirmed the profile (ACC-12).';
CREATE INDEX candidates_search_trgm_idx ON candidates USING gin (search gin_trgm_ops);
CREATE INDEX candidates_identity_idx ON candidates (birth_date, search);

CREATE TABLE candidate_relations (
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    user_id uuid NOT NULL REFERENCES users (id),
    origin text NOT NULL CONSTRAINT candidate_relations_origin_check
        CHECK (origin IN ('created', 'looked_up', 'applied', 'received', 'diagnosed', 'hired')),
    created_at timestamptz NOT NULL,
    last_action_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, candidate_id, user_id)
);
COMMENT ON TABLE candidate_relations IS 'Why a professional may open a file (D4) and who accompanies the person (ASG-1): one row per person, professional and organisation, with the last action.';
CREATE INDEX candidate_relations_candidate_idx ON candidate_relations (candidate_id, last_action_at DESC);

CREATE TABLE sharing_consents (
    id uuid PRIMARY KEY,
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    recorded_by uuid NOT NULL REFERENCES users (id),
    recorded_at timestamptz NOT NULL,
    shared text[] NOT NULL
);
COMMENT ON TABLE sharing_consents IS 'The person was informed beforehand and consents to what is shared with this company (guide, partie 2, §2.2). Never changed: a new consent is a new row.';
COMMENT ON COLUMN sharing_consents.shared IS 'What is shared: identity, contact, message, cv, diagnosis, and each topic of the situation.';
CREATE INDEX sharing_consents_candidate_idx ON sharing_consents (candidate_id);
CREATE TRIGGER sharing_consents_append_only BEFORE UPDATE OR DELETE ON sharing_consents
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE documents (
    id uuid PRIMARY KEY,
    kind text NOT NULL CONSTRAINT documents_kind_check CHECK (kind IN ('cv')),
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    storage_key text NOT NULL,
    size_bytes integer NOT NULL,
    sha256 bytea NOT NULL,
    uploaded_by uuid NOT NULL REFERENCES users (id),
    organisation_id uuid REFERENCES organisations (id),
    uploaded_at timestamptz NOT NULL,
    CONSTRAINT documents_storage_key_key UNIQUE (storage_key)
);
COMMENT ON TABLE documents IS 'Files people attach; the content is in the file store under a random key. The typed name is not kept: it may name a person.';
CREATE INDEX documents_candidate_idx ON documents (candidate_id);
