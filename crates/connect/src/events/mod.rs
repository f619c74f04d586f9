//! The audit trail (IDP-26): what happened, to which account, for which relying party, from where.
//!
//! Never a password, a code, a token or a typed address: `detail` is always a fixed word of the program.

mod store;

use chrono::{DateTime, Utc};
use iae_server::Address;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Error;
use crate::{Connect, random};

pub(crate) use store::purge;

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
    /// An operator gave the account another password.
    AdminChangePassword,
}

impl Name {
    /// Every name: the table's CHECK is compared with it by a test.
    #[cfg(test)]
    const ALL: [Self; 8] = [
        Self::Login,
        Self::LoginError,
        Self::Logout,
        Self::LogoutError,
        Self::Token,
        Self::Redirect,
        Self::OidcParamsError,
        Self::AdminChangePassword,
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
            Self::AdminChangePassword => "admin_change_password",
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
    client_id: Option<&'a str>,
    detail: Option<&'static str>,
}

impl<'a> Event<'a> {
    /// An event of which only the origin is known.
    pub(crate) fn new(name: Name, ip: Address) -> Self {
        Self { name, ip, account_id: None, client_id: None, detail: None }
    }

    /// Whose account is concerned.
    pub(crate) fn account(mut self, id: impl Into<Option<Uuid>>) -> Self {
        self.account_id = id.into();
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
