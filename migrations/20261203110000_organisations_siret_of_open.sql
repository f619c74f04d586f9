-- no-transaction
-- A SIRET is that of one open organisation of its family and kind (CMP-4, PRE-3): the next file puts it in the place of the constraint
-- that counted those another one replaced.
CREATE UNIQUE INDEX CONCURRENTLY organisations_siret_of_open_key ON organisations (siret, family, kind) WHERE closed_at IS NULL;
