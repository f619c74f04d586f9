//! `/application-drafts/{id}/nir`: a person who applies alone gives their NIR, when their file has none (rule book 02 §4.1,
//! FND-6), or says why there is none (D27). Before the steps, and only once.

use askama::Template;
use axum::extract::State;
use iae_app::applications::drafts;
use iae_app::candidates::complete;
use iae_app::candidates::queries::{own_profile, redacted_email_of};
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::CandidateActor;
use iae_domain::candidates::{Complete, CompleteRefused, NirAnswer};
use iae_domain::ids::ApplicationDraftId;
use serde::Deserialize;

use super::{already_sent, step};
use crate::candidates::fields::FileFields;
use crate::candidates::messages;
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::DraftNirPath;
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/nir.html")]
pub struct NirPage {
    layout: Layout,
    id: ApplicationDraftId,
    form: NirForm,
    errors: FieldErrors,
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
pub struct NirForm {
    #[serde(flatten)]
    file: FileFields,
}

/// Whether the person is asked: neither their NIR nor a reason is on their file.
pub(super) async fn is_asked(app: &App, ctx: &Ctx<CandidateActor>) -> PageResult<bool> {
    Ok(answer(app, ctx).await?.is_none())
}

async fn answer(app: &App, ctx: &Ctx<CandidateActor>) -> PageResult<Option<NirAnswer>> {
    let profile = own_profile(app, ctx).await?.ok_or(PageError::NotFound)?;
    Ok(profile.nir)
}

/// Asks, or leads to the step that comes.
pub async fn get(
    DraftNirPath { id }: DraftNirPath,
    State(state): State<WebState>,
    ctx: Ctx<CandidateActor>,
    layout: Layout,
) -> PageResult {
    let open = match drafts::load(&state, &ctx.any(), id).await {
        Err(Error::NotFound) => return already_sent::page(&state, &ctx.any(), layout, id).await,
        open => open?,
    };
    if !is_asked(&state, &ctx).await? {
        return see_other(step::href(id, open.next_missing()));
    }
    ok(&NirPage { layout, id, form: NirForm::default(), errors: FieldErrors::default() })
}

/// Keeps the answer and goes on; whoever already has a NIR does not come here.
pub async fn post(
    DraftNirPath { id }: DraftNirPath,
    State(state): State<WebState>,
    ctx: Ctx<CandidateActor>,
    layout: Layout,
    Form(form): Form<NirForm>,
) -> PageResult {
    if let Err(Error::NotFound) = drafts::load(&state, &ctx.any(), id).await {
        return already_sent::page(&state, &ctx.any(), layout, id).await;
    }
    if let Some(NirAnswer::Known(_)) = answer(&state, &ctx).await? {
        return Err(PageError::Forbidden {
            reserved_for: "aux personnes dont le dossier n’a pas de numéro"
        });
    }
    let mut errors = FieldErrors::default();
    let given = form.file.nir_answer(&mut errors);
    let Ok(given) = errors.clone().or(given) else {
        return unprocessable(&NirPage { layout, id, form, errors });
    };
    let nir = given.nir().cloned();
    let complete_with = Complete { nir: Some(given), ..Complete::default() };
    let completed = complete(&state, &ctx.any(), ctx.actor.candidate, complete_with).await;
    if let (Err(Failure::Refused(CompleteRefused::NirTaken)), Some(nir)) = (&completed, &nir) {
        let holder = redacted_email_of(&state.db, nir).await?;
        let errors = FieldErrors::one("nir", messages::nir_of_other_account(holder));
        return unprocessable(&NirPage { layout, id, form, errors });
    }
    match completed.or_say(|refused| FieldErrors::one("nir", messages::attach(refused))) {
        Ok(()) => {
            let open = drafts::load(&state, &ctx.any(), id).await?;
            see_other(step::href(id, open.next_missing()))
        }
        Err(not_done) => not_done.again(|errors| NirPage { layout, id, form, errors }),
    }
}
