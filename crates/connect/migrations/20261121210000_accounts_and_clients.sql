-- Who may sign in, and to which relying parties.
-- The schema is created by the migrator (sqlx.toml); the line below serves those who apply the files by hand.
create schema if not exists connect;

create table connect.accounts (
    id            uuid        not null constraint accounts_pkey primary key,
    email         text        not null constraint accounts_email_key unique
                              constraint accounts_email_check check (email = lower(btrim(email)) and length(email) <= 254),
    given_name    text        not null constraint accounts_given_name_check check (given_name <> ''),
    family_name   text        not null constraint accounts_family_name_check check (family_name <> ''),
    password_hash text        not null constraint accounts_password_hash_check check (password_hash like '$argon2id$%'),
    active        boolean     not null default true,
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);
comment on table  connect.accounts is 'A person who signs in. The e-mail address is verified: an unverified one will live elsewhere (IDP-11).';
comment on column connect.accounts.id is 'The subject (sub) that relying parties key on; never changes (IDP-7).';
comment on column connect.accounts.email is 'Verified address, in lower case: signing in ignores case (IDP-10).';
comment on column connect.accounts.given_name is 'First name, claim given_name.';
comment on column connect.accounts.family_name is 'Last name, claims family_name and usual_name.';
comment on column connect.accounts.password_hash is 'Argon2id, PHC format.';
comment on column connect.accounts.active is 'False closes the account: no login, no token, no claim.';
comment on column connect.accounts.created_at is 'When the account was made.';
comment on column connect.accounts.updated_at is 'When names, address, password or state last changed.';

create table connect.clients (
    id                        text        not null constraint clients_pkey primary key,
    name                      text        not null,
    secret_hash               bytea       not null constraint clients_secret_hash_check check (length(secret_hash) = 32),
    redirect_uris             text[]      not null,
    post_logout_redirect_uris text[]      not null,
    created_at                timestamptz not null,
    updated_at                timestamptz not null
);
comment on table  connect.clients is 'A relying party: an application that lets people sign in here.';
comment on column connect.clients.id is 'client_id.';
comment on column connect.clients.name is 'Name shown to people on the login page.';
comment on column connect.clients.secret_hash is 'SHA-256 of client_secret, which is long and random.';
comment on column connect.clients.redirect_uris is 'Where codes may be sent; at most one * inside the left-most host label (IDP-3).';
comment on column connect.clients.post_logout_redirect_uris is 'Where people may be sent after logging out; same rule.';
comment on column connect.clients.created_at is 'When the client was registered.';
comment on column connect.clients.updated_at is 'When its registration last changed.';

create table connect.client_logins (
    account_id    uuid        not null constraint client_logins_account_id_fkey references connect.accounts on delete cascade,
    client_id     text        not null constraint client_logins_client_id_fkey references connect.clients on delete cascade,
    last_login_at timestamptz not null,
    constraint client_logins_pkey primary key (account_id, client_id)
);
comment on table  connect.client_logins is 'Last login of each person at each relying party (IDP-9).';
comment on column connect.client_logins.account_id is 'Who.';
comment on column connect.client_logins.client_id is 'Where.';
comment on column connect.client_logins.last_login_at is 'When a code was last given.';
