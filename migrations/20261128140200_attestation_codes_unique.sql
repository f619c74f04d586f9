-- no-transaction
-- Two PASS never share a code: it becomes a constraint in 20261128140500.
CREATE UNIQUE INDEX CONCURRENTLY passes_attestation_code_key ON passes (attestation_code);
