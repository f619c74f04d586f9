-- The address of a login page serves once, and in the browser it was opened in. The version that still runs leaves both
-- columns empty: its pages, a quarter of an hour old at most, are to be begun again.
alter table connect.authorization_requests
    add column browser_hash bytea constraint authorization_requests_browser_hash_check check (length(browser_hash) = 32),
    add column used_at timestamptz;
comment on column connect.authorization_requests.browser_hash is 'SHA-256 of the cookie of the browser that asked.';
comment on column connect.authorization_requests.used_at is 'When someone signed in through it.';
