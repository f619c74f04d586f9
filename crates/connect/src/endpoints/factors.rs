//! `GET /factors`: the second factors of one's account. Who has one shows it before any of them changes.

mod added;
pub(super) mod application;
pub(super) mod backup_codes;
pub(super) mod passkey;
pub(super) mod removal;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};

use self::added::{added, onwards};
use super::FACTORS;
use super::forms::{Asking, action, shown};
use super::owner::Owner;
use crate::Connect;
use crate::browser::Browser;
use crate::error::PageError;
use crate::factors::{self, Factors, Listed};
use crate::page::Layout;

/// What is said of one more than an account may have.
const TOO_MANY: &str =
    "Votre compte a déjà dix moyens de double authentification\u{a0}: retirez-en un d’abord.";

#[derive(Template)]
#[template(path = "connect/factors.html")]
struct FactorsPage<'a> {
    layout: Layout<'a>,
    factors: Factors,
    /// A relying party asks for two factors: one is added before going on.
    is_due: bool,
    add_application: String,
    /// Where a passkey is added, where passkeys are made.
    add_passkey: Option<String>,
}

impl FactorsPage<'_> {
    fn since(factor: &Listed) -> String {
        day(factor.created_at)
    }

    fn last_used(factor: &Listed) -> String {
        factor.last_used_at.map_or("Jamais".to_owned(), day)
    }

    fn removal(&self, factor: &Listed) -> String {
        format!("{}{FACTORS}/removal?kind={}&id={}", self.layout.base_path, factor.kind.word(), factor.id)
    }
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    Owner { account, .. }: Owner,
    browser: Browser,
) -> Result<Response, PageError> {
    let asking = Asking::find(&connect, query.as_deref(), &browser);
    let base_path = connect.config().base_path();
    let add = |what: &str| action(base_path, &format!("{FACTORS}/{what}"), asking.as_ref());
    let factors = factors::find(&connect, account.id).await?;
    let page = FactorsPage {
        layout: Layout { base_path },
        is_due: asking.is_some() && factors.all.is_empty(),
        add_application: add("application"),
        add_passkey: connect.passkeys().map(|_| add("passkey")),
        factors,
    };
    shown(StatusCode::OK, &page, None)
}

/// A day, as people write it.
fn day(at: DateTime<Utc>) -> String {
    at.format("%d/%m/%Y").to_string()
}

/// What a factor is called by its holder, when it can be.
fn name(typed: Option<&str>) -> Option<String> {
    let name = typed.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !name.is_empty() && name.chars().count() <= factors::LONGEST_NAME;
    (fits && !name.chars().any(char::is_control)).then_some(name)
}
