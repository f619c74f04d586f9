-- Requests to be let into an organisation that nobody answered yet: whoever asked reads them where they signed up, the members where
-- they invite (SGN-11, SGN-15). An invitation is the answer; so is an arrival by any other road.

CREATE VIEW join_requests_waiting AS
SELECT DISTINCT ON (r.organisation_id, r.user_id)
       r.id
     , r.organisation_id
     , r.user_id
     , r.asked_at
     , r.contact_id
FROM sign_up_requests r
JOIN users u ON u.id = r.user_id
WHERE r.token IS NULL
  AND u.is_active
  AND NOT EXISTS (
      SELECT
      FROM memberships m
      WHERE m.organisation_id = r.organisation_id
        AND m.user_id = r.user_id
        AND (m.is_active OR m.joined_at >= r.asked_at)
  )
  AND NOT EXISTS (
      SELECT
      FROM invitations i
      WHERE i.organisation_id = r.organisation_id AND i.email = lower(u.email) AND i.sent_at >= r.asked_at
  )
ORDER BY r.organisation_id, r.user_id, r.asked_at DESC, r.id DESC;
COMMENT ON VIEW join_requests_waiting IS 'Of each person and organisation, the last request to be let in that no invitation nor arrival answered. Who reads it says since when: the requests themselves are kept half a year.';
