-- no-transaction
-- applications_self_prescribed_facts_idx answers what this one does.
DROP INDEX CONCURRENTLY applications_self_prescribed_idx;
