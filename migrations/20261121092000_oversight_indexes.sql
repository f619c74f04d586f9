-- The list of auto-prescriptions of a département: hires resting on a diagnosis, the most recent first.
CREATE INDEX applications_hired_idx ON applications (processed_at DESC, id DESC)
    WHERE state = 'accepted' AND diagnosis_id IS NOT NULL;

-- What waits for the team: few rows among many.
CREATE INDEX emails_unsent_idx ON emails (status) WHERE status <> 'sent';
CREATE INDEX applications_manual_delivery_idx ON applications (id) WHERE pass_delivery = 'manual';
