-- What the home page counts, kept by a task of the worker (ADR 42): three counts that grow with the directory were made at
-- each visit of the page that is asked for most.
CREATE TABLE home_figures (
    is_only boolean PRIMARY KEY DEFAULT true CONSTRAINT home_figures_is_only_check CHECK (is_only),
    employers bigint NOT NULL,
    open_positions bigint NOT NULL,
    departments bigint NOT NULL,
    counted_at timestamptz NOT NULL
);
COMMENT ON TABLE home_figures IS 'What the home page counts, as it was last counted. One row.';
COMMENT ON COLUMN home_figures.is_only IS 'True: there is no second row.';
COMMENT ON COLUMN home_figures.employers IS 'Employers anyone may find.';
COMMENT ON COLUMN home_figures.open_positions IS 'People their open posts look for.';
COMMENT ON COLUMN home_figures.departments IS 'Départements where these employers are.';

INSERT INTO home_figures (employers, open_positions, departments, counted_at)
SELECT count(*)
     , (SELECT coalesce(sum(open_positions), 0) FROM directory_jobs)
     , count(DISTINCT department_code)
     , now()
FROM directory_employers;
