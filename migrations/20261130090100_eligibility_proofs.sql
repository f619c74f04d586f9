-- Proofs that an SIAE deposits for a criterion it declared, at the hire or later, before anyone controls it (rule book 03 §2.13,
-- 05 C11). The DDETS never reads these: what is given to a control is a document of that control.

CREATE TABLE eligibility_proofs (
    id uuid PRIMARY KEY,
    company_id uuid NOT NULL REFERENCES companies (organisation_id),
    candidate_id uuid NOT NULL REFERENCES candidates (id),
    criterion_code text NOT NULL REFERENCES eligibility_criteria (code),
    dated_on date NOT NULL,
    deposited_by uuid NOT NULL REFERENCES users (id),
    deposited_at timestamptz NOT NULL,
    CONSTRAINT eligibility_proofs_candidate_key UNIQUE (id, candidate_id),
    CONSTRAINT eligibility_proofs_dated_key UNIQUE (company_id, candidate_id, criterion_code, dated_on)
);
COMMENT ON TABLE eligibility_proofs IS 'Proofs of a criterion that an SIAE keeps for its own auto-prescriptions, until 24 months after the last of them they may serve.';
COMMENT ON COLUMN eligibility_proofs.dated_on IS 'The day the document says: it is old, or not, on the day of a hire.';
CREATE INDEX eligibility_proofs_candidate_idx ON eligibility_proofs (candidate_id);
CREATE INDEX eligibility_proofs_deposited_by_idx ON eligibility_proofs (deposited_by);

-- Validated in the next file.
ALTER TABLE documents
    ADD COLUMN eligibility_proof_id uuid,
    DROP CONSTRAINT documents_owner_check,
    ADD CONSTRAINT documents_owner_check CHECK (
        num_nonnulls(draft_id, application_id, prolongation_report_id, control_criterion_id, eligibility_proof_id) = 1
    ) NOT VALID,
    DROP CONSTRAINT documents_proof_check,
    ADD CONSTRAINT documents_proof_check CHECK (
        (kind = 'proof') = (num_nonnulls(control_criterion_id, eligibility_proof_id) = 1)
    ) NOT VALID,
    ADD CONSTRAINT documents_eligibility_proof_fkey FOREIGN KEY (eligibility_proof_id, candidate_id)
        REFERENCES eligibility_proofs (id, candidate_id) NOT VALID;
COMMENT ON COLUMN documents.eligibility_proof_id IS 'Its owner, when it is a proof that an SIAE keeps for its own auto-prescriptions.';
