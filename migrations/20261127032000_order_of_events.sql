-- What happens in one instant keeps its order: a sequence breaks the ties of history and audit.
-- Both tables are rewritten: half a minute for 1.2 million events.

ALTER TABLE application_transitions ADD COLUMN seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY;
COMMENT ON COLUMN application_transitions.seq IS 'Order of writing: within one instant, what came last.';
DROP INDEX application_transitions_application_idx;
CREATE INDEX application_transitions_application_idx ON application_transitions (application_id, at, seq);

ALTER TABLE audit_events ADD COLUMN seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY;
COMMENT ON COLUMN audit_events.seq IS 'Order of writing: within one instant, what came last.';
