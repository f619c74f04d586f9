//! `/admin/organisations/{id}/succession`: what became of an organisation, and the choice of what else does.

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::organisations::succession::queries::{Succession, history};
use iae_app::organisations::succession::structure;
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::OrganisationFamily;
use iae_domain::organisations::succession::{Structure, SuccessionKind};

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::organisations::history::HistoryLines;
use crate::paths::AdminSuccessionPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/succession/choose.html")]
pub struct SuccessionPage {
    layout: Layout,
    structure: Structure,
    past: HistoryLines,
    /// What it was merged into, when it was, and what that is called.
    became: Option<(OrganisationId, String)>,
}

impl SuccessionPage {
    fn siret(&self) -> String {
        self.structure.siret.as_ref().map(|siret| crate::french::siret(siret.as_str())).unwrap_or_default()
    }

    const fn is_company(&self) -> bool {
        self.structure.company.is_some()
    }

    fn is_prescriber(&self) -> bool {
        self.structure.family == OrganisationFamily::Prescriber
    }
}

/// Shows it.
pub async fn get(
    AdminSuccessionPath { id }: AdminSuccessionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let structure = structure(&state, &ctx, id).await?;
    let history = history(&state.db, id).await?;
    let merged = |one: &&Succession| one.kind == SuccessionKind::Merger && one.source == id;
    let became = history.successions.iter().find(merged);
    let became = became.map(|one| (one.target, one.target_name.clone()));
    let past = HistoryLines::for_team(history, id);
    ok(&SuccessionPage { layout, structure, past, became })
}
