-- Anyone may begin a login: what is kept of it has a bound. Rows of before last an hour, and are left as they are.
ALTER TABLE login_attempts ADD CONSTRAINT login_attempts_return_to_check CHECK (octet_length(return_to) <= 2048) NOT VALID;
