-- no-transaction
-- The same, of those that wait or expired.
CREATE INDEX CONCURRENTLY invitations_unanswered_idx ON invitations (sent_at DESC, id DESC)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
