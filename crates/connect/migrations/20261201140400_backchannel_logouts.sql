-- Relying parties are told, server to server, that someone was logged out: written with the logout, sent afterwards.
create table connect.backchannel_logouts (
    id          uuid        not null constraint backchannel_logouts_pkey primary key,
    client_id   text        not null constraint backchannel_logouts_client_id_fkey references connect.clients on delete cascade,
    account_id  uuid        not null constraint backchannel_logouts_account_id_fkey references connect.accounts on delete cascade,
    session_id  uuid,
    created_at  timestamptz not null,
    next_try_at timestamptz not null,
    tries       integer     not null default 0,
    sent_at     timestamptz
);
create index backchannel_logouts_next_try_at_idx on connect.backchannel_logouts (next_try_at) where sent_at is null;
create index backchannel_logouts_created_at_idx on connect.backchannel_logouts (created_at);
create index backchannel_logouts_client_id_idx on connect.backchannel_logouts (client_id);
create index backchannel_logouts_account_id_idx on connect.backchannel_logouts (account_id);
comment on table  connect.backchannel_logouts is 'Logout tokens to send (OpenID Connect Back-Channel Logout 1.0).';
comment on column connect.backchannel_logouts.id is 'Row identifier.';
comment on column connect.backchannel_logouts.client_id is 'Who is told.';
comment on column connect.backchannel_logouts.account_id is 'Who was logged out.';
comment on column connect.backchannel_logouts.session_id is 'Of which session; empty: of all.';
comment on column connect.backchannel_logouts.created_at is 'When it happened.';
comment on column connect.backchannel_logouts.next_try_at is 'When it is tried next; moved before each try.';
comment on column connect.backchannel_logouts.tries is 'How many times it was tried.';
comment on column connect.backchannel_logouts.sent_at is 'When the relying party took it.';

alter table connect.client_logins add column logged_out_at timestamptz;
comment on column connect.client_logins.logged_out_at is 'When the relying party was told that every session of the person ended; empty once they came back.';
