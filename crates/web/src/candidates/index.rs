//! `/candidates`: the people the organisation accompanies (ACP-1 to ACP-3).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::candidates::queries::{CandidateFilters, CandidateRow, Passes, candidates};
use iae_app::pagination::{Cursor, Page};
use iae_domain::Actor;
use iae_domain::candidates::policy;
use iae_domain::time::paris_date;
use serde::Deserialize;

use super::lookup::LookupPath;
use super::show::ShowPath;
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::state::WebState;

/// The list.
#[derive(TypedPath, Deserialize)]
#[typed_path("/candidates")]
pub struct IndexPath;

/// What the list is narrowed to, and where it starts. What makes no sense narrows nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct IndexQuery {
    name: String,
    view: String,
    pass: String,
    after: String,
}

/// The page.
#[derive(Template)]
#[template(path = "candidates/index.html")]
pub struct IndexPage {
    layout: Layout,
    today: NaiveDate,
    query: IndexQuery,
    /// Whether names may be masked: an orienteur's list.
    masks: bool,
    /// Whether « mine » makes sense: prescribers only (ACP-1).
    has_views: bool,
    page: Page<CandidateRow>,
}

impl IndexPage {
    fn is_mine(&self) -> bool {
        self.has_views && self.query.view != "organisation"
    }

    fn is_filtered(&self) -> bool {
        !self.query.name.trim().is_empty() || !self.query.pass.is_empty() || !self.query.after.is_empty()
    }

    fn passes(&self) -> Vec<Choice> {
        [("valid", "PASS IAE valide"), ("expired", "PASS IAE expiré"), ("none", "Sans PASS IAE")]
            .map(|(value, label)| Choice::new(value, label).selected_if(self.query.pass == value))
            .into()
    }

    fn view_href(&self, view: &str) -> String {
        Self::href(&IndexQuery { view: view.to_owned(), after: String::new(), ..self.query.clone() })
    }

    fn first_href(&self) -> Option<String> {
        let query = IndexQuery { after: String::new(), ..self.query.clone() };
        (!self.query.after.is_empty()).then(|| Self::href(&query))
    }

    fn next_href(&self) -> Option<String> {
        let next = self.page.next?;
        Some(Self::href(&IndexQuery { after: next.encode(), ..self.query.clone() }))
    }

    fn href(query: &IndexQuery) -> String {
        let pairs =
            [("name", &query.name), ("view", &query.view), ("pass", &query.pass), ("after", &query.after)];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        match serde_urlencoded::to_string(pairs) {
            Ok(pairs) if !pairs.is_empty() => format!("{IndexPath}?{pairs}"),
            Ok(_) | Err(_) => IndexPath.to_string(),
        }
    }

    fn show_href(row: &CandidateRow) -> ShowPath {
        ShowPath { id: row.id }
    }

    fn day(at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }

    /// Label, tone and icon of the state of someone's latest PASS.
    fn pass_badge(&self, row: &CandidateRow) -> (&'static str, &'static str, &'static str) {
        match row.pass_ends_on {
            None => ("Sans PASS IAE", "neutral", "circle-dot"),
            Some(end) if end >= self.today => ("PASS IAE valide", "success", "circle-check"),
            Some(_) => ("PASS IAE expiré", "neutral", "clock"),
        }
    }
}

/// Shows the list.
pub async fn get(
    _: IndexPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    Query(query): Query<IndexQuery>,
    layout: Layout,
) -> PageResult {
    policy::look_up(&ctx.actor).map_err(iae_app::Error::from)?;
    let has_views = matches!(ctx.actor, Actor::Prescriber(_));
    let filters = CandidateFilters {
        name: query.name.clone(),
        mine: has_views && query.view != "organisation",
        pass: match query.pass.as_str() {
            "valid" => Some(Passes::Valid),
            "expired" => Some(Passes::Expired),
            "none" => Some(Passes::None),
            _ => None,
        },
    };
    let page = candidates(&state, &ctx, &filters, Cursor::decode(&query.after)).await?;
    let masks = matches!(&ctx.actor, Actor::Prescriber(prescriber) if !prescriber.authorised);
    ok(&IndexPage { layout, today: ctx.today(), query, masks, has_views, page })
}
