-- People open their account, recover it and change it by themselves. What waits for an address to be proved lives in tables of
-- its own: an account has verified addresses only (IDP-11). No link of a mail is kept: it is sealed, and carries the row's
-- identifier. Every statement leaves the version that still runs as it was.
alter table connect.accounts
    add column weak_password_since timestamptz,
    add column terms_accepted_at   timestamptz;
comment on column connect.accounts.weak_password_since is 'When the password typed at sign-in was first found too weak: another is asked before anything else (IDP-16, IDP-17).';
comment on column connect.accounts.terms_accepted_at is 'When the person accepted the conditions of use and the privacy policy; empty for accounts opened by an operator.';

create table connect.sign_ups (
    id            uuid        not null constraint sign_ups_pkey primary key,
    email         text        not null constraint sign_ups_email_check check (email = lower(btrim(email)) and length(email) <= 254),
    given_name    text        not null constraint sign_ups_given_name_check check (given_name <> ''),
    family_name   text        not null constraint sign_ups_family_name_check check (family_name <> ''),
    password_hash text        not null constraint sign_ups_password_hash_check check (password_hash like '$argon2id$%'),
    browser_hash  bytea       not null constraint sign_ups_browser_hash_check check (length(browser_hash) = 32),
    request       text,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    confirmed_at  timestamptz
);
create index sign_ups_email_idx on connect.sign_ups (email);
create index sign_ups_expires_at_idx on connect.sign_ups (expires_at);
comment on table  connect.sign_ups is 'Accounts asked for and not yet proved by mail (IDP-11). Also written, alike, for an address that has an account: the mail tells.';
comment on column connect.sign_ups.id is 'Row identifier, carried sealed by the link of the mail.';
comment on column connect.sign_ups.email is 'Address typed, lower case. Several may ask for the same: the link says which.';
comment on column connect.sign_ups.given_name is 'First name.';
comment on column connect.sign_ups.family_name is 'Last name.';
comment on column connect.sign_ups.password_hash is 'Argon2id of the password chosen; asked again where the link opens in another browser.';
comment on column connect.sign_ups.browser_hash is 'SHA-256 of the cookie of the browser that asked.';
comment on column connect.sign_ups.request is 'Request of the relying party, sealed, to be resumed (IDP-4).';
comment on column connect.sign_ups.created_at is 'When it was asked.';
comment on column connect.sign_ups.expires_at is 'When the link serves no more; a mail sent again moves it.';
comment on column connect.sign_ups.confirmed_at is 'When the account was made.';

create table connect.password_resets (
    id         uuid        not null constraint password_resets_pkey primary key,
    email      text        not null constraint password_resets_email_check check (email = lower(btrim(email)) and length(email) <= 254),
    request    text,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index password_resets_expires_at_idx on connect.password_resets (expires_at);
comment on table  connect.password_resets is 'Forgotten passwords, told for any address, with an account or without (IDP-14): the mail tells.';
comment on column connect.password_resets.id is 'Row identifier, carried sealed by the link of the mail, with a digest of the password hash: it serves once.';
comment on column connect.password_resets.email is 'Address typed, lower case.';
comment on column connect.password_resets.request is 'Request of the relying party, sealed, to be resumed (IDP-4).';
comment on column connect.password_resets.created_at is 'When it was asked.';
comment on column connect.password_resets.expires_at is 'When the link serves no more.';

create table connect.email_changes (
    id            uuid        not null constraint email_changes_pkey primary key,
    account_id    uuid        not null constraint email_changes_account_id_fkey references connect.accounts on delete cascade,
    former_email  text        not null,
    new_email     text        not null constraint email_changes_new_email_check check (new_email = lower(btrim(new_email)) and length(new_email) <= 254),
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    confirmed_at  timestamptz,
    cancelled_at  timestamptz,
    reserved_until timestamptz not null
);
create index email_changes_account_id_idx on connect.email_changes (account_id);
create index email_changes_former_email_idx on connect.email_changes (former_email);
create index email_changes_reserved_until_idx on connect.email_changes (reserved_until);
comment on table  connect.email_changes is 'A change of address: the new one confirms it, the former one is told and may take it back (IDP-13).';
comment on column connect.email_changes.id is 'Row identifier, carried sealed by the links of both mails.';
comment on column connect.email_changes.account_id is 'Whose.';
comment on column connect.email_changes.former_email is 'Address until then.';
comment on column connect.email_changes.new_email is 'Address typed, lower case; taken or not, the page says the same.';
comment on column connect.email_changes.created_at is 'When it was asked.';
comment on column connect.email_changes.expires_at is 'When the new address cannot confirm any more.';
comment on column connect.email_changes.confirmed_at is 'When the account got the new address.';
comment on column connect.email_changes.cancelled_at is 'When the former address said no.';
comment on column connect.email_changes.reserved_until is 'Until when the former address may say no, and is nobody else''s.';

create table connect.mail_requests (
    id           uuid        not null constraint mail_requests_pkey primary key,
    email_digest bytea       not null,
    ip           text        not null,
    at           timestamptz not null
);
create index mail_requests_email_digest_at_idx on connect.mail_requests (email_digest, at);
create index mail_requests_ip_at_idx on connect.mail_requests (ip, at);
create index mail_requests_at_idx on connect.mail_requests (at);
comment on table  connect.mail_requests is 'Forms of the last hour that send a mail: so many for an address, so many from an IP.';
comment on column connect.mail_requests.id is 'Row identifier.';
comment on column connect.mail_requests.email_digest is 'SHA-256 of the typed address, existing or not.';
comment on column connect.mail_requests.ip is 'Address (IPv4) or /64 network (IPv6) of the browser.';
comment on column connect.mail_requests.at is 'When.';
