-- What lives from minutes to a day: sessions, pending requests, codes, access tokens, failed logins.
-- Every value a browser or a relying party presents is kept as its SHA-256 only.

create table connect.sessions (
    id               uuid        not null constraint sessions_pkey primary key,
    token_hash       bytea       not null constraint sessions_token_hash_key unique,
    account_id       uuid        not null constraint sessions_account_id_fkey references connect.accounts on delete cascade,
    authenticated_at timestamptz not null,
    expires_at       timestamptz not null
);
create index sessions_account_id_idx on connect.sessions (account_id);
create index sessions_expires_at_idx on connect.sessions (expires_at);
comment on table  connect.sessions is 'A browser in which someone is signed in (IDP-6: 30 minutes, never extended).';
comment on column connect.sessions.id is 'Row identifier.';
comment on column connect.sessions.token_hash is 'SHA-256 of the cookie.';
comment on column connect.sessions.account_id is 'Who is signed in.';
comment on column connect.sessions.authenticated_at is 'When the password was typed: claim auth_time.';
comment on column connect.sessions.expires_at is 'End of the session, fixed when it opens.';

create table connect.authorization_requests (
    id             uuid        not null constraint authorization_requests_pkey primary key,
    token_hash     bytea       not null constraint authorization_requests_token_hash_key unique,
    client_id      text        not null constraint authorization_requests_client_id_fkey references connect.clients on delete cascade,
    redirect_uri   text        not null,
    scope          text        not null,
    state          text,
    nonce          text,
    code_challenge text        not null,
    login_hint     text,
    created_at     timestamptz not null,
    expires_at     timestamptz not null
);
create index authorization_requests_expires_at_idx on connect.authorization_requests (expires_at);
comment on table  connect.authorization_requests is 'A valid request of a relying party, waiting for its person to sign in (IDP-4).';
comment on column connect.authorization_requests.id is 'Row identifier.';
comment on column connect.authorization_requests.token_hash is 'SHA-256 of the value carried by the login page.';
comment on column connect.authorization_requests.client_id is 'Relying party that asks.';
comment on column connect.authorization_requests.redirect_uri is 'Where the code will be sent, already matched (IDP-3).';
comment on column connect.authorization_requests.scope is 'Scopes asked for, separated by spaces.';
comment on column connect.authorization_requests.state is 'Opaque value given back to the relying party.';
comment on column connect.authorization_requests.nonce is 'Opaque value echoed in the id token.';
comment on column connect.authorization_requests.code_challenge is 'PKCE challenge, method S256.';
comment on column connect.authorization_requests.login_hint is 'Address that pre-fills and locks the login form (IDP-5).';
comment on column connect.authorization_requests.created_at is 'When it was received.';
comment on column connect.authorization_requests.expires_at is 'After this the person starts again from the relying party.';

create table connect.authorization_codes (
    id               uuid        not null constraint authorization_codes_pkey primary key,
    code_hash        bytea       not null constraint authorization_codes_code_hash_key unique,
    client_id        text        not null constraint authorization_codes_client_id_fkey references connect.clients on delete cascade,
    account_id       uuid        not null constraint authorization_codes_account_id_fkey references connect.accounts on delete cascade,
    redirect_uri     text        not null,
    scope            text        not null,
    nonce            text,
    code_challenge   text        not null,
    authenticated_at timestamptz not null,
    issued_at        timestamptz not null,
    expires_at       timestamptz not null,
    used_at          timestamptz
);
create index authorization_codes_account_id_idx on connect.authorization_codes (account_id);
create index authorization_codes_expires_at_idx on connect.authorization_codes (expires_at);
comment on table  connect.authorization_codes is 'A code handed to a relying party: 60 seconds, one use (IDP-6).';
comment on column connect.authorization_codes.id is 'Row identifier.';
comment on column connect.authorization_codes.code_hash is 'SHA-256 of the code.';
comment on column connect.authorization_codes.client_id is 'The only relying party that may use it.';
comment on column connect.authorization_codes.account_id is 'Who signed in.';
comment on column connect.authorization_codes.redirect_uri is 'Must be given again, identical, at the token endpoint.';
comment on column connect.authorization_codes.scope is 'Scopes granted.';
comment on column connect.authorization_codes.nonce is 'Echoed in the id token.';
comment on column connect.authorization_codes.code_challenge is 'PKCE challenge the verifier must hash to.';
comment on column connect.authorization_codes.authenticated_at is 'When the password was typed: claim auth_time.';
comment on column connect.authorization_codes.issued_at is 'When it was handed out.';
comment on column connect.authorization_codes.expires_at is 'End of validity.';
comment on column connect.authorization_codes.used_at is 'First presentation by its client, successful or not.';

create table connect.access_tokens (
    id         uuid        not null constraint access_tokens_pkey primary key,
    token_hash bytea       not null constraint access_tokens_token_hash_key unique,
    code_id    uuid        not null constraint access_tokens_code_id_key unique
                           constraint access_tokens_code_id_fkey references connect.authorization_codes on delete cascade,
    client_id  text        not null constraint access_tokens_client_id_fkey references connect.clients on delete cascade,
    account_id uuid        not null constraint access_tokens_account_id_fkey references connect.accounts on delete cascade,
    scope      text        not null,
    issued_at  timestamptz not null,
    expires_at timestamptz not null
);
create index access_tokens_account_id_idx on connect.access_tokens (account_id);
create index access_tokens_expires_at_idx on connect.access_tokens (expires_at);
comment on table  connect.access_tokens is 'A token that opens userinfo for 30 minutes (IDP-6).';
comment on column connect.access_tokens.id is 'Row identifier.';
comment on column connect.access_tokens.token_hash is 'SHA-256 of the token.';
comment on column connect.access_tokens.code_id is 'Code it came from: a code gives one token, and its replay revokes it.';
comment on column connect.access_tokens.client_id is 'Relying party that holds it.';
comment on column connect.access_tokens.account_id is 'Whose claims it opens.';
comment on column connect.access_tokens.scope is 'Which claims it opens.';
comment on column connect.access_tokens.issued_at is 'When it was handed out.';
comment on column connect.access_tokens.expires_at is 'End of validity.';

create table connect.login_failures (
    id           uuid        not null constraint login_failures_pkey primary key,
    email_digest bytea       not null,
    ip           text        not null,
    at           timestamptz not null
);
create index login_failures_email_digest_at_idx on connect.login_failures (email_digest, at);
create index login_failures_ip_at_idx on connect.login_failures (ip, at);
create index login_failures_at_idx on connect.login_failures (at);
comment on table  connect.login_failures is 'Failed logins of the last minutes, for the lockout (IDP-18, AUT-6).';
comment on column connect.login_failures.id is 'Row identifier.';
comment on column connect.login_failures.email_digest is 'SHA-256 of the typed address, existing or not.';
comment on column connect.login_failures.ip is 'Address (IPv4) or /64 network (IPv6) of the browser.';
comment on column connect.login_failures.at is 'When.';
