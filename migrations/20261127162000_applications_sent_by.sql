-- « Les miennes » of a prescriber: counted on every dashboard, among thousands of their colleagues'.
CREATE INDEX applications_sent_by_idx ON applications (sender_id, sender_organisation_id, state)
    WHERE sender_kind = 'prescriber';
