-- How a session was opened, from where, and when it last served: for its holder, who may end it, and for relying parties (acr, amr).
-- The version that still runs opens them with a password, and leaves the rest as it is by default.
alter table connect.sessions
    add column amr          text[]      not null default '{pwd}'
                            constraint sessions_amr_check check (amr <@ '{pwd,otp,pop,mfa}' and cardinality(amr) > 0),
    add column user_agent   text        not null default '',
    add column ip           text        not null default '',
    add column last_seen_at timestamptz;
comment on column connect.sessions.amr is 'How the person proved who they are: claim amr.';
comment on column connect.sessions.user_agent is 'What the browser said it is, cut to 400 characters: told to the holder of the account in words.';
comment on column connect.sessions.ip is 'Address (IPv4) or /64 network (IPv6) of the browser.';
comment on column connect.sessions.last_seen_at is 'When a code was last given from it; empty as long as none was since it was opened.';
comment on column connect.sessions.id is 'Row identifier: claim sid.';

-- Which relying parties a session let someone into: they are told when it ends.
create table connect.session_clients (
    session_id uuid not null constraint session_clients_session_id_fkey references connect.sessions on delete cascade,
    client_id  text not null constraint session_clients_client_id_fkey references connect.clients on delete cascade,
    constraint session_clients_pkey primary key (session_id, client_id)
);
create index session_clients_client_id_idx on connect.session_clients (client_id);
comment on table  connect.session_clients is 'Relying parties that got a code from a session.';
comment on column connect.session_clients.session_id is 'The session.';
comment on column connect.session_clients.client_id is 'The relying party.';
