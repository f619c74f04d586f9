//! What was typed in the message step.

use iae_app::applications::drafts::{self, Colleague, OpenDraft};
use iae_app::{App, Ctx, Failure};
use iae_domain::Actor;
use iae_domain::applications::TEXT_MAX_CHARS;
use iae_domain::applications::draft::{Advisor, DraftMessage};
use iae_domain::candidates::consent::{ConsentRefused, Declaration, Sharing};
use iae_domain::documents::{DocumentKind, DocumentRefused};

use super::super::messages;
use super::prompts;
use crate::choice::Choice;
use crate::documents;
use crate::documents::upload::Upload;
use crate::error::PageResult;
use crate::forms::FieldErrors;

/// What stands for someone who has no account.
const UNLISTED: &str = "unlisted";

/// Attaches or removes the CV as the form says: whether something changed, or why the file is refused.
pub(super) async fn attach(
    app: &App,
    ctx: &Ctx<Actor>,
    open: &OpenDraft,
    upload: &mut Upload,
) -> PageResult<Result<bool, DocumentRefused>> {
    let files = upload.take_files("cv");
    if files.is_empty() {
        let is_removed = upload.is_set("remove_cv");
        if is_removed {
            drafts::remove_cv(app, ctx, open).await?;
        }
        return Ok(Ok(is_removed));
    }
    match drafts::attach_cv(app, ctx, open, files).await {
        Ok(()) => Ok(Ok(true)),
        Err(Failure::Refused(refused)) => Ok(Err(refused)),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// What was typed, with what is wrong (SUB-60; guide, partie 2, §2.2). The consent is to what the page showed: when it
/// is something else that would be shared now, the person is asked again.
pub(super) fn parse(
    open: &OpenDraft,
    colleagues: &[Colleague],
    upload: &Upload,
    cv: Option<DocumentRefused>,
) -> (DraftMessage, FieldErrors) {
    let mut errors = FieldErrors::default();
    let text = upload.value("message").to_owned();
    let written = prompts::without_unanswered(&text, prompts::of(open));
    if written.is_empty() && !open.is_own_company() {
        errors.add("message", "Écrivez un message\u{a0}: c'est ce que l'employeur lit en premier.");
    }
    errors.check_length("message", &text, TEXT_MAX_CHARS);
    if let Some(refused) = cv {
        errors.add("cv", documents::messages::refused(DocumentKind::Cv, refused));
    }
    let sharing = open.sharing();
    let is_what_was_shown = upload.value("told") == sharing.with_cv().mark();
    let declaration = Declaration {
        informed: upload.is_set("informed"),
        consents: upload.is_set("consents"),
        shown: if is_what_was_shown { sharing.clone() } else { Sharing::default() },
    };
    let advisor = match upload.value("advisor") {
        UNLISTED => Advisor::Unlisted,
        id => colleagues
            .iter()
            .find(|colleague| colleague.user.to_string() == id)
            .map_or(Advisor::Sender, |colleague| Advisor::Colleague(colleague.user)),
    };
    let message = DraftMessage { text, declaration, advisor };
    if open.is_candidate() {
        return (message, errors);
    }
    match message.declaration.covers(sharing) {
        Ok(()) => {}
        Err(ConsentRefused::NotInformed) => {
            errors.add("informed", "Informez la personne avant de transmettre quoi que ce soit.");
            if !message.declaration.consents {
                errors.add("consents", messages::NO_CONSENT);
            }
        }
        Err(ConsentRefused::NotGiven) => errors.add("consents", messages::NO_CONSENT),
        Err(ConsentRefused::Outdated) => errors.add("consents", messages::OUTDATED_CONSENT),
    }
    (message, errors)
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
