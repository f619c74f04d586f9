-- What was said of new rows only, to lock nobody out, is checked of all.
ALTER TABLE spendings VALIDATE CONSTRAINT spendings_budget_check;
