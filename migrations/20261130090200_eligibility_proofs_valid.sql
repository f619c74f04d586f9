-- What was said of new rows only, to lock nobody out, is checked of all.
ALTER TABLE documents VALIDATE CONSTRAINT documents_owner_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_proof_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_eligibility_proof_fkey;
