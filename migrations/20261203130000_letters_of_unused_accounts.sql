-- The holder of an account that nobody used is told that it is closed, at the address it had (USR-16).
ALTER TABLE account_letters DROP CONSTRAINT account_letters_kind_check;
ALTER TABLE account_letters ADD CONSTRAINT account_letters_kind_check CHECK (kind IN (
    'account_sign_up', 'account_already_there', 'account_nir_known', 'account_activation', 'account_password_reset',
    'account_signs_in_elsewhere', 'account_unknown', 'account_locked', 'account_email_to_confirm',
    'account_email_taken', 'account_email_changed', 'account_password_changed', 'account_backup_code_used',
    'account_of_team', 'account_unused'
));
