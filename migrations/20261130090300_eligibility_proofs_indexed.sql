-- no-transaction
-- The file of a proof, one at most, by its owner.
CREATE UNIQUE INDEX CONCURRENTLY documents_eligibility_proof_key ON documents (eligibility_proof_id)
    WHERE eligibility_proof_id IS NOT NULL;
