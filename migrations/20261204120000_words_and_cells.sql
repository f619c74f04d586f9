-- Words and place in one value, for one index of each table of the directory (ADR 44). Nothing but built-in functions: Postgres calls
-- it as it maintains an index, when it knows no schema of ours.
CREATE FUNCTION words_and_cells(words text, latitude float8, longitude float8) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
-- Dear, so that the index that holds it is read rather than each row asked again.
COST 1000 AS $$
BEGIN
    -- A word of hundreds of letters, which nobody looks for, would refuse the row that holds it.
    RETURN array_to_tsvector(array_remove(array_remove(
        string_to_array(regexp_replace(words, '(\S{100})\S+', '\1', 'g'), ' ')
            || ARRAY['Q' || floor(latitude * 4)::int::text || ':' || floor(longitude * 4)::int::text,
                     'U' || floor(latitude)::int::text || ':' || floor(longitude)::int::text],
        ''), NULL));
END $$;
COMMENT ON FUNCTION words_and_cells(text, float8, float8) IS
    'The words, each cut after a hundred letters, and the cells of a quarter of a degree (Q) and of a degree (U) where it is: what app::directory::parameters looks for. Words are folded, hence in lower case: none is a cell.';
