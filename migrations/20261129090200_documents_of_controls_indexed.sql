-- no-transaction
-- The proof of a criterion, by its owner.
CREATE INDEX CONCURRENTLY documents_control_criterion_idx ON documents (control_criterion_id)
    WHERE control_criterion_id IS NOT NULL;
