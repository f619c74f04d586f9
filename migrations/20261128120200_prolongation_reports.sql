-- The report of a pathway that goes with a request to prolong a PASS (rule book 03 §6.3, X3; D8).

CREATE TABLE prolongation_reports (
    id uuid PRIMARY KEY,
    pass_id uuid NOT NULL,
    candidate_id uuid NOT NULL,
    company_id uuid NOT NULL REFERENCES organisations (id),
    created_at timestamptz NOT NULL,
    CONSTRAINT prolongation_reports_pass_fkey FOREIGN KEY (pass_id, candidate_id)
        REFERENCES passes (id, candidate_id) ON DELETE CASCADE,
    CONSTRAINT prolongation_reports_candidate_key UNIQUE (id, candidate_id)
);
COMMENT ON TABLE prolongation_reports IS
    'What owns the file given with a form of prolongation, from its first page on. One no request follows goes after a day.';
COMMENT ON COLUMN prolongation_reports.id IS 'The id of the form, which the request takes: prolongation_requests.id.';
CREATE INDEX prolongation_reports_pass_idx ON prolongation_reports (pass_id);
CREATE INDEX prolongation_reports_company_idx ON prolongation_reports (company_id);
CREATE INDEX prolongation_reports_created_idx ON prolongation_reports (created_at);

-- Validated in 20261128140400.
ALTER TABLE documents
    ADD COLUMN prolongation_report_id uuid,
    DROP CONSTRAINT documents_kind_check,
    ADD CONSTRAINT documents_kind_check CHECK (kind IN ('cv', 'prolongation_report')) NOT VALID,
    DROP CONSTRAINT documents_owner_check,
    ADD CONSTRAINT documents_owner_check CHECK (num_nonnulls(draft_id, application_id, prolongation_report_id) = 1) NOT VALID,
    ADD CONSTRAINT documents_prolongation_report_check CHECK (
        (kind = 'prolongation_report') = (prolongation_report_id IS NOT NULL)
    ) NOT VALID,
    ADD CONSTRAINT documents_prolongation_report_fkey FOREIGN KEY (prolongation_report_id, candidate_id)
        REFERENCES prolongation_reports (id, candidate_id) ON DELETE CASCADE NOT VALID;
COMMENT ON COLUMN documents.prolongation_report_id IS
    'Its owner, when it is the report of a request to prolong a PASS: it goes with the PASS.';

-- The id of a form comes with it, so that it says nothing alone of whose it is.
CREATE FUNCTION has_report(form uuid, pass uuid, company uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT
    FROM prolongation_reports r
    JOIN documents d ON d.prolongation_report_id = r.id
    WHERE r.id = form AND r.pass_id = pass AND r.company_id = company
);
COMMENT ON FUNCTION has_report(uuid, uuid, uuid) IS 'Whether a file was given with this form, for this PASS, by this SIAE.';

CREATE FUNCTION is_followed(report prolongation_reports) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT
    FROM prolongation_requests q
    WHERE q.id = report.id AND q.pass_id = report.pass_id AND q.company_id = report.company_id
);
COMMENT ON FUNCTION is_followed(prolongation_reports) IS 'Whether the form a report was given with became a request.';
