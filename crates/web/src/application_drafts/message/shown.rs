//! What the message step shows of a draft.

use iae_app::applications::drafts::Colleague;
use iae_domain::applications::TEXT_MAX_CHARS;
use iae_domain::applications::draft::DraftMessage;
use iae_domain::candidates::consent::{ConsentRefused, Declaration};
use iae_domain::documents::DocumentKind;

use super::super::step::Opened;
use super::{MessagePage, form, prompts};
use crate::documents::messages::limits;
use crate::forms::FieldErrors;

/// The page of the step, with what was typed and what is wrong with it. A consent to something else than what would be
/// shared now is asked for again.
pub(super) fn page(
    step: Opened,
    colleagues: &[Colleague],
    mut message: DraftMessage,
    errors: FieldErrors,
) -> MessagePage {
    let open = &step.open;
    let chosen = |id| open.draft.jobs.contains(id);
    let is_outdated =
        !open.is_candidate() && message.declaration.covers(open.sharing()) == Err(ConsentRefused::Outdated);
    if is_outdated {
        message.declaration = Declaration::default();
    }
    MessagePage {
        step: step.header(),
        prompts: prompts::of(open),
        advisors: form::advisors(&step.ctx, colleagues, message.advisor),
        message,
        is_candidate: open.is_candidate(),
        is_optional: open.is_own_company(),
        has_cv: open.draft.has_cv,
        cv_limits: limits(DocumentKind::Cv),
        cv_expected: open.company.jobs.iter().any(|job| job.cv_required && chosen(&job.id)),
        is_told: open.candidate.as_ref().is_some_and(|person| person.email.is_some()),
        told: open.sharing().with_cv(),
        is_outdated,
        max: TEXT_MAX_CHARS.to_string(),
        errors,
        layout: step.layout,
    }
}
