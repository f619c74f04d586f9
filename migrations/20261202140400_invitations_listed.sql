-- no-transaction
-- The team lists the invitations of all organisations, the last sent first.
CREATE INDEX CONCURRENTLY invitations_sent_at_idx ON invitations (sent_at DESC, id DESC);
