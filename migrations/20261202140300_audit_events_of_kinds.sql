-- no-transaction
-- What happened to one kind of thing, the latest first.
CREATE INDEX CONCURRENTLY audit_events_subject_kind_idx ON audit_events (subject_kind, at DESC, id DESC);
