-- Audit trail of the provider (IDP-26).
create table connect.events (
    id         uuid        not null constraint events_pkey primary key,
    at         timestamptz not null,
    name       text        not null constraint events_name_check check (name in (
                               'login', 'login_error', 'logout', 'logout_error', 'token', 'redirect', 'oidc_params_error')),
    account_id uuid,
    client_id  text,
    ip         text        not null,
    detail     text
);
create index events_at_idx on connect.events (at);
create index events_account_id_at_idx on connect.events (account_id, at);
comment on table  connect.events is 'What happened, append only. Never a password, a code, a token or a typed address.';
comment on column connect.events.id is 'Row identifier.';
comment on column connect.events.at is 'When.';
comment on column connect.events.name is 'What, in the words of the rule book.';
comment on column connect.events.account_id is 'Whose account, when known; no foreign key, the trail outlives the account.';
comment on column connect.events.client_id is 'Which relying party, when known and registered.';
comment on column connect.events.ip is 'Address (IPv4) or /64 network (IPv6) of the browser or of the relying party.';
comment on column connect.events.detail is 'Why, as a fixed word of the program.';
