-- Those that were closed before release_siret held theirs until then.
UPDATE organisation_sirets h
SET held = tstzrange(lower(h.held), greatest(o.closed_at, lower(h.held) + interval '1 microsecond'))
FROM organisations o
WHERE o.id = h.organisation_id AND o.closed_at IS NOT NULL AND upper_inf(h.held);
