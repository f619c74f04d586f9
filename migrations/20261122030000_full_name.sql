-- « Prénom NOM » (rule book 01 §1.2): the same as iae_domain::text::full_name, for lists and pages read whole from SQL.
CREATE FUNCTION full_name(first_name text, last_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN initcap(first_name) || ' ' || upper(last_name);
