-- Imports of official files, what the weekly flow of the paying agency changes (rule book 01, CMP-5, CMP-12 to CMP-15).

CREATE TABLE imports (
    id uuid PRIMARY KEY,
    kind text NOT NULL CONSTRAINT imports_kind_check CHECK (kind IN (
        'structures', 'prescribers', 'institutions', 'communes', 'rome', 'zrr'
    )),
    outcome text NOT NULL CONSTRAINT imports_outcome_check CHECK (outcome IN ('done', 'held_back', 'refused')),
    imported_by uuid CONSTRAINT imports_imported_by_fkey REFERENCES users (id),
    imported_at timestamptz NOT NULL,
    as_of date NOT NULL,
    files jsonb NOT NULL CONSTRAINT imports_files_check CHECK (jsonb_typeof(files) = 'array'),
    counts jsonb NOT NULL CONSTRAINT imports_counts_check CHECK (jsonb_typeof(counts) = 'array'),
    remarks integer NOT NULL CONSTRAINT imports_remarks_check CHECK (remarks >= 0)
);
COMMENT ON TABLE imports IS 'Every import that was run, the trials left out: its files, what was counted, what became of it.';
COMMENT ON COLUMN imports.imported_by IS 'The member of the team in whose name; null for the operator of the platform.';
COMMENT ON COLUMN imports.as_of IS 'The day annexes were compared with.';
COMMENT ON COLUMN imports.files IS 'Name, SHA-256 and number of rows of each file.';
COMMENT ON COLUMN imports.counts IS 'What was counted, as pairs of a code and a number.';
COMMENT ON COLUMN imports.remarks IS 'How many lines were rejected or left as they were, those that are not kept included.';
CREATE INDEX imports_imported_at_idx ON imports (imported_at DESC, id DESC);
CREATE INDEX imports_imported_by_idx ON imports (imported_by) WHERE imported_by IS NOT NULL;

CREATE TABLE import_remarks (
    import_id uuid NOT NULL CONSTRAINT import_remarks_import_id_fkey REFERENCES imports (id) ON DELETE CASCADE,
    rank integer NOT NULL,
    file text NOT NULL DEFAULT '',
    line bigint,
    says text NOT NULL,
    PRIMARY KEY (import_id, rank)
);
COMMENT ON TABLE import_remarks IS 'Lines of an import that were rejected, and what it left as it was, with why: the first two thousand.';
COMMENT ON COLUMN import_remarks.file IS 'Name of the file; empty for what no line says.';

CREATE TABLE siret_changes (
    organisation_id uuid NOT NULL CONSTRAINT siret_changes_organisation_id_fkey REFERENCES organisations (id) ON DELETE CASCADE,
    changed_at timestamptz NOT NULL,
    before text NOT NULL CONSTRAINT siret_changes_before_check CHECK (before ~ '^[0-9]{14}$'),
    after text NOT NULL CONSTRAINT siret_changes_after_check CHECK (after ~ '^[0-9]{14}$'),
    PRIMARY KEY (organisation_id, changed_at),
    CONSTRAINT siret_changes_differ_check CHECK (before <> after)
);
COMMENT ON TABLE siret_changes IS 'SIRET that organisations had, and what took their place (CMP-5).';
CREATE INDEX siret_changes_before_idx ON siret_changes (before);

ALTER TABLE companies ADD COLUMN hidden_at timestamptz;
COMMENT ON COLUMN companies.hidden_at IS 'Since when the weekly flow keeps it from being found (CMP-15): it is found again once its convention is in force.';
