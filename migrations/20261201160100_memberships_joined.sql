-- no-transaction
-- Who joined an organisation since a link was sent to it, still there or not: that link is over (SGN-9).
CREATE INDEX CONCURRENTLY memberships_joined_idx ON memberships (organisation_id, joined_at);
