-- Why the team refused to correct a NIR, for whoever asked (CNR-1).
ALTER TABLE nir_corrections ADD COLUMN refusal text;
ALTER TABLE nir_corrections ADD CONSTRAINT nir_corrections_refusal_check CHECK (
    refusal IS NULL OR (is_accepted IS NOT DISTINCT FROM false AND length(refusal) BETWEEN 1 AND 2000)
) NOT VALID;
ALTER TABLE nir_corrections VALIDATE CONSTRAINT nir_corrections_refusal_check;
COMMENT ON COLUMN nir_corrections.refusal IS 'Why it was refused, told to whoever asked; empty for what was decided before this column.';
