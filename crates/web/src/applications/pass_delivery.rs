//! `/applications/{id}/pass-delivery`: the team delivers by hand the PASS of a hire, or refuses it (rule book 03 §4.10).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::detail::{self, ApplicationDetail};
use iae_app::applications::{deliver_pass, refuse_pass};
use iae_domain::actor::StaffActor;
use iae_domain::applications::DeliveryRefused;
use iae_domain::ids::ApplicationId;
use iae_domain::pass::default_period;
use iae_domain::time::Period;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ApplicationPath, PassDeliveryPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// The page.
#[derive(Template)]
#[template(path = "applications/pass_delivery.html")]
pub struct PassDeliveryPage {
    layout: Layout,
    application: ApplicationDetail,
    form: PassDeliveryForm,
    /// Refusing is asked for, and waits to be confirmed.
    confirms: bool,
    errors: FieldErrors,
}

/// The days of the PASS; the step says whether it is delivered, about to be refused, or refused.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PassDeliveryForm {
    starts_on: String,
    ends_on: String,
    step: String,
}

impl PassDeliveryForm {
    /// What the form means, or its mistakes.
    pub fn parse(&self) -> Result<Period, FieldErrors> {
        let mut errors = FieldErrors::default();
        let start = errors.day("starts_on", &self.starts_on);
        if start.is_none() {
            errors.add("starts_on", "Indiquez le premier jour du PASS IAE.");
        }
        let end = errors.day("ends_on", &self.ends_on);
        if end.is_none() {
            errors.add("ends_on", "Indiquez le dernier jour du PASS IAE.");
        }
        errors.or(start.zip(end).map(|(start, end)| Period { start, end }))
    }
}

/// Why nothing is delivered nor refused.
fn words(refused: DeliveryRefused, id: ApplicationId) -> NotDone {
    let conflict = |message: &str| {
        let link = Some(("Revoir la candidature".to_owned(), ApplicationPath { id }.to_string()));
        PageError::Conflict { message: message.to_owned(), link }
    };
    match refused {
        DeliveryRefused::NothingToDeliver => conflict("Aucun PASS IAE n’attend d’être délivré ici.").into(),
        DeliveryRefused::ValidPass => conflict(
            "Cette personne a maintenant un PASS IAE valide\u{a0}: il n’y a rien à délivrer ni à refuser.",
        )
        .into(),
        DeliveryRefused::NoDiagnosis => FieldErrors::one(
            "starts_on",
            "Cette embauche ne repose sur aucun diagnostic d’éligibilité\u{a0}: le PASS IAE ne peut pas être délivré.",
        )
        .into(),
        DeliveryRefused::EndsBeforeStart => {
            FieldErrors::one("ends_on", "Le dernier jour doit venir après le premier.").into()
        }
        DeliveryRefused::TooLong => {
            FieldErrors::one("ends_on", "Un PASS IAE dure 730 jours au plus\u{a0}: une prolongation l’allonge, pas sa délivrance.").into()
        }
        DeliveryRefused::Overlaps => {
            FieldErrors::one("starts_on", "Ces dates sont en partie celles d’un autre PASS IAE de la personne.").into()
        }
    }
}

async fn nothing_to_deliver(session: &Session, id: ApplicationId) -> PageResult {
    let message = "Aucun PASS IAE n’attend d’être délivré ici.";
    flash::not_done(session, "Rien à délivrer", message, ApplicationPath { id }).await
}

/// Shows the hire, the days of the contract and of a usual PASS filled in.
pub async fn get(
    PassDeliveryPath { id }: PassDeliveryPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
) -> PageResult {
    let application = detail::detail(&state, &ctx.any(), id).await?;
    let Some(hiring) = application.hiring.as_ref().filter(|hiring| hiring.awaits_manual_delivery) else {
        return nothing_to_deliver(&session, id).await;
    };
    let usual = default_period(hiring.starts_on);
    let form = PassDeliveryForm {
        starts_on: usual.start.to_string(),
        ends_on: usual.end.to_string(),
        step: String::new(),
    };
    ok(&PassDeliveryPage { layout, application, form, confirms: false, errors: FieldErrors::default() })
}

/// Delivers it, or refuses it once that is confirmed: a refusal is told at once, and is not taken back.
pub async fn post(
    PassDeliveryPath { id }: PassDeliveryPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<PassDeliveryForm>,
) -> PageResult {
    if form.step == "refuse" {
        let application = detail::detail(&state, &ctx.any(), id).await?;
        let waits = application.hiring.as_ref().is_some_and(|hiring| hiring.awaits_manual_delivery);
        let page =
            PassDeliveryPage { layout, application, form, confirms: waits, errors: FieldErrors::default() };
        return if waits { ok(&page) } else { nothing_to_deliver(&session, id).await };
    }
    let is_refused = form.step == "confirm";
    let acted = async {
        if is_refused {
            return refuse_pass(&state, &ctx, id).await.or_say(|refused| words(refused, id));
        }
        let period = form.parse()?;
        deliver_pass(&state, &ctx, id, period).await.or_say(|refused| words(refused, id))
    };
    let to = ApplicationPath { id };
    let told = "La personne qui a accepté la candidature est prévenue par e-mail.";
    match acted.await {
        Ok(()) if is_refused => flash::done(&session, "PASS IAE refusé", told, to).await,
        Ok(()) => flash::done(&session, "PASS IAE délivré", told, to).await,
        Err(not_done) => {
            let application = detail::detail(&state, &ctx.any(), id).await?;
            not_done.again(|errors| PassDeliveryPage { layout, application, form, confirms: false, errors })
        }
    }
}
