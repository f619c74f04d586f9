//! `/applications/{id}/postponement`: puts an application on hold, with an answer (PRO-10).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::applications::detail::{ApplicationDetail, detail};
use iae_app::applications::postpone;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::{TEXT_MAX_CHARS, Transition};
use iae_domain::text::NonBlank;
use serde::Deserialize;
use tower_sessions::Session;

use super::messages;
use crate::error::{PageResult, ok, see_other, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ApplicationPath, PostponementPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "applications/postponement.html")]
pub struct PostponementPage {
    layout: Layout,
    application: ApplicationDetail,
    form: PostponementForm,
    errors: FieldErrors,
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
pub struct PostponementForm {
    #[serde(default)]
    answer: String,
}

impl PostponementForm {
    fn parse(&self) -> Result<NonBlank, FieldErrors> {
        let mut errors = FieldErrors::default();
        let answer = NonBlank::parse(&self.answer);
        if answer.is_none() {
            errors.add("answer", "Écrivez à la personne pourquoi elle attend, et jusqu'à quand.");
        }
        errors.check_length("answer", &self.answer, TEXT_MAX_CHARS);
        errors.or(answer)
    }
}

/// Asks for the answer.
pub async fn get(
    PostponementPath { id }: PostponementPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let application = messages::received(detail(&state.db, &ctx.any(), id).await?, Transition::Postpone)?;
    let form = PostponementForm::default();
    ok(&PostponementPage { layout, application, form, errors: FieldErrors::default() })
}

/// Puts the application on hold.
pub async fn post(
    PostponementPath { id }: PostponementPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
    session: Session,
    Form(form): Form<PostponementForm>,
) -> PageResult {
    match form.parse() {
        Ok(answer) => {
            postpone(&state, &ctx, id, answer).await.map_err(|error| messages::process_refused(error, id))?;
            flash::success(&session, "Candidature en attente", "Votre réponse est envoyée.").await?;
            see_other(ApplicationPath { id }.to_string())
        }
        Err(errors) => {
            let application =
                messages::received(detail(&state.db, &ctx.any(), id).await?, Transition::Postpone)?;
            unprocessable(&PostponementPage { layout, application, form, errors })
        }
    }
}
