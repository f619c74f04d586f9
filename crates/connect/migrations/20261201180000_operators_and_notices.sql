-- Operators look after accounts and relying parties from pages of their own (IDP-25); the trail says which of them did what. A
-- session remembers the factor that opened it (AUT-24), people are told by mail when their account changes, and a relying party
-- may say where it begins a sign-in of its own. The version that still runs leaves the new columns as they are by default.
alter table connect.accounts add column is_operator boolean not null default false;
comment on column connect.accounts.is_operator is 'May look after accounts and relying parties, with two factors. Given at the command line only.';

alter table connect.sessions add column factor_id uuid;
comment on column connect.sessions.factor_id is 'Application or passkey that opened it, or raised it; empty after a password alone or a backup code. No foreign key: it is one or the other.';

alter table connect.clients add column initiate_login_uri text;
comment on column connect.clients.initiate_login_uri is 'Where it begins a sign-in of its own (OpenID Connect Core §4): who confirms an address in another browser than the one that asked goes there.';

alter table connect.emails
    drop constraint emails_kind_check,
    add constraint emails_kind_check check (kind in (
        'account_locked', 'sign_up', 'password_reset', 'password_changed',
        'email_change_asked', 'email_change_to_confirm', 'email_changed', 'backup_code_used',
        'account_created', 'factor_added', 'factor_removed', 'backup_codes_renewed', 'names_changed'));

alter table connect.events
    add column actor_id uuid,
    drop constraint events_name_check,
    add constraint events_name_check check (name in (
        'login', 'login_error', 'logout', 'logout_error', 'token', 'redirect', 'oidc_params_error',
        'admin_add', 'admin_change', 'admin_change_password', 'register', 'register_error',
        'send_verification_email', 'confirm_email_address',
        'confirm_email_address_error', 'forgot_password', 'reset_password', 'reset_password_error', 'accept_terms',
        'change_password', 'change_password_error', 'change_weak_password', 'edit_user_info', 'edit_user_info_error',
        'create_otp_device', 'confirm_otp_device', 'verify_otp_device', 'verify_otp_device_error',
        'delete_otp_device', 'create_passkey', 'verify_passkey', 'verify_passkey_error', 'delete_passkey',
        'create_backup_codes', 'use_backup_code', 'revoke_token', 'backchannel_logout', 'backchannel_logout_error'));
comment on column connect.events.actor_id is 'Operator who did it from a page; empty at the command line, and for what the holder of the account did. No foreign key.';
