-- Known of all PASS already: nothing is read again.
ALTER TABLE passes ALTER COLUMN attestation_code SET NOT NULL;
ALTER TABLE passes
    DROP CONSTRAINT passes_attestation_code_given_check,
    ADD CONSTRAINT passes_attestation_code_key UNIQUE USING INDEX passes_attestation_code_key;
