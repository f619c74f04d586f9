-- What people do with their account, in the words of IDP-26.
alter table connect.events
    drop constraint events_name_check,
    add constraint events_name_check check (name in (
        'login', 'login_error', 'logout', 'logout_error', 'token', 'redirect', 'oidc_params_error',
        'admin_change_password',
        'register', 'register_error', 'send_verification_email', 'confirm_email_address',
        'confirm_email_address_error', 'forgot_password', 'reset_password', 'reset_password_error', 'accept_terms',
        'change_password', 'change_password_error', 'change_weak_password', 'edit_user_info', 'edit_user_info_error'));
