-- no-transaction
-- The team looks an address up, whatever became of its invitations.
CREATE INDEX CONCURRENTLY invitations_address_idx ON invitations (email, sent_at DESC);
