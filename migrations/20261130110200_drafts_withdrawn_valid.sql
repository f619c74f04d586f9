-- What was said of new rows only, to lock nobody out, is checked of all.
ALTER TABLE draft_applications VALIDATE CONSTRAINT draft_applications_refusal_check;
