-- no-transaction
-- The file of a report, by its owner.
CREATE INDEX CONCURRENTLY documents_prolongation_report_idx ON documents (prolongation_report_id)
    WHERE prolongation_report_id IS NOT NULL;
