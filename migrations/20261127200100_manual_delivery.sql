-- The team delivers a PASS by hand, or refuses it (rule book 03 §4.10): the mode of delivery stays « manual ».
ALTER TABLE applications ADD COLUMN pass_refused_at timestamptz;
COMMENT ON COLUMN applications.pass_refused_at IS 'When the team refused to deliver the PASS of this hire by hand; the audit trail says who.';

ALTER TABLE applications DROP CONSTRAINT applications_pass_delivery_pass_check;
ALTER TABLE applications ADD CONSTRAINT applications_pass_delivery_pass_check CHECK (
    CASE WHEN pass_id IS NULL THEN pass_delivery IS DISTINCT FROM 'automatic' ELSE pass_delivery IS NOT NULL END
) NOT VALID;
ALTER TABLE applications VALIDATE CONSTRAINT applications_pass_delivery_pass_check;
ALTER TABLE applications ADD CONSTRAINT applications_pass_refused_check CHECK (
    pass_refused_at IS NULL OR (pass_delivery IS NOT DISTINCT FROM 'manual' AND pass_id IS NULL)
) NOT VALID;
ALTER TABLE applications VALIDATE CONSTRAINT applications_pass_refused_check;

DROP INDEX applications_manual_delivery_idx;
CREATE INDEX applications_manual_delivery_idx ON applications (id)
    WHERE pass_delivery = 'manual' AND pass_id IS NULL AND pass_refused_at IS NULL;
