-- no-transaction
-- Accounts whose holder was told that they would go (USR-16).
CREATE INDEX CONCURRENTLY users_told_idx ON users (upcoming_deletion_notified_at, id)
    WHERE kind = 'professional' AND is_active AND upcoming_deletion_notified_at IS NOT NULL;
