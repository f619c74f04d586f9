CREATE TABLE conventions (
    id uuid PRIMARY KEY,
    asp_id integer NOT NULL,
    kind text NOT NULL CONSTRAINT conventions_kind_check CHECK (kind IN ('ACI', 'AI', 'EI', 'EITI', 'ETTI')),
    siret_signature text NOT NULL CONSTRAINT conventions_siret_signature_check CHECK (siret_signature ~ '^[0-9]{14}$'),
    is_active boolean NOT NULL,
    deactivated_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT conventions_asp_id_kind_key UNIQUE (asp_id, kind)
);
COMMENT ON TABLE conventions IS 'Licence of the State: one per ASP structure and kind, shared by its antennas (CMP-8).';
COMMENT ON COLUMN conventions.deactivated_at IS 'Start of the 30 days of grace (CMP-10).';

CREATE TABLE financial_annexes (
    number text PRIMARY KEY,
    convention_id uuid NOT NULL REFERENCES conventions (id) ON DELETE CASCADE,
    state text NOT NULL CONSTRAINT financial_annexes_state_check
        CHECK (state IN ('VALIDE', 'PROVISOIRE', 'HISTORISE', 'ANNULE', 'SAISI', 'BROUILLON', 'CLOTURE', 'REJETE')),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT financial_annexes_period_check CHECK (starts_on <= ends_on)
);
COMMENT ON TABLE financial_annexes IS 'Yearly annexes that make a convention valid (CMP-9). Number: prefix, A digit, M digit (ORG-4).';
CREATE INDEX financial_annexes_convention_id_idx ON financial_annexes (convention_id);

CREATE TABLE organisations (
    id uuid PRIMARY KEY,
    family text NOT NULL CONSTRAINT organisations_family_check CHECK (family IN ('company', 'prescriber', 'institution')),
    kind text NOT NULL,
    siret text CONSTRAINT organisations_siret_check CHECK (siret ~ '^[0-9]{14}$'),
    name text NOT NULL,
    phone text,
    email text,
    website text,
    description text NOT NULL DEFAULT '',
    address_line_1 text NOT NULL DEFAULT '',
    address_line_2 text NOT NULL DEFAULT '',
    post_code text CONSTRAINT organisations_post_code_check CHECK (post_code ~ '^[0-9]{5}$'),
    city text NOT NULL DEFAULT '',
    department_code text REFERENCES departments (code),
    latitude float8,
    longitude float8,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT organisations_latitude_check CHECK (latitude BETWEEN -90 AND 90),
    CONSTRAINT organisations_longitude_check CHECK (longitude BETWEEN -180 AND 180),
    CONSTRAINT organisations_coordinates_check CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CONSTRAINT organisations_id_family_key UNIQUE (id, family),
    CONSTRAINT organisations_siret_family_kind_key UNIQUE (siret, family, kind),
    CONSTRAINT organisations_company_kind_check CHECK (family <> 'company' OR (
        siret IS NOT NULL AND kind IN ('ACI', 'AI', 'EI', 'EITI', 'ETTI', 'GEIQ', 'OPCS')
    )),
    CONSTRAINT organisations_prescriber_kind_check CHECK (family <> 'prescriber' OR kind IN (
        'AFPA', 'ASE', 'CAARUD', 'CADA', 'CAF', 'CAP_EMPLOI', 'CAVA', 'CCAS', 'CHRS', 'CHU', 'CIDFF', 'CPH', 'CSAPA',
        'DEPT', 'E2C', 'EPIDE', 'FT', 'HUDA', 'ML', 'MSA', 'OACAS', 'OCASF', 'ODC', 'OHPD', 'OIL', 'PENSION',
        'PIJ_BIJ', 'PJJ', 'PLIE', 'PREVENTION', 'RS_FJT', 'SPIP', 'OTHER'
    )),
    CONSTRAINT organisations_institution_kind_check CHECK (family <> 'institution' OR kind IN (
        'DDETS IAE', 'DDETS GEIQ', 'DDETS LOG', 'DREETS IAE', 'DREETS GEIQ', 'DRIHL', 'DGEFP IAE', 'DGEFP GEIQ',
        'DIHAL', 'RESEAU IAE', 'CONVERGENCE', 'FFGEIQ', 'OTHER'
    ))
);
COMMENT ON TABLE organisations IS 'Companies, prescriber organisations and institutions: what is common (ORG-1). (siret, kind) is unique in each family (CMP-4, PRE-3).';
CREATE INDEX organisations_department_idx ON organisations (department_code, family);

