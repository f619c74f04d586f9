-- A piece of a request of habilitation is about an organisation, and about no person: it is the one document without candidate.
-- Validated in the next file.
ALTER TABLE documents
    ALTER COLUMN candidate_id DROP NOT NULL,
    ADD COLUMN habilitation_piece_id uuid,
    DROP CONSTRAINT documents_kind_check,
    ADD CONSTRAINT documents_kind_check CHECK (
        kind IN ('cv', 'prolongation_report', 'proof', 'habilitation_piece')
    ) NOT VALID,
    DROP CONSTRAINT documents_owner_check,
    ADD CONSTRAINT documents_owner_check CHECK (
        num_nonnulls(
            draft_id, application_id, prolongation_report_id, control_criterion_id, eligibility_proof_id, habilitation_piece_id
        ) = 1
    ) NOT VALID,
    ADD CONSTRAINT documents_piece_check CHECK (
        (kind = 'habilitation_piece') = (habilitation_piece_id IS NOT NULL)
    ) NOT VALID,
    ADD CONSTRAINT documents_person_check CHECK (
        (candidate_id IS NULL) = (habilitation_piece_id IS NOT NULL)
    ) NOT VALID,
    ADD CONSTRAINT documents_habilitation_piece_fkey FOREIGN KEY (habilitation_piece_id)
        REFERENCES habilitation_pieces (id) NOT VALID;
COMMENT ON COLUMN documents.candidate_id IS 'The person the document is about (PII-4); null for a piece of a request of habilitation, which is about nobody.';
COMMENT ON COLUMN documents.habilitation_piece_id IS 'Its owner, when it is a piece of a request of habilitation.';
