-- no-transaction
-- What a member of the team did in the place of others, the latest first: what one account did is read from here too.
CREATE INDEX CONCURRENTLY audit_events_impersonator_idx ON audit_events (impersonator_id, at DESC, id DESC) WHERE impersonator_id IS NOT NULL;