CREATE TABLE companies (
    organisation_id uuid PRIMARY KEY,
    family text NOT NULL DEFAULT 'company' CONSTRAINT companies_family_check CHECK (family = 'company'),
    brand text NOT NULL DEFAULT '',
    source text NOT NULL CONSTRAINT companies_source_check CHECK (source IN ('ASP', 'GEIQ', 'USER_CREATED', 'STAFF_CREATED')),
    convention_id uuid REFERENCES conventions (id),
    auth_email text,
    provided_support text NOT NULL DEFAULT '',
    is_searchable boolean NOT NULL DEFAULT true,
    block_applications_at timestamptz,
    spontaneous_open_since timestamptz,
    first_hours boolean NOT NULL DEFAULT false,
    weekly_hours smallint CONSTRAINT companies_weekly_hours_check CHECK (weekly_hours BETWEEN 1 AND 48),
    application_score float8 NOT NULL DEFAULT 'Infinity',
    CONSTRAINT companies_organisation_fkey FOREIGN KEY (organisation_id, family) REFERENCES organisations (id, family)
);
COMMENT ON TABLE companies IS 'Employers: SIAE, GEIQ, OPCS (rule book 01 §3).';
COMMENT ON COLUMN companies.auth_email IS 'Address of the official data, root of trust of the first sign-up; never shown (CMP-7).';
COMMENT ON COLUMN companies.block_applications_at IS 'Since when new applications are refused; null when they are taken (CMP-35).';
COMMENT ON COLUMN companies.spontaneous_open_since IS 'Since when spontaneous applications are open; null when closed (CMP-36).';
COMMENT ON COLUMN companies.first_hours IS 'Takes part in « Premières heures en chantier ».';
COMMENT ON COLUMN companies.application_score IS 'Applications of the last 3 weeks per opening; lower comes first (CMP-38). New companies: infinity.';
CREATE INDEX companies_convention_id_idx ON companies (convention_id);

CREATE TABLE prescriber_organisations (
    organisation_id uuid PRIMARY KEY,
    family text NOT NULL DEFAULT 'prescriber' CONSTRAINT prescriber_organisations_family_check CHECK (family = 'prescriber'),
    kind text NOT NULL,
    authorisation_status text NOT NULL CONSTRAINT prescriber_organisations_authorisation_status_check
        CHECK (authorisation_status IN ('NOT_SET', 'VALIDATED', 'REFUSED', 'NOT_REQUIRED')),
    authorisation_updated_at timestamptz,
    authorisation_updated_by uuid REFERENCES users (id),
    code_safir text CONSTRAINT prescriber_organisations_code_safir_check CHECK (code_safir ~ '^[0-9]{5}$'),
    is_brsa boolean NOT NULL DEFAULT false,
    CONSTRAINT prescriber_organisations_organisation_fkey FOREIGN KEY (organisation_id, family) REFERENCES organisations (id, family),
    CONSTRAINT prescriber_organisations_code_safir_key UNIQUE (code_safir),
    CONSTRAINT prescriber_organisations_safir_kind_check CHECK (code_safir IS NULL OR kind = 'FT'),
    CONSTRAINT prescriber_organisations_validated_kind_check CHECK (authorisation_status <> 'VALIDATED' OR kind <> 'OTHER'),
    CONSTRAINT prescriber_organisations_not_required_kind_check CHECK (authorisation_status <> 'NOT_REQUIRED' OR kind = 'OTHER'),
    CONSTRAINT prescriber_organisations_odc_brsa_check CHECK (NOT (authorisation_status = 'VALIDATED' AND kind = 'ODC') OR is_brsa)
);
COMMENT ON TABLE prescriber_organisations IS 'Prescripteurs habilités and orienteurs (rule book 01 §4). The kind is repeated from organisations for PRE-5.';

