-- The code printed on the attestation of a PASS: whoever is handed it asks a public page whether the PASS is valid.

CREATE FUNCTION new_attestation_code() RETURNS text LANGUAGE sql VOLATILE
RETURN (
    SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(drawn.bytes, place) & 31), 1), '')
    FROM (VALUES (uuid_send(gen_random_uuid())), (uuid_send(gen_random_uuid()))) AS drawn (bytes)
    CROSS JOIN generate_series(8, 15) AS place
);
COMMENT ON FUNCTION new_attestation_code() IS
    '16 random characters of 5 bits each, without I, L, O, U: the low bits of the last 8 bytes of two random UUID, none of which is fixed.';

-- A default, so that no way of writing a PASS may forget it, given once the column is there: added with it, it would write the
-- whole table anew while nobody may read it. Those there are get theirs in 20261128140100.
ALTER TABLE passes ADD COLUMN attestation_code text;
ALTER TABLE passes
    ALTER COLUMN attestation_code SET DEFAULT new_attestation_code(),
    ADD CONSTRAINT passes_attestation_code_check CHECK (attestation_code ~ '^[0-9A-HJKMNP-TV-Z]{16}$') NOT VALID;
COMMENT ON COLUMN passes.attestation_code IS
    'Random, printed on the attestation. In clear, since it is printed again: it opens nothing but « valid, and until when ».';
