-- Names and codes communes have had: a birth place is the commune of that day (CON-5), an address typed under an old
-- name leads to the commune of today.
CREATE TABLE commune_history (
    insee_code text NOT NULL,
    name text NOT NULL,
    begins_on date,
    ends_on date,
    today_code text NOT NULL REFERENCES communes (insee_code),
    department_code text NOT NULL GENERATED ALWAYS AS (
        CASE WHEN left(insee_code, 2) IN ('97', '98') THEN left(insee_code, 3) ELSE left(insee_code, 2) END
    ) STORED,
    search text NOT NULL GENERATED ALWAYS AS (folded(name)) STORED,
    CONSTRAINT commune_history_code_begins_on_key UNIQUE NULLS NOT DISTINCT (insee_code, begins_on),
    CONSTRAINT commune_history_period_check CHECK (begins_on < ends_on)
);
COMMENT ON TABLE commune_history IS 'Periods of communes under one name and one code, since 1943: those that ended, and those of today that began since. A commune without a line has always been as it is.';
COMMENT ON COLUMN commune_history.begins_on IS 'First day; null: before 1943.';
COMMENT ON COLUMN commune_history.ends_on IS 'First day it was no longer so; null: it is so today.';
COMMENT ON COLUMN commune_history.today_code IS 'The commune its territory is part of today.';
COMMENT ON COLUMN commune_history.department_code IS 'Of that time: it may be a departement that is no more, as 20.';
CREATE INDEX commune_history_search_idx ON commune_history (search text_pattern_ops);
CREATE INDEX commune_history_today_code_idx ON commune_history (today_code);

CREATE VIEW commune_names AS
SELECT c.insee_code, c.name, c.search, c.department_code, h.begins_on, NULL::date AS ends_on, c.insee_code AS today_code
FROM communes c
LEFT JOIN commune_history h ON h.insee_code = c.insee_code AND h.ends_on IS NULL
UNION ALL
SELECT insee_code, name, search, department_code, begins_on, ends_on, today_code
FROM commune_history
WHERE ends_on IS NOT NULL;
COMMENT ON VIEW commune_names IS 'Every commune under every name and code it has or had.';

CREATE FUNCTION commune_name_on(code text, day date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT name
    FROM commune_names
    WHERE insee_code = code
    ORDER BY coalesce(day >= begins_on, true) AND coalesce(day < ends_on, true) DESC, ends_on DESC NULLS FIRST
    LIMIT 1
);
COMMENT ON FUNCTION commune_name_on(text, date) IS 'What the commune of this code was called that day, or last; null for an unknown code.';
COMMENT ON COLUMN candidates.birth_commune_code IS 'INSEE code of the day of birth (CON-5), which may be that of a commune merged since.';
