//! `/admin/authorisations/{id}`: an organisation, with what is missing; the team validates, refuses, changes its kind (PRE-7 to PRE-9).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::habilitations::authorisations::queries::{OverseenDetail, overseen};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::habilitations::AuthorisationRefused;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::staff::StaffRight;
use serde::Deserialize;
use tower_sessions::Session;

use super::index::badge;
use super::messages;
use crate::applications::state_badge::StateBadge;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::FieldErrors;
use crate::french::{date_time, spaced};
use crate::habilitations::words::PastLine;
use crate::layout::Layout;
use crate::paths::{AuthorisationPath, AuthorisationsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/authorisations/show.html")]
pub struct OverseenPage {
    layout: Layout,
    of: OverseenDetail,
    today: NaiveDate,
    /// Whether the reader decides, or reads only (STF-1).
    may_decide: bool,
    form: OverseenForm,
    pub(super) errors: FieldErrors,
}

/// What is sent by each button.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OverseenForm {
    /// The kind and the status that were read (D32).
    pub(super) seen: String,
    /// The kind that is chosen.
    pub(super) kind: String,
    /// `confirm` once what a refusal does was read.
    pub(super) step: String,
}

impl OverseenPage {
    pub(super) async fn load(
        app: &App,
        ctx: &Ctx<StaffActor>,
        layout: Layout,
        id: OrganisationId,
    ) -> PageResult<Self> {
        let of = overseen(app, ctx, id).await?;
        let form = OverseenForm { seen: of.overseen.seen(), ..OverseenForm::default() };
        let may_decide = ctx.actor.holds(StaffRight::ChangeOrganisations);
        Ok(Self { layout, of, today: ctx.today(), may_decide, form, errors: FieldErrors::default() })
    }

    fn badge(&self) -> StateBadge {
        badge(self.of.overseen.status)
    }

    fn administrators(&self) -> String {
        all_or_none(&self.of.administrators, "Aucun")
    }

    fn twins(&self) -> String {
        all_or_none(&self.of.twins, "Aucune")
    }

    fn kinds(&self) -> Vec<Choice> {
        let kinds = PrescriberKind::ALL.iter().filter(|kind| **kind != PrescriberKind::Ft);
        let kinds = kinds.filter(|kind| **kind != self.of.overseen.kind);
        let choice = |kind: &PrescriberKind| {
            Choice::new(kind.code(), kind.label()).selected_if(self.form.kind == kind.code())
        };
        kinds.map(choice).collect()
    }

    /// The last day of its right, when it has one.
    fn until(&self) -> Option<NaiveDate> {
        self.of.authorisation.until(self.today)
    }

    /// Whether it may be validated as it is.
    fn may_validate(&self) -> bool {
        let kind = self.of.overseen.kind;
        kind != PrescriberKind::Other && kind != PrescriberKind::Ohpd
    }

    /// What a change of kind does (PRE-9).
    fn warning(&self) -> Option<String> {
        let is_validated = self.of.overseen.status == AuthorisationStatus::Validated;
        is_validated.then(|| {
            spaced(
                "Cette organisation est habilitée : avec une autre nature, son habilitation sera à valider de nouveau, et ses membres ne \
                 pourront plus prescrire d’ici là.",
            )
        })
    }

    fn habilitations(&self) -> Vec<PastLine> {
        PastLine::all(&self.of.habilitations, self.today)
    }
}

/// All of them on a line; that there is none is known, and said.
fn all_or_none(names: &[String], none: &str) -> String {
    if names.is_empty() { none.to_owned() } else { names.join(", ") }
}

/// Shows the organisation.
pub async fn get(
    AuthorisationPath { id }: AuthorisationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&OverseenPage::load(&state, &ctx, layout, id).await?)
}

/// To the queue, once it is decided.
pub(super) async fn done(session: &Session, title: &str) -> PageResult {
    let told = "Tous les membres actifs de l’organisation sont prévenus par e-mail.";
    flash::done(session, title, told, AuthorisationsPath).await
}

/// The page again with why nothing was decided; or the one that says who decided meanwhile (D32).
pub(super) async fn again(
    app: &App,
    ctx: &Ctx<StaffActor>,
    layout: Layout,
    id: OrganisationId,
    (form, failure): (OverseenForm, Failure<AuthorisationRefused>),
) -> PageResult {
    let refused = match failure {
        Failure::Refused(refused) => refused,
        Failure::App(error) => return Err(error.into()),
    };
    let page = OverseenPage::load(app, ctx, layout, id).await?;
    match messages::refused(refused) {
        Some(errors) => unprocessable(&OverseenPage { form, errors, ..page }),
        None => Err(overtaken(&page.of)),
    }
}

/// Who decided, when, and what it is now.
pub(super) fn overtaken(of: &OverseenDetail) -> PageError {
    let (who, at) = &of.updated;
    let who = who.as_deref().unwrap_or("Quelqu’un");
    let when = at.map(|at| format!(" le {}", date_time(at))).unwrap_or_default();
    let (kind, status) = (of.overseen.kind.label(), of.overseen.status.label());
    PageError::Conflict {
        message: spaced(&format!(
            "{who} a changé cette organisation{when} : « {kind} », « {status} ». Ce que vous venez d’envoyer n’a pas été enregistré."
        )),
        link: Some((
            "Revoir l’organisation".to_owned(),
            AuthorisationPath { id: of.overseen.id }.to_string(),
        )),
    }
}
