-- What was said of new rows only, to lock nobody out, is checked of all.
ALTER TABLE passes VALIDATE CONSTRAINT passes_attestation_code_check;
ALTER TABLE passes VALIDATE CONSTRAINT passes_attestation_code_given_check;
ALTER TABLE spendings VALIDATE CONSTRAINT spendings_spender_check;
ALTER TABLE spendings VALIDATE CONSTRAINT spendings_budget_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_kind_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_owner_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_prolongation_report_check;
ALTER TABLE documents VALIDATE CONSTRAINT documents_prolongation_report_fkey;
