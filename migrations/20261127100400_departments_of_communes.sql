-- The departement of an address is that of its commune, not of its post code (D23). Written before: 42620
-- Saint-Pierre-Laval is in Allier, 94390 Paray-Vieille-Poste in Essonne. Institutions keep the one they serve.
UPDATE candidates c
SET department_code = p.department_code
FROM communes p
WHERE p.insee_code = c.commune_code AND c.department_code IS DISTINCT FROM p.department_code;

UPDATE organisations o
SET department_code = p.department_code
FROM communes p
WHERE o.family <> 'institution'
  AND p.post_codes @> ARRAY[o.post_code]
  AND p.search = folded(o.city)
  AND o.department_code IS DISTINCT FROM p.department_code;
