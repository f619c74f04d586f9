-- no-transaction
-- The applications an organisation sent, in the order of names.
CREATE INDEX CONCURRENTLY applications_sent_named_idx ON applications (sender_organisation_id, candidate_search, id)
    WHERE sender_kind = 'prescriber';
