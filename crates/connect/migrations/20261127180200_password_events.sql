-- An operator gives an account another password.
alter table connect.events
    drop constraint events_name_check,
    add constraint events_name_check check (name in (
        'login', 'login_error', 'logout', 'logout_error', 'token', 'redirect', 'oidc_params_error',
        'admin_change_password'));
