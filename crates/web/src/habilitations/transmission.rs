//! `/habilitation/request/transmission`: a request is read again as its DDETS will read it, then submitted.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::habilitations::queries::{OwnHabilitation, own};
use iae_app::habilitations::transmit;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::PrescriberActor;
use iae_domain::habilitations::{HabilitationRefused, HabilitationState};
use serde::Deserialize;
use tower_sessions::Session;

use super::words::{self, Point};
use crate::error::{PageResult, ok, page_with, see_other};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{HabilitationPath, HabilitationRequestPath, HabilitationTransmissionPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "habilitations/transmission.html")]
pub struct TransmissionPage {
    layout: Layout,
    own: OwnHabilitation,
    points: Vec<Point>,
    form: TransmissionForm,
    /// It changed since it was read (D32).
    is_overtaken: bool,
}

/// What was read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TransmissionForm {
    /// When it changed last (D32).
    seen: String,
}

impl TransmissionPage {
    /// What answers the DDETS, when it asked for something.
    fn complement(&self) -> Option<&str> {
        self.own.open.as_ref().and_then(|open| open.complement.as_deref())
    }
}

/// The request that may be submitted; of any other, the address where it is completed, or where it stands.
async fn page(
    app: &App,
    ctx: &Ctx<PrescriberActor>,
    layout: Layout,
) -> PageResult<Result<TransmissionPage, String>> {
    let own = own(app, ctx).await?;
    let Some(open) = own.open.as_ref().filter(|open| open.state.is_written()) else {
        return Ok(Err(HabilitationPath.to_string()));
    };
    if !open.lacks().is_empty() {
        return Ok(Err(HabilitationRequestPath.to_string()));
    }
    let points = words::points(&open.written, own.is_renewal());
    let form = TransmissionForm { seen: version(open.changed_at) };
    Ok(Ok(TransmissionPage { layout, own, points, form, is_overtaken: false }))
}

/// Shows it as it was kept.
pub async fn get(
    _: HabilitationTransmissionPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    layout: Layout,
) -> PageResult {
    match page(&state, &ctx, layout).await? {
        Ok(page) => ok(&page),
        Err(elsewhere) => see_other(elsewhere),
    }
}

/// Submits it, once: whoever presses again, or after a colleague, reads what was transmitted.
pub async fn post(
    _: HabilitationTransmissionPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<TransmissionForm>,
) -> PageResult {
    match transmit(&state, &ctx, instant(&form.seen)).await {
        Ok(()) => {
            let told = "La DDETS est prévenue par e-mail. Vous le serez de sa réponse.";
            flash::done(&session, "Demande transmise", told, HabilitationPath).await
        }
        Err(Failure::Refused(HabilitationRefused::NotNow(HabilitationState::Submitted))) => {
            let told = "Ce que la DDETS a reçu se lit ci-dessous.";
            flash::done(&session, "La demande est déjà transmise", told, HabilitationPath).await
        }
        Err(Failure::Refused(_)) => match page(&state, &ctx, layout).await? {
            Ok(page) => page_with(StatusCode::CONFLICT, &TransmissionPage { is_overtaken: true, ..page }),
            Err(elsewhere) => {
                let told = "Elle a changé depuis que vous l’avez relue.";
                flash::not_done(&session, "La demande n’a pas été transmise", told, elsewhere).await
            }
        },
        Err(Failure::App(error)) => Err(error.into()),
    }
}
