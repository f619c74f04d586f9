-- no-transaction
-- The auto-prescriptions of a département, the latest first: its list, and its count in the index alone.
CREATE INDEX CONCURRENTLY applications_self_prescribed_listed_idx
    ON applications (self_prescribed_department, processed_at DESC, id DESC)
    WHERE self_prescribed;
