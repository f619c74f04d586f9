-- Every PASS has a code: said of what is written from now on, then of all (20261128140400), then by the column (20261128140500),
-- so that nobody waits while the table is read.
ALTER TABLE passes ADD CONSTRAINT passes_attestation_code_given_check CHECK (attestation_code IS NOT NULL) NOT VALID;
