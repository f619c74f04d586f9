-- What an account spent of what it may ask (domain/budget.rs): shared between instances, because it protects people.
CREATE TABLE spendings (
    id uuid PRIMARY KEY,
    budget text NOT NULL CONSTRAINT spendings_budget_check CHECK (budget IN ('look_up', 'new_file', 'upload')),
    user_id uuid NOT NULL CONSTRAINT spendings_user_id_fkey REFERENCES users (id),
    organisation_id uuid CONSTRAINT spendings_organisation_id_fkey REFERENCES organisations (id),
    at timestamptz NOT NULL,
    is_told boolean NOT NULL
);
COMMENT ON TABLE spendings IS 'One row each time an account looks somebody up, creates a file or sends one in. Purged after a day: the audit trail keeps what was done.';
COMMENT ON COLUMN spendings.is_told IS 'Whether the row says that nothing was left and that it was told, rather than that something was spent.';
CREATE INDEX spendings_user_idx ON spendings (user_id, budget, at);
CREATE INDEX spendings_organisation_idx ON spendings (organisation_id, budget, at);
CREATE INDEX spendings_at_idx ON spendings (at);

-- Names and lines of an address are one line, of a length a page can show: they go into the subjects of mails.
ALTER TABLE users
    ADD CONSTRAINT users_first_name_check CHECK (length(first_name) <= 100 AND first_name !~ '[[:cntrl:]]') NOT VALID,
    ADD CONSTRAINT users_last_name_check CHECK (length(last_name) <= 100 AND last_name !~ '[[:cntrl:]]') NOT VALID;
ALTER TABLE candidates
    ADD CONSTRAINT candidates_address_line_1_check
        CHECK (length(address_line_1) <= 200 AND address_line_1 !~ '[[:cntrl:]]') NOT VALID,
    ADD CONSTRAINT candidates_address_line_2_check
        CHECK (length(address_line_2) <= 200 AND address_line_2 !~ '[[:cntrl:]]') NOT VALID;
