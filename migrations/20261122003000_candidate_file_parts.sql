-- What counts as known of a file when one applies or hires (rule book 02 §6.2): the one definition, for every reader.
CREATE FUNCTION has_birth_place(file candidates) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN file.birth_country_code IS NOT NULL AND (file.birth_country_code <> '100' OR file.birth_commune_code IS NOT NULL);
COMMENT ON FUNCTION has_birth_place(candidates) IS 'A country, and a commune when it is France (CON-5).';

CREATE FUNCTION has_address(file candidates) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN file.address_line_1 <> '' AND file.post_code IS NOT NULL AND file.city <> '';
COMMENT ON FUNCTION has_address(candidates) IS 'Street, post code and city.';
