-- The PASS that were there before their code get one each.
UPDATE passes SET attestation_code = new_attestation_code() WHERE attestation_code IS NULL;
