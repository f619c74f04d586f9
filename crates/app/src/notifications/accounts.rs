//! Mails about accounts.

mod queries;

use askama::Template;
use iae_domain::budget::Budget;
use iae_domain::ids::UserId;
use iae_domain::notifications::{AccountMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Account;

/// Writes mails about accounts; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, AccountMail, UserId)>,
) -> Result<Vec<Written>> {
    let facts = queries::accounts(db, mails.iter().map(|(.., id)| *id)).await?;
    let link = &links::login(desk.config);
    let write = |(notice, mail, id)| {
        let account = facts.get(&id).ok_or(Error::NotFound)?;
        let support = desk.config.support_email.as_str();
        let text = match mail {
            AccountMail::BudgetSpent => text!(BudgetSpent { account, support })?,
            AccountMail::Merged => text!(Merged { account, support, link })?,
            AccountMail::ClosingAnnounced => text!(ClosingAnnounced { account, link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To the team and the administrators of the organisation: someone looked up, or sent in, all they may for now.
#[derive(Template)]
#[template(path = "emails/account_budget_spent.txt", escape = "none", blocks = ["subject", "body"])]
struct BudgetSpent<'a> {
    account: &'a Account,
    support: &'a str,
}

/// To the professional: the team made one account of their two.
#[derive(Template)]
#[template(path = "emails/account_merged.txt", escape = "none", blocks = ["subject", "body"])]
struct Merged<'a> {
    account: &'a Account,
    support: &'a str,
    link: &'a Url,
}

/// To a professional whose account goes in a month unless they sign in (USR-16).
#[derive(Template)]
#[template(path = "emails/account_closing_announced.txt", escape = "none", blocks = ["subject", "body"])]
struct ClosingAnnounced<'a> {
    account: &'a Account,
    link: &'a Url,
}
