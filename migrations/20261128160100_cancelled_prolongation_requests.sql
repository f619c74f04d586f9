-- The requests to prolong a PASS go with it when it is cancelled (rule book 03 §4.12): whoever was asked, and comes back to
-- one, is told so.

CREATE TABLE cancelled_prolongation_requests (
    id uuid PRIMARY KEY,
    number text NOT NULL REFERENCES cancelled_passes (number),
    company_id uuid NOT NULL REFERENCES organisations (id),
    prescriber_organisation_id uuid NOT NULL REFERENCES organisations (id)
);
COMMENT ON TABLE cancelled_prolongation_requests IS 'What stays of the requests to prolong a PASS that was cancelled, until nothing says any more whose it was.';
COMMENT ON COLUMN cancelled_prolongation_requests.id IS 'The id of the request while it existed.';
COMMENT ON COLUMN cancelled_prolongation_requests.number IS 'The PASS.';
COMMENT ON COLUMN cancelled_prolongation_requests.company_id IS 'The SIAE that asked.';
COMMENT ON COLUMN cancelled_prolongation_requests.prescriber_organisation_id IS 'The organisation it was addressed to.';
CREATE INDEX cancelled_prolongation_requests_number_idx ON cancelled_prolongation_requests (number);
CREATE INDEX cancelled_prolongation_requests_company_idx ON cancelled_prolongation_requests (company_id);
CREATE INDEX cancelled_prolongation_requests_organisation_idx ON cancelled_prolongation_requests (prescriber_organisation_id);
