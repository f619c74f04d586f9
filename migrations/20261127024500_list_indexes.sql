-- An index for each order a list is read in (docs/performance.md).

-- All applications, the last sent first: the team's list.
CREATE INDEX applications_submitted_idx ON applications (submitted_at DESC, id DESC);
-- The audit trail of one action, and of one organisation (« Journal des accès »).
CREATE INDEX audit_events_action_idx ON audit_events (action, at DESC, id DESC);
CREATE INDEX audit_events_organisation_idx ON audit_events (organisation_id, at DESC, id DESC)
    WHERE organisation_id IS NOT NULL;
-- One thing is one thing whatever its kind: the index serves both who knows the kind and who has the id alone.
DROP INDEX audit_events_subject_idx;
CREATE INDEX audit_events_subject_idx ON audit_events (subject_id, at DESC, id DESC);
