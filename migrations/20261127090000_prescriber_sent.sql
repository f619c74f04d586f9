-- What an organisation sent, said once for lists, dashboards and pages.

-- Inlined by the planner: it must stay one expression.
CREATE FUNCTION prescriber_sent(organisation uuid, a applications) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN a.sender_kind = 'prescriber' AND a.sender_organisation_id = organisation;
COMMENT ON FUNCTION prescriber_sent(uuid, applications) IS
    'TEN-1: an application a member of this prescriber organisation sent.';
