-- Codes of attestations that are wrong are counted by address: nobody is signed in where they are typed. The checks are
-- validated in 20261128140400.
ALTER TABLE spendings
    ALTER COLUMN user_id DROP NOT NULL,
    ADD COLUMN visitor bytea,
    ADD CONSTRAINT spendings_spender_check CHECK (num_nonnulls(user_id, visitor) = 1) NOT VALID,
    DROP CONSTRAINT spendings_budget_check,
    ADD CONSTRAINT spendings_budget_check CHECK (budget IN ('look_up', 'new_file', 'upload', 'attestation_check')) NOT VALID;
COMMENT ON COLUMN spendings.visitor IS 'SHA-256 of the address of whoever has no account, not read in passing; gone after a day as the row.';
CREATE INDEX spendings_visitor_idx ON spendings (visitor, budget, at) WHERE visitor IS NOT NULL;
