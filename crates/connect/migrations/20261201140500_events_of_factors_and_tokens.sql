-- Second factors, tokens taken back, relying parties told of logouts, in the words of IDP-26 where it has some.
alter table connect.events
    drop constraint events_name_check,
    add constraint events_name_check check (name in (
        'login', 'login_error', 'logout', 'logout_error', 'token', 'redirect', 'oidc_params_error',
        'admin_change_password', 'register', 'register_error', 'send_verification_email', 'confirm_email_address',
        'confirm_email_address_error', 'forgot_password', 'reset_password', 'reset_password_error', 'accept_terms',
        'change_password', 'change_password_error', 'change_weak_password', 'edit_user_info', 'edit_user_info_error',
        'create_otp_device', 'confirm_otp_device', 'verify_otp_device', 'verify_otp_device_error',
        'delete_otp_device', 'create_passkey', 'verify_passkey', 'verify_passkey_error', 'delete_passkey',
        'create_backup_codes', 'use_backup_code', 'revoke_token', 'backchannel_logout', 'backchannel_logout_error'));
