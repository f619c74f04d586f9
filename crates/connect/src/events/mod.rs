//! The audit trail (IDP-26): what happened, to which account, for which relying party, from where.
//!
//! Never a password, a code, a token or a typed address: `detail` is always a fixed word of the program.

mod store;
mod words;

use chrono::{DateTime, Utc};
use iae_server::Address;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;
use crate::operators::Operator;
use crate::{Connect, random};

pub use store::Line;
pub(crate) use store::{of_account, purge};

/// What happened, in the words of the rule book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Name {
    /// A password was accepted.
    Login,
    /// A login was refused.
    LoginError,
    /// Someone was logged out, everywhere.
    Logout,
    /// A logout was refused.
    LogoutError,
    /// An access token was given.
    Token,
    /// A code was sent to a relying party.
    Redirect,
    /// A relying party's request was refused.
    OidcParamsError,
    /// An operator opened an account, or registered a relying party.
    AdminAdd,
    /// An operator changed an account, or a relying party: says what.
    AdminChange,
    /// An operator gave the account another password, or a link to choose one.
    AdminChangePassword,
    /// An account was asked for.
    Register,
    /// It was refused: too many were asked for from there.
    RegisterError,
    /// A mail was written to prove an address.
    SendVerificationEmail,
    /// An address was proved.
    ConfirmEmailAddress,
    /// It was not: says why.
    ConfirmEmailAddressError,
    /// A password was said to be forgotten.
    ForgotPassword,
    /// Another was chosen by a link.
    ResetPassword,
    /// The link served no more.
    ResetPasswordError,
    /// The conditions of use were accepted.
    AcceptTerms,
    /// The password was changed by who knew it.
    ChangePassword,
    /// The password of before was wrong.
    ChangePasswordError,
    /// The same, because it was too weak.
    ChangeWeakPassword,
    /// Names or address changed: says which.
    EditUserInfo,
    /// They did not: says why.
    EditUserInfoError,
    /// An application of codes was added.
    CreateOtpDevice,
    /// It was confirmed by one of its codes.
    ConfirmOtpDevice,
    /// A code was accepted.
    VerifyOtpDevice,
    /// A code, or a backup code, was refused.
    VerifyOtpDeviceError,
    /// An application of codes was removed.
    DeleteOtpDevice,
    /// A passkey was added.
    CreatePasskey,
    /// A passkey was accepted.
    VerifyPasskey,
    /// A passkey was refused.
    VerifyPasskeyError,
    /// A passkey was removed.
    DeletePasskey,
    /// Backup codes were shown, and replace those of before.
    CreateBackupCodes,
    /// A backup code was accepted.
    UseBackupCode,
    /// A relying party took a token back.
    RevokeToken,
    /// A relying party was told of a logout.
    BackchannelLogout,
    /// It did not take it: says why.
    BackchannelLogoutError,
}

impl Name {
    /// Every name: the table's CHECK is compared with it by a test.
    const ALL: [Self; 38] = [
        Self::Login,
        Self::LoginError,
        Self::Logout,
        Self::LogoutError,
        Self::Token,
        Self::Redirect,
        Self::OidcParamsError,
        Self::AdminAdd,
        Self::AdminChange,
        Self::AdminChangePassword,
        Self::Register,
        Self::RegisterError,
        Self::SendVerificationEmail,
        Self::ConfirmEmailAddress,
        Self::ConfirmEmailAddressError,
        Self::ForgotPassword,
        Self::ResetPassword,
        Self::ResetPasswordError,
        Self::AcceptTerms,
        Self::ChangePassword,
        Self::ChangePasswordError,
        Self::ChangeWeakPassword,
        Self::EditUserInfo,
        Self::EditUserInfoError,
        Self::CreateOtpDevice,
        Self::ConfirmOtpDevice,
        Self::VerifyOtpDevice,
        Self::VerifyOtpDeviceError,
        Self::DeleteOtpDevice,
        Self::CreatePasskey,
        Self::VerifyPasskey,
        Self::VerifyPasskeyError,
        Self::DeletePasskey,
        Self::CreateBackupCodes,
        Self::UseBackupCode,
        Self::RevokeToken,
        Self::BackchannelLogout,
        Self::BackchannelLogoutError,
    ];

