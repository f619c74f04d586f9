-- Mails may tell of something else than an account: who asks for one has none yet. The version that still runs sends those it
-- knows, and skips the others, which have no account.
alter table connect.emails
    alter column account_id drop not null,
    add column sign_up_id        uuid constraint emails_sign_up_id_fkey references connect.sign_ups on delete cascade,
    add column password_reset_id uuid constraint emails_password_reset_id_fkey references connect.password_resets on delete cascade,
    add column email_change_id   uuid constraint emails_email_change_id_fkey references connect.email_changes on delete cascade,
    drop constraint emails_kind_check,
    add constraint emails_kind_check check (kind in (
        'account_locked', 'sign_up', 'password_reset', 'password_changed',
        'email_change_asked', 'email_change_to_confirm', 'email_changed', 'backup_code_used')),
    add constraint emails_about_check check (num_nonnulls(account_id, sign_up_id, password_reset_id, email_change_id) = 1);
create index emails_sign_up_id_idx on connect.emails (sign_up_id) where sign_up_id is not null;
create index emails_password_reset_id_idx on connect.emails (password_reset_id) where password_reset_id is not null;
create index emails_email_change_id_idx on connect.emails (email_change_id) where email_change_id is not null;
comment on table  connect.emails is 'Mails to people who have an account, or ask for one. Their text is in the program, their address where they tell of.';
comment on column connect.emails.account_id is 'The account they tell of; one of the four is known.';
comment on column connect.emails.sign_up_id is 'The sign-up they tell of.';
comment on column connect.emails.password_reset_id is 'The forgotten password they tell of.';
comment on column connect.emails.email_change_id is 'The change of address they tell of.';
