-- Which member of the team reactivated a convention (CMP-10).
ALTER TABLE conventions
    ADD COLUMN reactivated_by uuid CONSTRAINT conventions_reactivated_by_fkey REFERENCES users (id);
COMMENT ON COLUMN conventions.reactivated_by IS 'Which member of the team did, when it was one; nothing once the team deactivates it again.';
CREATE INDEX conventions_reactivated_by_idx ON conventions (reactivated_by) WHERE reactivated_by IS NOT NULL;
