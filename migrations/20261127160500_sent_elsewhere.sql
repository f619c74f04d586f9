-- What a company sent to other companies (LIST-S): its list, and the export of it.

-- Inlined by the planner: it must stay one expression.
CREATE FUNCTION sent_elsewhere(company uuid, a applications) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN a.sender_kind = 'employer' AND a.sender_organisation_id = company AND a.company_id <> company;
COMMENT ON FUNCTION sent_elsewhere(uuid, applications) IS
    'LIST-S: an application a member of this company sent to another company.';

ALTER TABLE exports DROP CONSTRAINT exports_list_check;
ALTER TABLE exports ADD CONSTRAINT exports_list_check CHECK (list IN (
    'applications', 'applications_sent', 'passes', 'candidates', 'self_prescriptions', 'self_prescribers', 'access_log',
    'audit_trail', 'emails', 'jobs'
));
