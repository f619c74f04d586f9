-- Second factors: applications that give codes (TOTP), passkeys, and backup codes for the day they are lost.
create table connect.totp_devices (
    id           uuid        not null constraint totp_devices_pkey primary key,
    account_id   uuid        not null constraint totp_devices_account_id_fkey references connect.accounts on delete cascade,
    name         text        not null constraint totp_devices_name_check check (name <> '' and length(name) <= 60),
    sealed       bytea       not null,
    last_step    bigint      not null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null
);
create unique index totp_devices_account_id_name_key on connect.totp_devices (account_id, lower(name));
comment on table  connect.totp_devices is 'An application that gives the codes of an account (RFC 6238), confirmed by one of them.';
comment on column connect.totp_devices.id is 'Row identifier.';
comment on column connect.totp_devices.account_id is 'Whose.';
comment on column connect.totp_devices.name is 'What its holder calls it.';
comment on column connect.totp_devices.sealed is 'Secret shared with the application, sealed with the operator''s secret, bound to the account.';
comment on column connect.totp_devices.last_step is 'Step of the last code accepted: neither it nor those before are accepted again.';
comment on column connect.totp_devices.created_at is 'When it was confirmed.';
comment on column connect.totp_devices.last_used_at is 'When one of its codes was last accepted.';

create table connect.passkeys (
    id            uuid        not null constraint passkeys_pkey primary key,
    account_id    uuid        not null constraint passkeys_account_id_fkey references connect.accounts on delete cascade,
    credential_id bytea       not null constraint passkeys_credential_id_key unique,
    credential    jsonb       not null,
    name          text        not null constraint passkeys_name_check check (name <> '' and length(name) <= 60),
    created_at    timestamptz not null,
    last_used_at  timestamptz
);
create index passkeys_account_id_idx on connect.passkeys (account_id);
comment on table  connect.passkeys is 'A passkey (WebAuthn): its public key, never anything that signs.';
comment on column connect.passkeys.id is 'Row identifier.';
comment on column connect.passkeys.account_id is 'Whose.';
comment on column connect.passkeys.credential_id is 'How its authenticator calls it.';
comment on column connect.passkeys.credential is 'Public key, counter and flags, as the library of WebAuthn keeps them.';
comment on column connect.passkeys.name is 'What its holder calls it.';
comment on column connect.passkeys.created_at is 'When it was registered.';
comment on column connect.passkeys.last_used_at is 'When it last signed someone in.';

create table connect.backup_codes (
    id         uuid        not null constraint backup_codes_pkey primary key,
    account_id uuid        not null constraint backup_codes_account_id_fkey references connect.accounts on delete cascade,
    code_hash  bytea       not null constraint backup_codes_code_hash_check check (length(code_hash) = 32),
    created_at timestamptz not null,
    used_at    timestamptz,
    constraint backup_codes_account_id_code_hash_key unique (account_id, code_hash)
);
comment on table  connect.backup_codes is 'Codes shown once, each of which stands in once for a factor that is not at hand.';
comment on column connect.backup_codes.id is 'Row identifier.';
comment on column connect.backup_codes.account_id is 'Whose.';
comment on column connect.backup_codes.code_hash is 'SHA-256 of the code, which is random: 80 bits.';
comment on column connect.backup_codes.created_at is 'When it was shown.';
comment on column connect.backup_codes.used_at is 'When it served.';

create table connect.factor_tries (
    account_id  uuid        not null constraint factor_tries_pkey primary key
                            constraint factor_tries_account_id_fkey references connect.accounts on delete cascade,
    failures    integer     not null,
    next_try_at timestamptz not null
);
comment on table  connect.factor_tries is 'Wrong codes in a row: the next one waits, longer and longer (AUT-21).';
comment on column connect.factor_tries.account_id is 'Of which account.';
comment on column connect.factor_tries.failures is 'How many since the last right one.';
comment on column connect.factor_tries.next_try_at is 'Before this no code is looked at.';
