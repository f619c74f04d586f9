-- What a session and an account are both asked at each request: said once, so that they are asked together.
CREATE VIEW active_memberships AS
SELECT m.id
     , m.user_id
     , m.organisation_id
     , m.is_admin
     , m.joined_at
     , o.family
     , o.kind
     , o.department_code
     , o.shown_name
     , a.active_until
     , array_position(ARRAY['company', 'prescriber', 'institution'], o.family) AS rank
FROM memberships m
JOIN organisations o ON o.id = m.organisation_id
LEFT JOIN company_activity a ON a.organisation_id = o.id
WHERE m.is_active;
COMMENT ON VIEW active_memberships IS
    'Memberships with what they let their holder be: usable now unless of a company whose active_until is over (SES-1, CMP-18).';
