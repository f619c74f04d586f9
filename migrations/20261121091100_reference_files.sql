CREATE TABLE reference_files (
    name text PRIMARY KEY,
    sha256 bytea NOT NULL,
    loaded_at timestamptz NOT NULL
);
COMMENT ON TABLE reference_files IS 'Files of reference/ as they were last loaded: the same file is not loaded twice, so that what an operator imported since stays.';
