-- The list of organisations is taken away like the others.
ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'prolongations', 'candidates', 'self_prescriptions', 'self_prescribers',
    'control_campaigns', 'controls', 'habilitations', 'authorisations', 'authorised_prescribers', 'members', 'access_log', 'audit_trail',
    'users', 'organisations', 'emails', 'jobs'
));
