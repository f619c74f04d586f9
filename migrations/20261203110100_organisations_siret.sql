-- no-transaction
-- Open or closed, an organisation is found by its SIRET.
CREATE INDEX CONCURRENTLY organisations_siret_idx ON organisations (siret);
