//! `/habilitations/{id}/refusal`: the DDETS refuses a request, with why.

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::habilitations::refuse;
use iae_app::{App, Ctx, Failure};
use iae_domain::habilitations::HabilitationRefused;
use iae_domain::habilitations::policy::Instructor;
use iae_domain::ids::HabilitationId;
use tower_sessions::Session;

use super::act::{conflict, not_done, to_instruct};
use super::news::REASON;
use super::words_page::{Asks, WordsForm, WordsPage};
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{HabilitationRefusalPath, HabilitationReviewPath};
use crate::state::WebState;

const ASKS: Asks = Asks {
    title: "Refuser l’habilitation",
    lead: "L’organisation reste orienteur. Elle reçoit votre réponse par e-mail, avec son motif, et pourra faire une nouvelle demande.",
    label: "Motif du refus",
    kept_as: REASON,
    hint: "L’organisation lit ce que vous écrivez.",
    blank: "Dites pourquoi la demande est refusée\u{a0}: l’organisation le lira.",
    button: "Refuser la demande",
    kind: "danger",
};

/// What follows for an organisation whose right still runs.
const OF_A_RENEWAL: &str = "L’habilitation en cours n’est pas touchée\u{a0}: elle vaut jusqu’à son dernier jour, puis l’organisation redevient orienteur. Elle reçoit votre réponse par e-mail, avec son motif, et pourra faire une nouvelle demande.";

/// The page, whatever the state of the request.
async fn page(app: &App, ctx: &Ctx<Instructor>, layout: Layout, id: HabilitationId) -> PageResult<WordsPage> {
    let of = to_instruct(app, ctx, id).await?;
    let (form, action) = (WordsForm::of(&of), HabilitationRefusalPath { id }.to_string());
    let lead = if of.authorisation.is_on(ctx.today()) { OF_A_RENEWAL } else { ASKS.lead };
    let asks = Asks { lead, ..ASKS };
    Ok(WordsPage { layout, of, asks, action, form, news: None, errors: FieldErrors::default() })
}

/// Says what follows, and asks why.
pub async fn get(
    HabilitationRefusalPath { id }: HabilitationRefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
) -> PageResult {
    let page = page(&state, &ctx, layout, id).await?;
    if page.of.habilitation.state.is_instructed() { ok(&page) } else { Err(conflict(&page.of)) }
}

/// Refuses it.
pub async fn post(
    HabilitationRefusalPath { id }: HabilitationRefusalPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    session: Session,
    layout: Layout,
    Form(form): Form<WordsForm>,
) -> PageResult {
    let now = page(&state, &ctx, layout, id).await?;
    if !now.of.habilitation.state.is_instructed() {
        return page_with(StatusCode::CONFLICT, &now.overtaken(form, false));
    }
    let page = WordsPage { form, ..now };
    let said = match page.form.parse(ASKS.blank) {
        Ok(said) => said,
        Err(errors) => return unprocessable(&WordsPage { errors, ..page }),
    };
    match refuse(&state, &ctx, id, said).await {
        Ok(()) => {
            let told = "L’organisation est prévenue par e-mail, avec le motif.";
            flash::done(&session, "Demande refusée", told, HabilitationReviewPath { id }).await
        }
        Err(Failure::Refused(HabilitationRefused::Overtaken)) => {
            let WordsPage { layout, form, .. } = page;
            let now = self::page(&state, &ctx, layout, id).await?;
            let may_send = now.of.habilitation.state.is_instructed();
            page_with(StatusCode::CONFLICT, &now.overtaken(form, may_send))
        }
        Err(failure) => {
            let errors = not_done(&state, &ctx, id, failure).await?;
            unprocessable(&WordsPage { errors, ..page })
        }
    }
}