CREATE TABLE institutions (
    organisation_id uuid PRIMARY KEY,
    family text NOT NULL DEFAULT 'institution' CONSTRAINT institutions_family_check CHECK (family = 'institution'),
    region_code text REFERENCES regions (code),
    CONSTRAINT institutions_organisation_fkey FOREIGN KEY (organisation_id, family) REFERENCES organisations (id, family)
);
COMMENT ON TABLE institutions IS 'State services (rule book 01 §5). Their département is that of the organisation.';

CREATE TABLE memberships (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    organisation_id uuid NOT NULL REFERENCES organisations (id),
    is_admin boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    joined_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT memberships_user_organisation_key UNIQUE (user_id, organisation_id),
    CONSTRAINT memberships_admin_active_check CHECK (is_active OR NOT is_admin)
);
COMMENT ON TABLE memberships IS 'Who acts for which organisation; never deleted (MEM-1).';
CREATE INDEX memberships_organisation_idx ON memberships (organisation_id) WHERE is_active;

-- The one definition of an active company (rule book 01 §3.4), the same as iae_domain::organisations::activity.
-- active_until: null for ever expired, infinity while active, else the end of the grace period.
CREATE VIEW company_activity AS
SELECT c.organisation_id,
       CASE
           WHEN o.kind = 'GEIQ' OR (o.kind = 'OPCS' AND c.is_searchable) OR c.source = 'STAFF_CREATED' OR v.is_active
               THEN 'infinity'::timestamptz
           ELSE v.deactivated_at + interval '30 days'
       END AS active_until
FROM companies c
JOIN organisations o ON o.id = c.organisation_id
LEFT JOIN conventions v ON v.id = c.convention_id;
COMMENT ON VIEW company_activity IS 'Activity of companies: infinity when active, the end of grace, or null when expired.';

CREATE TABLE job_descriptions (
    id uuid PRIMARY KEY,
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    appellation_code text NOT NULL REFERENCES rome_appellations (code),
    custom_name text NOT NULL DEFAULT '',
    commune_code text REFERENCES communes (insee_code),
    contract_type text NOT NULL CONSTRAINT job_descriptions_contract_type_check CHECK (contract_type IN (
        'PERMANENT', 'PERMANENT_I', 'FIXED_TERM', 'FIXED_TERM_USAGE', 'FIXED_TERM_I', 'FIXED_TERM_I_PHC',
        'FIXED_TERM_I_CVG', 'FIXED_TERM_TREMPLIN', 'APPRENTICESHIP', 'PROFESSIONAL_TRAINING', 'TEMPORARY',
        'BUSINESS_CREATION', 'OTHER'
    )),
    other_contract text NOT NULL DEFAULT '',
    weekly_hours smallint CONSTRAINT job_descriptions_weekly_hours_check CHECK (weekly_hours BETWEEN 1 AND 48),
    open_positions smallint NOT NULL DEFAULT 1 CONSTRAINT job_descriptions_open_positions_check CHECK (open_positions >= 1),
    missions text NOT NULL DEFAULT '',
    profile text NOT NULL DEFAULT '',
    cv_required boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    last_employer_update_at timestamptz NOT NULL,
    CONSTRAINT job_descriptions_other_contract_check CHECK ((contract_type = 'OTHER') = (other_contract <> '')),
    CONSTRAINT job_descriptions_id_company_key UNIQUE (id, company_id)
);
COMMENT ON TABLE job_descriptions IS 'Posts of companies (fiches de poste, rule book 01 §3.8).';
COMMENT ON COLUMN job_descriptions.commune_code IS 'Where the work is done; null: at the company.';
CREATE INDEX job_descriptions_company_idx ON job_descriptions (company_id, is_active);
