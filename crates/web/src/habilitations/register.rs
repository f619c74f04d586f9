//! `/prescribers/register`: who is authorised to prescribe, by département, for everyone (PRE-28; guide P1 §5). Whoever is signed in takes
//! it away as a file.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::habilitations::register::list::{AuthorisedPrescribers, AuthorisedRow};
use iae_app::list::open;
use iae_domain::Actor;

use crate::error::{PageError, PageResult, ok, ok_mistaken};
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{PrescriberPath, PrescriberRegisterPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/register.html")]
pub struct RegisterPage {
    layout: Layout,
    view: View,
}

impl Shown for AuthorisedPrescribers {
    const NOUN: [&'static str; 3] = ["organisation", "organisations", "Aucune organisation ne correspond"];

    fn path(&self) -> String {
        PrescriberRegisterPath.to_string()
    }

    fn look(&self, column: &str, row: &AuthorisedRow) -> Look {
        match column {
            "name" => Look::Link(PrescriberPath { id: row.id }.to_string()),
            _ => Look::Plain,
        }
    }
}

/// Shows the register.
pub async fn get(
    _: PrescriberRegisterPath,
    State(state): State<WebState>,
    visitor: Ctx<()>,
    ctx: Option<Ctx<Actor>>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = AuthorisedPrescribers::on(visitor.today());
    if let Some(ctx) = ctx {
        return list::show(&state, &ctx, list, raw, |view| RegisterPage { layout, view }).await;
    }
    let raw = raw.unwrap_or_default();
    if raw.split('&').any(|pair| pair.starts_with("format=")) {
        return Err(PageError::LoginRequired { return_to: format!("{PrescriberRegisterPath}?{raw}") });
    }
    let opened = open(&state.db, list, &raw).await?;
    let is_mistaken = !opened.asked.mistakes().is_empty();
    let page = RegisterPage { layout, view: View::new(opened, visitor.today()) };
    if is_mistaken { ok_mistaken(&page) } else { ok(&page) }
}
