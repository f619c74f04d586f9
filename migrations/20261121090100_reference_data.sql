-- Reference data, loaded from reference/ and refreshed by `iae import`.

CREATE TABLE regions (
    code text PRIMARY KEY,
    name text NOT NULL
);
COMMENT ON TABLE regions IS 'Regions of France (INSEE codes).';

CREATE TABLE departments (
    code text PRIMARY KEY,
    name text NOT NULL,
    region_code text NOT NULL REFERENCES regions (code),
    neighbours text[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE departments IS 'Departements (INSEE codes), with the codes of those they touch.';

CREATE TABLE communes (
    insee_code text PRIMARY KEY,
    name text NOT NULL,
    slug text NOT NULL,
    department_code text NOT NULL REFERENCES departments (code),
    post_codes text[] NOT NULL,
    epci_code text,
    population integer,
    latitude float8,
    longitude float8,
    search text NOT NULL GENERATED ALWAYS AS (folded(name)) STORED,
    CONSTRAINT communes_slug_key UNIQUE (slug),
    -- A NaN in a GiST index makes it lose rows silently: NaN compares greater than every number.
    CONSTRAINT communes_latitude_check CHECK (latitude BETWEEN -90 AND 90),
    CONSTRAINT communes_longitude_check CHECK (longitude BETWEEN -180 AND 180),
    CONSTRAINT communes_coordinates_check CHECK ((latitude IS NULL) = (longitude IS NULL))
);
COMMENT ON TABLE communes IS 'Communes of France, arrondissements of Paris, Lyon and Marseille included.';
COMMENT ON COLUMN communes.slug IS 'name-department, as in URLs: metz-57.';
CREATE INDEX communes_search_trgm_idx ON communes USING gin (search gin_trgm_ops);
CREATE INDEX communes_post_codes_idx ON communes USING gin (post_codes);

CREATE TABLE rome_codes (
    code text PRIMARY KEY,
    label text NOT NULL
);
COMMENT ON TABLE rome_codes IS 'Codes of the ROME 4.0 referential of trades.';

CREATE TABLE rome_appellations (
    code text PRIMARY KEY,
    rome_code text NOT NULL REFERENCES rome_codes (code),
    label text NOT NULL,
    search text NOT NULL GENERATED ALWAYS AS (folded(label)) STORED
);
COMMENT ON TABLE rome_appellations IS 'Names of jobs under each ROME code.';
CREATE INDEX rome_appellations_search_trgm_idx ON rome_appellations USING gin (search gin_trgm_ops);
CREATE INDEX rome_appellations_rome_code_idx ON rome_appellations (rome_code);

CREATE TABLE eligibility_criteria (
    code text PRIMARY KEY,
    level smallint NOT NULL CONSTRAINT eligibility_criteria_level_check CHECK (level IN (1, 2)),
    rank smallint NOT NULL,
    label text NOT NULL,
    meaning text NOT NULL,
    proof text NOT NULL,
    proof_max_age_months smallint,
    certified_by text,
    help_url text,
    CONSTRAINT eligibility_criteria_level_rank_key UNIQUE (level, rank)
);
COMMENT ON TABLE eligibility_criteria IS 'The 18 administrative criteria of the IAE (order of 1 September 2021), with their proofs.';
COMMENT ON COLUMN eligibility_criteria.proof_max_age_months IS 'Oldest proof accepted, counted back from the delivery of the PASS; null when the proof does not age.';
