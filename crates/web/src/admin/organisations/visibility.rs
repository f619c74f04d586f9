//! `/admin/organisations/{id}/visibility`: whether a company may be found; of a facilitator, its verification (CMP-16, SGN-16).

use askama::Template;
use axum::extract::State;
use iae_app::admin::organisations::queries::{Card, card, lines};
use iae_app::admin::organisations::turn_visibility;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::staff::{StaffRight, ensure};
use tower_sessions::Session;

use super::act::{self, ActForm};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminOrganisationPath, AdminVisibilityPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/visibility.html")]
pub struct VisibilityPage {
    layout: Layout,
    of: Card,
    is_searchable: bool,
    form: ActForm,
    errors: FieldErrors,
}

/// What a form says it saw.
const SHOWN: &str = "shown";
const HIDDEN: &str = "hidden";

impl VisibilityPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        ensure(&ctx.actor, StaffRight::ChangeOrganisations).map_err(iae_app::Error::from)?;
        let of = card(app, ctx, id).await?;
        let is_searchable = of.is_searchable.filter(|_| of.closed_at.is_none());
        let is_searchable = is_searchable.ok_or(PageError::NotFound)?;
        let seen = if is_searchable { SHOWN } else { HIDDEN };
        let form = ActForm { seen: seen.to_owned(), ..ActForm::default() };
        Ok(Self { layout, of, is_searchable, form, errors: FieldErrors::default() })
    }

    fn is_facilitator(&self) -> bool {
        self.of.sight().is_some_and(|sight| sight.is_facilitator())
    }

    /// What is done, as the title and the button say it.
    fn act(&self) -> &'static str {
        match (self.is_searchable, self.is_facilitator()) {
            (true, true) => "Retirer la vérification",
            (true, false) => "Retirer de la recherche",
            (false, true) => "Vérifier la structure",
            (false, false) => "Remettre dans la recherche",
        }
    }
}

/// Asks whether to turn it.
pub async fn get(
    AdminVisibilityPath { id }: AdminVisibilityPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&VisibilityPage::load(&state, &ctx, layout, id).await?)
}

/// Turns it.
pub async fn post(
    AdminVisibilityPath { id }: AdminVisibilityPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<ActForm>,
) -> PageResult {
    let page = VisibilityPage::load(&state, &ctx, layout, id).await?;
    let was_searchable = match form.seen.as_str() {
        SHOWN => true,
        HIDDEN => false,
        _ => return Err(PageError::Malformed),
    };
    let remark = match act::only_remark(&form.remark) {
        Ok(remark) => remark,
        Err(errors) => return unprocessable(&VisibilityPage { form, errors, ..page }),
    };
    match turn_visibility(&state, &ctx, id, was_searchable, &remark).await {
        Ok(()) => {
            let (title, told) = match (was_searchable, page.is_facilitator()) {
                (false, true) => (
                    "Structure vérifiée",
                    "Elle est active : ses membres agissent pour elle, et en sont prévenus par e-mail.",
                ),
                (false, false) => ("Structure remise dans la recherche", "Elle y est de nouveau trouvée."),
                (true, true) => (
                    "Vérification retirée",
                    "Elle n’est plus active : ses membres n’agissent plus pour elle.",
                ),
                (true, false) => ("Structure retirée de la recherche", "Personne ne l’y trouve plus."),
            };
            flash::done(&session, title, told, AdminOrganisationPath { id }).await
        }
        Err(Failure::Refused(_)) => {
            let lines = lines(&state, id, None).await?;
            let last = lines.iter().find(|line| line.remark.is_none());
            let what = last
                .map_or_else(|| "sa visibilité a changé".to_owned(), |line| format!("« {} »", line.done()));
            let (who, at) = (last.and_then(|line| line.who.as_deref()), last.map(|line| line.at));
            Err(act::overtaken(id, who, &what, at))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
