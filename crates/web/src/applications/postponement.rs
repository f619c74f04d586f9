//! `/applications/{id}/postponement`: puts an application on hold, with an answer (PRO-10).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::applications::detail::ApplicationDetail;
use iae_app::applications::postpone;
use iae_domain::applications::{Postpone, Transition, may_resume};
use serde::Deserialize;

use super::messages;
use super::received::{Answer, PostedAnswer, ReceivedApplication, Seen};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::PostponementPath;
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "applications/postponement.html")]
pub struct PostponementPage {
    layout: Layout,
    application: ApplicationDetail,
    seen: Seen,
    form: PostponementForm,
    errors: FieldErrors,
}

/// What is asked.
#[derive(Debug, Default, Deserialize)]
pub struct PostponementForm {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    resume_on: String,
    #[serde(default)]
    seen: String,
}

impl Answer for PostponementForm {
    fn seen(&self) -> &str {
        &self.seen
    }
}

impl PostponementForm {
    /// The answer and the day, or what is wrong with each, at once.
    pub fn parse(&self, today: NaiveDate) -> Result<Postpone, FieldErrors> {
        let mut errors = FieldErrors::default();
        let blank = "Écrivez à la personne pourquoi elle attend, et jusqu’à quand.";
        let answer = errors.message("answer", &self.answer, blank);
        let resume_on = errors.day(messages::RESUME_ON, &self.resume_on);
        if let Some(Err(refused)) = resume_on.map(|day| may_resume(day, today)) {
            errors.add(messages::RESUME_ON, messages::no_such_return(refused));
        }
        errors.or(answer.map(|answer| Postpone { answer, resume_on }))
    }
}

impl PostponementPage {
    fn new(
        ReceivedApplication { layout, application, seen, .. }: ReceivedApplication,
        form: PostponementForm,
        errors: FieldErrors,
    ) -> Self {
        Self { layout, application, seen, form, errors }
    }
}

/// Asks for the answer.
pub async fn get(
    _: PostponementPath,
    State(state): State<WebState>,
    received: ReceivedApplication,
) -> PageResult {
    let received = received.to(&state, Transition::Postpone).await?;
    ok(&PostponementPage::new(received, PostponementForm::default(), FieldErrors::default()))
}

/// Puts the application on hold.
pub async fn post(
    _: PostponementPath,
    State(state): State<WebState>,
    PostedAnswer { received, form }: PostedAnswer<PostponementForm>,
) -> PageResult {
    let received = received.to(&state, Transition::Postpone).await?;
    let acted = async {
        let command = form.parse(received.ctx.today())?;
        postpone(&state, &received.ctx, received.id, received.seen.state, command)
            .await
            .or_say(messages::postpone_refused)
    };
    match acted.await {
        Ok(()) => received.answered("Candidature en attente").await,
        Err(not_done) => {
            let page = |received, errors| PostponementPage::new(received, form, errors);
            received.again(&state, not_done, page).await
        }
    }
}
