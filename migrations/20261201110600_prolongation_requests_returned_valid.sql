-- What was said of new rows only, to lock nobody out, is checked of all.
ALTER TABLE prolongation_requests VALIDATE CONSTRAINT prolongation_requests_state_check;
ALTER TABLE prolongation_requests VALIDATE CONSTRAINT prolongation_requests_processed_check;
