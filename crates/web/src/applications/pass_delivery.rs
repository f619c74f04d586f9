//! `/applications/{id}/pass-delivery`: the team delivers by hand the PASS of a hire, or refuses it (rule book 03 §4.10).

use askama::Template;
use axum::extract::State;
use iae_app::applications::detail::{self, ApplicationDetail};
use iae_app::applications::{DeliveryFile, deliver_pass, delivery_file, preview_delivery, refuse_pass};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::applications::DeliveryRefused;
use iae_domain::ids::ApplicationId;
use iae_domain::pass::default_period;
use iae_domain::time::{Period, paris_date};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
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
    file: DeliveryFile,
    form: PassDeliveryForm,
    shown: Shown,
    errors: FieldErrors,
}

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// The days to type, and what to decide from.
    Form,
    /// The PASS that would be delivered, to be confirmed.
    Delivery(Period),
    /// The refusal, to be confirmed.
    Refusal,
}

impl PassDeliveryPage {
    async fn open(
        app: &App,
        ctx: &Ctx<StaffActor>,
        layout: Layout,
        id: ApplicationId,
        form: PassDeliveryForm,
    ) -> PageResult<Self> {
        let application = detail::detail(app, &ctx.any(), id).await?;
        let file = delivery_file(app, ctx, id, application.person.id).await?;
        Ok(Self { layout, application, file, form, shown: Shown::Form, errors: FieldErrors::default() })
    }

    fn waits(&self) -> bool {
        self.application.hiring.as_ref().is_some_and(|hiring| hiring.awaits_manual_delivery)
    }

    /// « 4 mai 1990 », when it is known.
    fn birth_date(&self) -> String {
        let born = self.application.person.contact.as_ref().and_then(|contact| contact.birth_date);
        born.map_or_else(|| "Pas connue".to_owned(), french::date)
    }

    /// Who made the diagnosis the hire rests on, and when.
    fn diagnosis(&self) -> String {
        self.file.diagnosis.as_ref().map_or_else(
            || "Aucun\u{a0}: le PASS IAE ne peut pas être délivré".to_owned(),
            |made| {
                format!(
                    "{} ({}), {}, le {}",
                    made.author,
                    made.author_kind.label(),
                    made.organisation,
                    french::date(paris_date(made.created_at))
                )
            },
        )
    }
}

/// The days of the PASS; the step says whether it is shown, delivered, typed again, about to be refused, or refused.
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
    let page = PassDeliveryPage::open(&state, &ctx, layout, id, PassDeliveryForm::default()).await?;
    let Some(hiring) = page.application.hiring.as_ref().filter(|hiring| hiring.awaits_manual_delivery) else {
        return nothing_to_deliver(&session, id).await;
    };
    let usual = default_period(hiring.starts_on);
    let form = PassDeliveryForm {
        starts_on: usual.start.to_string(),
        ends_on: usual.end.to_string(),
        step: String::new(),
    };
    ok(&PassDeliveryPage { form, ..page })
}

/// What a form leads to.
enum Done {
    /// The page, which waits for more.
    Page(Shown),
    Delivered,
    Refused,
}

/// Step « deliver » delivers what was shown, « confirm » refuses once that was asked: both are told at once, and are not taken
/// back. Step « refuse » asks for it, « edit » comes back to the days; any other shows what would be delivered.
pub async fn post(
    PassDeliveryPath { id }: PassDeliveryPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<PassDeliveryForm>,
) -> PageResult {
    let done = act(&state, &ctx, id, &form).await;
    let to = ApplicationPath { id };
    let told = "La personne qui a accepté la candidature est prévenue par e-mail.";
    let page = || PassDeliveryPage::open(&state, &ctx, layout, id, form);
    match done {
        Ok(Done::Refused) => flash::done(&session, "PASS IAE refusé", told, to).await,
        Ok(Done::Delivered) => flash::done(&session, "PASS IAE délivré", told, to).await,
        Ok(Done::Page(shown)) => {
            let page = page().await?;
            if page.waits() {
                ok(&PassDeliveryPage { shown, ..page })
            } else {
                nothing_to_deliver(&session, id).await
            }
        }
        Err(not_done) => {
            let page = page().await?;
            not_done.again(|errors| PassDeliveryPage { errors, ..page })
        }
    }
}

async fn act(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: ApplicationId,
    form: &PassDeliveryForm,
) -> Result<Done, NotDone> {
    match form.step.as_str() {
        "refuse" => return Ok(Done::Page(Shown::Refusal)),
        "edit" => return Ok(Done::Page(Shown::Form)),
        "confirm" => {
            refuse_pass(app, ctx, id).await.or_say(|refused| words(refused, id))?;
            return Ok(Done::Refused);
        }
        _ => {}
    }
    let period = form.parse()?;
    if form.step == "deliver" {
        deliver_pass(app, ctx, id, period).await.or_say(|refused| words(refused, id))?;
        return Ok(Done::Delivered);
    }
    preview_delivery(app, ctx, id, period).await.or_say(|refused| words(refused, id))?;
    Ok(Done::Page(Shown::Delivery(period)))
}
