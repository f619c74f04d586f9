-- The number of a PASS is taken as the last thing before its transaction ends (ADR 45), so that the counter is locked while Postgres
-- ends it and no longer. Until then the PASS bears a provisional one, as do the mails that quote it: the prefix and seven letters. What
-- writes a PASS under its number, as the version before does, never calls this.

CREATE FUNCTION number_passes(passes_to_number uuid[], mails uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    pass_to_number uuid;
    provisional text;
    given text;
    -- Both as they are read in a mail: grouped 5-2-5.
    provisional_read text;
    given_read text;
BEGIN
    FOREACH pass_to_number IN ARRAY passes_to_number LOOP
        -- A number is given once: one that is not provisional is an error.
        SELECT p.number
        INTO STRICT provisional
        FROM passes p
        WHERE p.id = pass_to_number AND p.number ~ '[A-Z]{7}$';

        INSERT INTO pass_counters AS c (prefix, last_sequence)
        VALUES (left(provisional, 5), 1)
        ON CONFLICT (prefix) DO UPDATE SET last_sequence = c.last_sequence + 1
        RETURNING c.prefix || lpad(c.last_sequence::text, 7, '0') INTO given;

        UPDATE passes p
        SET number = given
        WHERE p.id = pass_to_number;

        provisional_read := concat_ws(' ', left(provisional, 5), substr(provisional, 6, 2), substr(provisional, 8));
        given_read := concat_ws(' ', left(given, 5), substr(given, 6, 2), substr(given, 8));
        UPDATE emails e
        SET subject = replace(replace(e.subject, provisional_read, given_read), provisional, given)
          , text_body = replace(replace(e.text_body, provisional_read, given_read), provisional, given)
          , html_body = replace(replace(e.html_body, provisional_read, given_read), provisional, given)
        WHERE e.id = ANY (mails)
          AND (strpos(e.subject || e.text_body, provisional_read) > 0 OR strpos(e.subject || e.text_body, provisional) > 0);
    END LOOP;
END $$;
COMMENT ON FUNCTION number_passes(uuid[], uuid[]) IS
    'Gives these PASS, and those of these mails that quote them, the next numbers of their prefix: the last statement of a transaction (rule book 03 §4.2, C1).';
