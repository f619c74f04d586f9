-- What the official files bring beside the tables above.

CREATE TABLE rome_domains (
    letter text PRIMARY KEY,
    label text NOT NULL
);
COMMENT ON TABLE rome_domains IS 'Grands domaines of ROME: the first letter of a code.';

ALTER TABLE communes ADD COLUMN zrr_status text
    CONSTRAINT communes_zrr_status_check CHECK (zrr_status IN ('C', 'PC', 'NC'));
COMMENT ON COLUMN communes.zrr_status IS 'In a zone de revitalisation rurale: C wholly, PC partly, NC not; null when no file said so.';
CREATE INDEX communes_position_idx ON communes (latitude, longitude);

ALTER TABLE conventions ADD COLUMN reactivated_at timestamptz;
COMMENT ON COLUMN conventions.reactivated_at IS 'When staff last reactivated it: the weekly sync leaves it alone for 90 days (CMP-10).';

-- Rule book 01 §5: one per département, one in the country.
CREATE UNIQUE INDEX organisations_department_institution_key ON organisations (kind, department_code)
    WHERE family = 'institution' AND kind IN ('DDETS IAE', 'DDETS GEIQ', 'DDETS LOG');
CREATE UNIQUE INDEX organisations_single_institution_key ON organisations (kind)
    WHERE family = 'institution' AND kind IN ('DGEFP IAE', 'DGEFP GEIQ', 'DIHAL', 'CONVERGENCE', 'FFGEIQ');
