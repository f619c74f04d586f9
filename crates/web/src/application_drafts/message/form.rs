//! What was typed in the message step.

use iae_app::applications::drafts::{self, Colleague, OpenDraft};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::applications::draft::{Advisor, DraftMessage};
use iae_domain::applications::submit::{MESSAGE_MIN_CHARS, says_something};
use iae_domain::documents::DocumentKind;
use iae_domain::text::MESSAGE_MAX_CHARS;

use super::prompts;
use crate::choice::Choice;
use crate::documents::attached::NotAttached;
use crate::documents::upload::Upload;
use crate::error::PageResult;
use crate::forms::FieldErrors;

/// What stands for someone who has no account.
const UNLISTED: &str = "unlisted";

/// Attaches or removes the CV as the form says: whether something changed, or why the file is not attached.
pub(super) async fn attach(
    app: &App,
    ctx: &Ctx<Actor>,
    open: &OpenDraft,
    upload: &mut Upload,
) -> PageResult<Result<bool, NotAttached>> {
    let files = upload.take_files("cv");
    if files.is_empty() {
        let is_removed = upload.is_set("remove_cv");
        if is_removed {
            drafts::remove_cv(app, ctx, open).await?;
        }
        return Ok(Ok(is_removed));
    }
    NotAttached::of(drafts::attach_cv(app, ctx, open, files).await.map(|()| true))
}

/// What was typed, with what is wrong (SUB-60; guide, partie 2, §2.2).
pub(super) fn parse(
    open: &OpenDraft,
    colleagues: &[Colleague],
    upload: &Upload,
    cv: Option<&NotAttached>,
) -> (DraftMessage, FieldErrors) {
    let mut errors = FieldErrors::default();
    let text = upload.value("message").to_owned();
    let written = prompts::without_unanswered(&text, prompts::of(open));
    if !open.is_message_optional() && written.is_empty() {
        errors.add("message", "Écrivez un message\u{a0}: c’est ce que l’employeur lit en premier.");
    } else if !open.is_message_optional() && !says_something(&written) {
        errors.add(
            "message",
            format!(
                "Ce message ne dit presque rien. Écrivez {MESSAGE_MIN_CHARS} caractères au moins\u{a0}: c’est ce que \
                 l’employeur lit en premier."
            ),
        );
    }
    errors.check_length("message", &text, MESSAGE_MAX_CHARS);
    if let Some(not_attached) = cv {
        errors.add("cv", not_attached.said(DocumentKind::Cv));
    }
    let advisor = match upload.value("advisor") {
        UNLISTED => Advisor::Unlisted,
        id => colleagues
            .iter()
            .find(|colleague| colleague.user.to_string() == id)
            .map_or(Advisor::Sender, |colleague| Advisor::Colleague(colleague.user)),
    };
    (DraftMessage { text, advisor }, errors)
}

/// The members of the organisation, the sender chosen unless someone else was, and nobody (SUB-62).
pub(super) fn advisors(ctx: &Ctx<Actor>, colleagues: &[Colleague], advisor: Advisor) -> Vec<Choice> {
    let chosen = match advisor {
        Advisor::Sender => ctx.actor_record().user,
        Advisor::Colleague(user) => Some(user),
        Advisor::Unlisted => None,
    };
    let choice = |colleague: &Colleague| {
        Choice::new(colleague.user.to_string(), &colleague.name).selected_if(chosen == Some(colleague.user))
    };
    let unlisted = Choice::new(UNLISTED, "Non référencé sur le service").selected_if(chosen.is_none());
    colleagues.iter().map(choice).chain([unlisted]).collect()
}