    /// As stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::LoginError => "login_error",
            Self::Logout => "logout",
            Self::LogoutError => "logout_error",
            Self::Token => "token",
            Self::Redirect => "redirect",
            Self::OidcParamsError => "oidc_params_error",
            Self::AdminAdd => "admin_add",
            Self::AdminChange => "admin_change",
            Self::AdminChangePassword => "admin_change_password",
            Self::Register => "register",
            Self::RegisterError => "register_error",
            Self::SendVerificationEmail => "send_verification_email",
            Self::ConfirmEmailAddress => "confirm_email_address",
            Self::ConfirmEmailAddressError => "confirm_email_address_error",
            Self::ForgotPassword => "forgot_password",
            Self::ResetPassword => "reset_password",
            Self::ResetPasswordError => "reset_password_error",
            Self::AcceptTerms => "accept_terms",
            Self::ChangePassword => "change_password",
            Self::ChangePasswordError => "change_password_error",
            Self::ChangeWeakPassword => "change_weak_password",
            Self::EditUserInfo => "edit_user_info",
            Self::EditUserInfoError => "edit_user_info_error",
            Self::CreateOtpDevice => "create_otp_device",
            Self::ConfirmOtpDevice => "confirm_otp_device",
            Self::VerifyOtpDevice => "verify_otp_device",
            Self::VerifyOtpDeviceError => "verify_otp_device_error",
            Self::DeleteOtpDevice => "delete_otp_device",
            Self::CreatePasskey => "create_passkey",
            Self::VerifyPasskey => "verify_passkey",
            Self::VerifyPasskeyError => "verify_passkey_error",
            Self::DeletePasskey => "delete_passkey",
            Self::CreateBackupCodes => "create_backup_codes",
            Self::UseBackupCode => "use_backup_code",
            Self::RevokeToken => "revoke_token",
            Self::BackchannelLogout => "backchannel_logout",
            Self::BackchannelLogoutError => "backchannel_logout_error",
        }
    }
}

/// Lines that tell the same: what, for which relying party, from where, why.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    name: Name,
    ip: Address,
    client_id: Option<String>,
    detail: Option<&'static str>,
}

/// One line of the trail.
pub(crate) struct Event<'a> {
    name: Name,
    ip: Address,
    account_id: Option<Uuid>,
    actor_id: Option<Uuid>,
    client_id: Option<&'a str>,
    detail: Option<&'static str>,
}

impl<'a> Event<'a> {
    /// An event of which only the origin is known.
    pub(crate) fn new(name: Name, ip: Address) -> Self {
        Self { name, ip, account_id: None, actor_id: None, client_id: None, detail: None }
    }

    /// Whose account is concerned.
    pub(crate) fn account(mut self, id: impl Into<Option<Uuid>>) -> Self {
        self.account_id = id.into();
        self
    }

    /// Which operator did it; none at the command line.
    pub(crate) fn by(mut self, operator: Operator) -> Self {
        self.actor_id = operator.account_id;
        self
    }

    /// Which relying party is concerned; only a registered one, never what a visitor typed.
    pub(crate) fn client(mut self, id: impl Into<Option<&'a str>>) -> Self {
        self.client_id = id.into();
        self
    }

    /// Why.
    pub(crate) fn detail(mut self, word: &'static str) -> Self {
        self.detail = Some(word);
        self
    }

    /// Writes the line of a refusal that anyone may cause without end, unless its like was written within the hour by
    /// this instance: an attack is told, and fills nothing.
    pub(crate) async fn record_once(self, connect: &Connect) -> Result<(), Error> {
        let client_id = self.client_id.map(str::to_owned);
        let kind = Kind { name: self.name, ip: self.ip, client_id, detail: self.detail };
        if !connect.rates().is_news(&kind) {
            return Ok(());
        }
        self.record(&mut *connect.db().acquire().await?, connect.now()).await
    }

    /// Writes the line, in the caller's transaction when there is one.
    pub(crate) async fn record(self, db: &mut PgConnection, now: DateTime<Utc>) -> Result<(), Error> {
        store::insert(db, random::id(now)?, now, &self).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use iae_test_database::migrated;

    use super::*;

    #[tokio::test]
    async fn the_table_accepts_exactly_the_names_of_the_program() {
        let (db, _database) = migrated(&crate::MIGRATOR).await;
        let accepted = store::accepted_names(&db).await.unwrap();
        let known: Vec<&str> = Name::ALL.iter().map(|name| name.as_str()).collect();
        for name in &known {
            assert!(accepted.contains(&format!("'{name}'")), "{name} is missing from the CHECK");
        }
        assert_eq!(
            accepted.matches("::text").count(),
            known.len(),
            "the CHECK knows other names: {accepted}"
        );
    }
}
