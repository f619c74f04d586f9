-- The right to prescribe that a prefect gives runs to a day (D15; guide P2 §1.1: five years, renewable). Being authorised is said once,
-- here, and by iae_domain::habilitations::Authorisation: a right that ended yesterday is no right today, without any task having run.
ALTER TABLE prescriber_organisations ADD COLUMN authorised_days datemultirange;
COMMENT ON COLUMN prescriber_organisations.authorised_days IS
    'Of an OHPD, the days of the orders that are in force (habilitations that are granted); null when no order was entered: nothing is known of its end.';

CREATE FUNCTION is_authorised(organisation prescriber_organisations, today date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN organisation.authorisation_status = 'VALIDATED'
    AND (
        organisation.kind <> 'OHPD'
        OR organisation.authorised_days IS NULL
        OR organisation.authorised_days @> today
    );
COMMENT ON FUNCTION is_authorised(prescriber_organisations, date) IS
    'Whether the organisation is authorised to prescribe on this day, in Paris (PRE-11, D15): the one definition in SQL.';

-- Who instructs in a département: the team does where this is null.
CREATE FUNCTION active_ddets(department text) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT o.id
    FROM organisations o
    WHERE o.family = 'institution'
      AND o.kind = 'DDETS IAE'
      AND o.department_code = department
      AND EXISTS (
          SELECT
          FROM memberships m
          JOIN users u ON u.id = m.user_id
          WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
      )
    ORDER BY o.id
    LIMIT 1
);
COMMENT ON FUNCTION active_ddets(text) IS 'The DDETS IAE of a département, when it has an active member.';
