-- no-transaction
-- The auto-prescriptions of a département whose contract starts within a period, counted by company in the index alone.
CREATE INDEX CONCURRENTLY applications_self_prescribed_started_idx
    ON applications (self_prescribed_department, hiring_starts_on)
    INCLUDE (company_id, processed_at, anomalies)
    WHERE self_prescribed;
