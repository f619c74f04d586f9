-- Where an organisation stands, said once (ADR 16): for the list and the card of the team, and for whatever moves between organisations.
CREATE VIEW organisation_standings AS
SELECT o.id AS organisation_id
     , CASE
           WHEN o.closed_at IS NOT NULL THEN 'closed'
           WHEN c.organisation_id IS NULL THEN 'open'
           WHEN NOT c.is_searchable
               AND EXISTS (
                   SELECT
                   FROM organisation_transfers t
                   WHERE t.source_id = o.id AND t.kind = 'transfer' AND t.closes_source
               )
               AND NOT EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               )
               THEN 'disabled'
           WHEN a.active_until = 'infinity' THEN 'active'
           ELSE 'ended'
       END AS standing
     , a.active_until
FROM organisations o
LEFT JOIN companies c ON c.organisation_id = o.id
LEFT JOIN company_activity a ON a.organisation_id = o.id;
COMMENT ON VIEW organisation_standings IS
    'Where each organisation stands: replaced, disabled as what it had was transferred, else as company_activity says. Read it with standing_at.';

CREATE FUNCTION standing_at(standing text, active_until timestamptz, moment timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN standing = 'ended' AND active_until >= moment THEN 'grace' ELSE standing END;
COMMENT ON FUNCTION standing_at(text, timestamptz, timestamptz) IS
    'The same at a time, which says whether the grace of a company is over (domain: organisations::Standing).';
