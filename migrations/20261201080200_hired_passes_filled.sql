-- Nobody hires meanwhile: a moment, once.
LOCK TABLE applications, passes IN SHARE MODE;
INSERT INTO hired_passes (pass_id, company_id, ends_on)
SELECT DISTINCT p.id
     , a.company_id
     , p.ends_on
FROM applications a
JOIN passes p ON p.id = a.pass_id
WHERE a.state = 'accepted'
ON CONFLICT DO NOTHING;
