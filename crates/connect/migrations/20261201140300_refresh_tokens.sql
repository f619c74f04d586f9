-- What a code was worth may be renewed: the code names the family, and everything of it goes with it.
alter table connect.authorization_codes
    add column session_id uuid,
    add column amr        text[] not null default '{pwd}';
create index authorization_codes_session_id_idx on connect.authorization_codes (session_id);
comment on column connect.authorization_codes.session_id is 'Session it was given from; no foreign key, what was given outlives a session that ends by itself.';
comment on column connect.authorization_codes.amr is 'How the person had proved who they are: claim amr.';

alter table connect.access_tokens drop constraint access_tokens_code_id_key;
create index access_tokens_code_id_idx on connect.access_tokens (code_id);
comment on column connect.access_tokens.code_id is 'Code it came from, at first or by a refresh token: its replay revokes them all.';

create table connect.refresh_tokens (
    id         uuid        not null constraint refresh_tokens_pkey primary key,
    token_hash bytea       not null constraint refresh_tokens_token_hash_key unique,
    code_id    uuid        not null constraint refresh_tokens_code_id_fkey references connect.authorization_codes on delete cascade,
    session_id uuid        not null constraint refresh_tokens_session_id_fkey references connect.sessions on delete cascade,
    issued_at  timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index refresh_tokens_code_id_idx on connect.refresh_tokens (code_id);
create index refresh_tokens_session_id_idx on connect.refresh_tokens (session_id);
create index refresh_tokens_expires_at_idx on connect.refresh_tokens (expires_at);
comment on table  connect.refresh_tokens is 'A token exchanged once for others: another use is a theft, and its family ends (RFC 9700 §4.14).';
comment on column connect.refresh_tokens.id is 'Row identifier.';
comment on column connect.refresh_tokens.token_hash is 'SHA-256 of the token.';
comment on column connect.refresh_tokens.code_id is 'Code its family began with: whose it is, for which relying party, for what.';
comment on column connect.refresh_tokens.session_id is 'Session it ends with.';
comment on column connect.refresh_tokens.issued_at is 'When it was handed out.';
comment on column connect.refresh_tokens.expires_at is 'End of validity, never after its session''s.';
comment on column connect.refresh_tokens.used_at is 'When it was exchanged.';
