//! `/pass`: the PASS of a company's employees, or of the people a prescripteur habilité accompanies.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::pagination::{Cursor, Page};
use iae_app::pass::queries::{self, PassRow};
use iae_domain::Actor;
use iae_domain::pass::validity::{ENDS_SOON_DAYS, state};
use iae_domain::pass::{PassState, remaining};
use iae_domain::policy::Denied;
use serde::Deserialize;

use super::show::ShowPath;
use crate::applications::state_badge::{self, StateBadge};
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The list.
#[derive(TypedPath, Deserialize)]
#[typed_path("/pass")]
pub struct IndexPath;

/// The filters, as they stand in the URL; what makes no sense narrows nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct IndexQuery {
    state: Vec<String>,
    after: String,
}

/// The page.
#[derive(Template)]
#[template(path = "pass/index.html")]
pub struct IndexPage {
    layout: Layout,
    is_employer: bool,
    states: Vec<PassState>,
    rows: Vec<PassRow>,
    next: Option<String>,
    today: NaiveDate,
}

impl IndexPage {
    fn title(&self) -> &'static str {
        if self.is_employer { "Salariés et PASS IAE" } else { "PASS IAE des personnes accompagnées" }
    }

    fn choices(&self) -> Vec<Choice> {
        let choice = |state: &PassState| {
            Choice::new(state.code(), state.label()).selected_if(self.states.contains(state))
        };
        PassState::ALL.iter().map(choice).collect()
    }

    fn badge(&self, row: &PassRow) -> StateBadge {
        state_badge::of_pass(state(row.period(), self.today))
    }

    fn remaining(&self, row: &PassRow) -> String {
        remaining(row.period(), self.today)
    }

    fn ends_soon(&self, row: &PassRow) -> bool {
        (1..ENDS_SOON_DAYS).contains(&row.period().days_left(self.today))
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn href(&self, row: &PassRow) -> String {
        ShowPath { id: row.id }.to_string()
    }
}

/// Shows the list.
pub async fn get(
    _: IndexPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Query(query): Query<IndexQuery>,
) -> PageResult {
    let states: Vec<_> = query.state.iter().filter_map(|code| PassState::parse(code)).collect();
    let cursor = Cursor::decode(&query.after);
    let (is_employer, page) = match &ctx.actor {
        Actor::Employer(actor) => {
            (true, queries::of_employees(&app.db, &ctx.with(actor.clone()), &states, cursor).await?)
        }
        Actor::Prescriber(actor) if actor.authorised => {
            (false, queries::of_caseload(&app.db, &ctx.with(actor.clone()), &states, cursor).await?)
        }
        Actor::Prescriber(_) => return Err(iae_app::Error::from(Denied::NotAuthorised).into()),
        Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            return Err(iae_app::Error::from(Denied::Role).into());
        }
    };
    let Page { rows, next } = page;
    let next = next.map(|cursor| {
        let mut pairs: Vec<_> = states.iter().map(|state| ("state", state.code().to_owned())).collect();
        pairs.push(("after", cursor.encode()));
        format!("{IndexPath}?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    });
    ok(&IndexPage { layout, is_employer, states, rows, next, today: ctx.today() })
}
