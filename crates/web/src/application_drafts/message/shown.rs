//! What the message step shows of a draft.

use iae_app::applications::drafts::Colleague;
use iae_domain::applications::draft::DraftMessage;
use iae_domain::documents::DocumentKind;
use iae_domain::text::MESSAGE_MAX_CHARS;
use iae_domain::time::paris_date;

use super::super::step::Opened;
use super::{MessagePage, form, prompts};
use crate::documents::messages::limits;
use crate::forms::FieldErrors;

/// The page of the step, with what was typed and what is wrong with it.
pub(super) fn page(
    step: Opened,
    colleagues: &[Colleague],
    message: DraftMessage,
    errors: FieldErrors,
) -> MessagePage {
    let open = &step.open;
    let mut chosen = open
        .applications
        .iter()
        .flat_map(|one| one.company.jobs.iter().filter(|job| one.written.jobs.contains(&job.id)));
    MessagePage {
        step: step.header(),
        prompts: prompts::of(open),
        advisors: form::advisors(&step.ctx, colleagues, message.advisor),
        message,
        is_candidate: open.is_candidate(),
        is_optional: open.is_message_optional(),
        has_cv: open.draft.has_cv,
        cv_limits: limits(DocumentKind::Cv),
        cv_expected: chosen.any(|job| job.cv_required),
        is_told: open.candidate.as_ref().is_some_and(|person| person.email.is_some()),
        proposed_from: open.draft.proposed_from.map(paris_date),
        max: MESSAGE_MAX_CHARS.to_string(),
        errors,
        layout: step.layout,
    }
}
