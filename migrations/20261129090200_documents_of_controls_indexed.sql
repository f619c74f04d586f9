-- no-transaction
-- The proof of a criterion, one at most, by its owner.
CREATE UNIQUE INDEX CONCURRENTLY documents_control_criterion_key ON documents (control_criterion_id)
    WHERE control_criterion_id IS NOT NULL;
