-- What waits, and until when: said once for the inbox, the list and what they count.
ALTER TABLE applications
    ADD COLUMN resume_on date;
-- Not checked against the state yet: the version that still runs leaves it as it is when it answers what is on hold.
COMMENT ON COLUMN applications.resume_on IS 'Day the company wants to come back to what it put on hold; none when it set none.';

ALTER TABLE applications ADD COLUMN due_on date GENERATED ALWAYS AS (
    CASE
        WHEN state IN ('new', 'processing') THEN (submitted_at AT TIME ZONE 'Europe/Paris')::date + 14
        WHEN state = 'postponed' THEN resume_on
    END
) STORED;
COMMENT ON COLUMN applications.due_on IS
    'Day by which the company should act: two weeks after it received (inbox::answer_due_on), or the day it wants to come back.';

CREATE INDEX applications_due_idx ON applications (company_id, due_on, id) WHERE due_on IS NOT NULL;
CREATE INDEX applications_sent_due_idx ON applications (sender_organisation_id, due_on, id)
    WHERE due_on IS NOT NULL AND sender_kind = 'prescriber';
