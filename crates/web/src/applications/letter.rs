//! `/applications/{id}/letter`: the employer's answer as a letter, for a person no mail can be written to (D26): whoever
//! follows them prints it, and hands it over.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::applications::detail::{ApplicationDetail, detail};
use iae_domain::Actor;
use iae_domain::applications::{SenderKind, StateCode};

use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::impersonation::banner::SeenAs;
use crate::paths::{ApplicationPath, LetterPath};
use crate::state::WebState;

/// The letter.
#[derive(Template)]
#[template(path = "applications/letter.html")]
pub struct LetterPage {
    application: ApplicationDetail,
    seen: Option<SeenAs>,
    today: NaiveDate,
}

impl LetterPage {
    /// What was decided, in the words of the mail.
    const fn decision(&self) -> &'static str {
        match self.application.state {
            StateCode::Accepted => "a accepté votre candidature",
            StateCode::Postponed => "garde votre candidature en attente",
            StateCode::Refused
            | StateCode::New
            | StateCode::Processing
            | StateCode::Pool
            | StateCode::PriorToHire
            | StateCode::Cancelled
            | StateCode::Obsolete => "n’a pas retenu votre candidature",
        }
    }

    /// Who to talk to: whoever sent it for them, never the person themselves.
    fn companion(&self) -> Option<&str> {
        let sender = &self.application.sender;
        sender.name.as_deref().filter(|_| sender.kind != SenderKind::Candidate)
    }

    /// The reason, in words for the person, when it is shared (D28).
    fn reason(&self) -> Option<&'static str> {
        let refusal = self.application.refusal.as_ref().filter(|refusal| refusal.shared_with_candidate)?;
        refusal.reason.for_person()
    }
}

/// Shows the letter to whoever reads the answer of someone without address; there is none for anyone else.
pub async fn get(
    LetterPath { id }: LetterPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    seen: Option<SeenAs>,
) -> PageResult {
    let application = detail(&app, &ctx.any(), id).await?;
    if !application.wants_letter() {
        return Err(PageError::NotFound);
    }
    ok(&LetterPage { application, seen, today: ctx.today() })
}
