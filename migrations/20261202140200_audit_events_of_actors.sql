-- no-transaction
-- What one account did, the latest first.
CREATE INDEX CONCURRENTLY audit_events_actor_idx ON audit_events (actor_id, at DESC, id DESC) WHERE actor_id IS NOT NULL;
