//! `/habilitations/{id}/complement`: the DDETS asks the organisation for something more.

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::habilitations::ask_complement;
use iae_app::habilitations::queries::HabilitationDetail;
use iae_app::{App, Ctx, Failure};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{HabilitationRefused, HabilitationState};
use iae_domain::ids::HabilitationId;
use tower_sessions::Session;

use super::act::{conflict, not_done, to_instruct};
use super::news::COMPLEMENT;
use super::words_page::{Asks, WordsForm, WordsPage};
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{HabilitationComplementPath, HabilitationReviewPath};
use crate::state::WebState;

const ASKS: Asks = Asks {
    title: "Demander un complément",
    lead: "L’organisation reçoit votre demande par e-mail, complète ses réponses ou ses pièces, et transmet de nouveau.",
    label: "Ce qui manque",
    kept_as: COMPLEMENT,
    hint: "L’organisation lit ce que vous écrivez.",
    blank: "Dites ce qui manque\u{a0}: l’organisation le lira.",
    button: "Demander ce complément",
    kind: "primary",
};

/// Whether a complement may be asked for: the request waits for its instruction.
fn is_open(of: &HabilitationDetail) -> bool {
    of.habilitation.state == HabilitationState::Submitted
}

/// The page, whatever the state of the request.
async fn page(app: &App, ctx: &Ctx<Instructor>, layout: Layout, id: HabilitationId) -> PageResult<WordsPage> {
    let of = to_instruct(app, ctx, id).await?;
    let (form, action) = (WordsForm::of(&of), HabilitationComplementPath { id }.to_string());
    Ok(WordsPage { layout, of, asks: ASKS, action, form, news: None, errors: FieldErrors::default() })
}

/// Says what follows, and asks what is missing.
pub async fn get(
    HabilitationComplementPath { id }: HabilitationComplementPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
) -> PageResult {
    let page = page(&state, &ctx, layout, id).await?;
    if is_open(&page.of) { ok(&page) } else { Err(conflict(&page.of)) }
}

/// Asks for it.
pub async fn post(
    HabilitationComplementPath { id }: HabilitationComplementPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    session: Session,
    layout: Layout,
    Form(form): Form<WordsForm>,
) -> PageResult {
    let now = page(&state, &ctx, layout, id).await?;
    if !is_open(&now.of) {
        return page_with(StatusCode::CONFLICT, &now.overtaken(form, false));
    }
    let page = WordsPage { form, ..now };
    let said = match page.form.parse(ASKS.blank) {
        Ok(said) => said,
        Err(errors) => return unprocessable(&WordsPage { errors, ..page }),
    };
    match ask_complement(&state, &ctx, id, said).await {
        Ok(()) => {
            let told = "L’organisation est prévenue par e-mail.";
            flash::done(&session, "Complément demandé", told, HabilitationReviewPath { id }).await
        }
        Err(Failure::Refused(HabilitationRefused::Overtaken)) => {
            let WordsPage { layout, form, .. } = page;
            let now = self::page(&state, &ctx, layout, id).await?;
            let may_send = is_open(&now.of);
            page_with(StatusCode::CONFLICT, &now.overtaken(form, may_send))
        }
        Err(failure) => {
            let errors = not_done(&state, &ctx, id, failure).await?;
            unprocessable(&WordsPage { errors, ..page })
        }
    }
}
