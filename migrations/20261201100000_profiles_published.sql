-- Who last published what an organisation says of itself: whoever sends another version meanwhile is told (D32).
ALTER TABLE organisations
    ADD COLUMN profile_published_at timestamptz,
    ADD COLUMN profile_published_by uuid CONSTRAINT organisations_profile_published_by_fkey REFERENCES users (id);
COMMENT ON COLUMN organisations.profile_published_at IS 'When an administrator last published its profile (CMP-25, PRE-27); null when none did.';
COMMENT ON COLUMN organisations.profile_published_by IS 'Who did.';
