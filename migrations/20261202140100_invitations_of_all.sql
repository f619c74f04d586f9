-- The team reads the invitations of all organisations, and takes them back: why is kept with the act (STF-2).
ALTER TABLE invitations
    ADD COLUMN revocation_remark text
        CONSTRAINT invitations_revocation_remark_check CHECK (char_length(revocation_remark) BETWEEN 1 AND 500),
    ADD CONSTRAINT invitations_revoked_with_remark_check CHECK (revocation_remark IS NULL OR revoked_at IS NOT NULL);
COMMENT ON COLUMN invitations.revocation_remark IS 'Why the team took it back, read by the team alone; null when somebody else did.';

-- The list is taken away like the others.
ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'prolongations', 'candidates', 'self_prescriptions', 'self_prescribers',
    'control_campaigns', 'controls', 'habilitations', 'authorisations', 'authorised_prescribers', 'members', 'access_log', 'audit_trail',
    'users', 'organisations', 'invitations', 'emails', 'jobs'
));
