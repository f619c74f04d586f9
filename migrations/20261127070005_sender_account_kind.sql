-- MOD-10: who sends as a candidate is a candidate, who sends as a prescriber or an employer is a professional. The account
-- says it, both ways: neither an application nor a change of account can make it untrue.
ALTER TABLE users ADD CONSTRAINT users_id_kind_key UNIQUE (id, kind);
ALTER TABLE applications
    ADD COLUMN sender_account_kind text
        GENERATED ALWAYS AS (CASE sender_kind WHEN 'job_seeker' THEN 'job_seeker' ELSE 'professional' END) STORED,
    ADD CONSTRAINT applications_sender_account_fkey
        FOREIGN KEY (sender_id, sender_account_kind) REFERENCES users (id, kind);
COMMENT ON COLUMN applications.sender_account_kind IS 'Derived: the kind the account of the sender has (MOD-10).';
