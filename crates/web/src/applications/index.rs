//! `/applications`: received by an employer, sent by a prescriber, one's own for a candidate, all of them for the team.

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::applications::Scope;
use iae_app::applications::list::{ApplicationRow, Applications};
use iae_domain::Actor;
use iae_domain::applications::StateCode;

use super::state_badge::{self, StateBadge};
use crate::error::PageResult;
use crate::filters;
use crate::layout::Layout;
use crate::list::{self, Look, Shown, View};
use crate::paths::{ApplicationPath, ApplicationsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "applications/index.html")]
pub struct IndexPage {
    layout: Layout,
    scope: Scope,
    view: View,
}

impl Shown for Applications {
    const NOUN: [&'static str; 3] = ["candidature", "candidatures", "Aucune candidature ne correspond"];

    fn path(&self) -> String {
        ApplicationsPath.to_string()
    }

    fn look(&self, column: &str, row: &ApplicationRow) -> Look {
        match (column, self.scope) {
            ("state", _) => Look::Badge(state_badge::of_application(row.state)),
            ("wait", _) if row.is_late(self.today) => Look::With(LATE),
            ("person", Scope::Received { .. } | Scope::Sent { .. })
            | ("company", Scope::Own { .. } | Scope::All) => {
                Look::Link(ApplicationPath { id: row.id }.to_string())
            }
            _ => Look::Plain,
        }
    }
}

const LATE: StateBadge = StateBadge { label: "En retard", tone: "accent", icon: "alert" };

impl IndexPage {
    fn title(&self) -> &'static str {
        match self.scope {
            Scope::Received { .. } => "Candidatures reçues",
            Scope::Sent { .. } => "Candidatures envoyées",
            Scope::Own { .. } => "Mes candidatures",
            Scope::All => "Candidatures",
        }
    }

    fn is_received(&self) -> bool {
        matches!(self.scope, Scope::Received { .. })
    }

    fn total(&self) -> i64 {
        self.view.facets.total().unwrap_or_default()
    }

    /// How many applications wait for an answer: what the list is opened for.
    fn pending(&self) -> i64 {
        let pending = StateCode::ALL.iter().filter(|state| state.is_pending()).map(|state| state.code());
        self.view.facets.count("state", &pending.collect::<Vec<_>>())
    }
}

/// Shows the list of the person who asks.
pub async fn get(
    _: ApplicationsPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let list = Applications::of(&ctx)?;
    let scope = list.scope;
    list::show(&state, &ctx, list, raw, |view| IndexPage { layout, scope, view }).await
}
