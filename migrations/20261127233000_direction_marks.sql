-- Names and lines of an address hold no mark of direction (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069): one
-- shows what follows it backwards, in lists and in the subjects of mails. Pages take them out of what is typed
-- (domain/src/text/typed.rs); here nothing keeps them, whatever writes.
ALTER TABLE users
    ADD CONSTRAINT users_first_name_direction_check
        CHECK (first_name !~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]') NOT VALID,
    ADD CONSTRAINT users_last_name_direction_check
        CHECK (last_name !~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]') NOT VALID;
ALTER TABLE candidates
    ADD CONSTRAINT candidates_address_line_1_direction_check
        CHECK (address_line_1 !~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]') NOT VALID,
    ADD CONSTRAINT candidates_address_line_2_direction_check
        CHECK (address_line_2 !~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]') NOT VALID;

ALTER TABLE users VALIDATE CONSTRAINT users_first_name_direction_check;
ALTER TABLE users VALIDATE CONSTRAINT users_last_name_direction_check;
ALTER TABLE candidates VALIDATE CONSTRAINT candidates_address_line_1_direction_check;
ALTER TABLE candidates VALIDATE CONSTRAINT candidates_address_line_2_direction_check;
