//! `/habilitations/{id}/revocation`: the right of an organisation is revoked, at once, by who instructs its requests.

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::habilitations::revoke;
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
use crate::paths::{HabilitationReviewPath, HabilitationRevocationPath};
use crate::state::WebState;

const ASKS: Asks = Asks {
    title: "Abroger l’habilitation",
    lead: "Le droit de prescrire s’arrête dès que vous confirmez. Les diagnostics déjà faits restent valables\u{a0}; les demandes de prolongation qui attendent sont rendues aux structures. Les membres de l’organisation sont prévenus par e-mail.",
    label: "Motif de l’abrogation",
    kept_as: REASON,
    hint: "L’organisation lit ce que vous écrivez.",
    blank: "Dites pourquoi l’habilitation est abrogée\u{a0}: l’organisation le lira.",
    button: "Abroger l’habilitation",
    kind: "danger",
};

/// The page, whatever became of the right.
async fn page(app: &App, ctx: &Ctx<Instructor>, layout: Layout, id: HabilitationId) -> PageResult<WordsPage> {
    let of = to_instruct(app, ctx, id).await?;
    let (form, action) = (WordsForm::of(&of), HabilitationRevocationPath { id }.to_string());
    Ok(WordsPage { layout, of, asks: ASKS, action, form, news: None, errors: FieldErrors::default() })
}

/// Says what follows, and asks why.
pub async fn get(
    HabilitationRevocationPath { id }: HabilitationRevocationPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
) -> PageResult {
    let page = page(&state, &ctx, layout, id).await?;
    if page.of.habilitation.is_revocable(ctx.now) { ok(&page) } else { Err(conflict(&page.of)) }
}

/// Revokes it.
pub async fn post(
    HabilitationRevocationPath { id }: HabilitationRevocationPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    session: Session,
    layout: Layout,
    Form(form): Form<WordsForm>,
) -> PageResult {
    let now = page(&state, &ctx, layout, id).await?;
    if !now.of.habilitation.is_revocable(ctx.now) {
        return page_with(StatusCode::CONFLICT, &now.overtaken(form, false));
    }
    let page = WordsPage { form, ..now };
    let said = match page.form.parse(ASKS.blank) {
        Ok(said) => said,
        Err(errors) => return unprocessable(&WordsPage { errors, ..page }),
    };
    match revoke(&state, &ctx, id, said).await {
        Ok(()) => {
            let told =
                "L’organisation n’est plus prescripteur habilité. Ses membres sont prévenus par e-mail.";
            flash::done(&session, "Habilitation abrogée", told, HabilitationReviewPath { id }).await
        }
        Err(Failure::Refused(HabilitationRefused::Overtaken)) => {
            let WordsPage { layout, form, .. } = page;
            let now = self::page(&state, &ctx, layout, id).await?;
            let may_send = now.of.habilitation.is_revocable(ctx.now);
            page_with(StatusCode::CONFLICT, &now.overtaken(form, may_send))
        }
        Err(failure) => {
            let errors = not_done(&state, &ctx, id, failure).await?;
            unprocessable(&WordsPage { errors, ..page })
        }
    }
}
