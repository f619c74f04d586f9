-- Mails of the provider: written with what they tell of, sent by a running instance afterwards.
create table connect.emails (
    id          uuid        not null constraint emails_pkey primary key,
    account_id  uuid        not null constraint emails_account_id_fkey references connect.accounts on delete cascade,
    kind        text        not null constraint emails_kind_check check (kind in ('account_locked')),
    created_at  timestamptz not null,
    next_try_at timestamptz not null,
    tries       integer     not null default 0,
    sent_at     timestamptz
);
create index emails_account_id_created_at_idx on connect.emails (account_id, created_at);
create index emails_next_try_at_idx on connect.emails (next_try_at) where sent_at is null;
comment on table  connect.emails is 'Mails to holders of accounts. Their text is in the program, their address in the account.';
comment on column connect.emails.id is 'Row identifier, and Message-ID: a server that takes it twice shows it once.';
comment on column connect.emails.account_id is 'To whom.';
comment on column connect.emails.kind is 'What it tells.';
comment on column connect.emails.created_at is 'When what it tells happened.';
comment on column connect.emails.next_try_at is 'When it is tried next; moved before each try.';
comment on column connect.emails.tries is 'How many times it was tried.';
comment on column connect.emails.sent_at is 'When a server took it.';
