//! What is said of an application: refusals of the rules, drafts of answers, who sent it.

use iae_app::applications::detail::{SenderCard, Transition as Happened};
use iae_domain::applications::{PostponeRefused, RefusalReason, RefuseRefused, SenderKind, StateCode};
use iae_domain::ids::ApplicationId;

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french;
use crate::paths::ApplicationPath;
use crate::transition::NotDone;

/// Someone acted first (WF-8, D32): who did what, and when.
pub(super) fn already_processed(id: ApplicationId, last: Option<&Happened>) -> PageError {
    PageError::Conflict {
        message: format!("{} Relisez la candidature avant d’aller plus loin.", happened(last)),
        link: Some(("Revoir la candidature".to_owned(), ApplicationPath { id }.to_string())),
    }
}

/// Who did what and when, while a form about the application was open (D32). Who hires elsewhere is never told (LOG-1).
pub(super) fn happened(last: Option<&Happened>) -> String {
    let Some(Happened { at, to, author, is_by_reader, is_by_team, .. }) = last else {
        return "Cette candidature a changé d’état depuis que vous avez ouvert la page.".to_owned();
    };
    let at = french::date_time(*at);
    match (to, author) {
        (StateCode::Obsolete, _) => format!("Cette personne a été embauchée ailleurs le {at}."),
        (_, Some(_)) if *is_by_reader => format!(
            "Vous avez déjà traité cette candidature le {at}, dans un autre onglet peut-être\u{a0}: «\u{a0}{}\u{a0}».",
            to.label()
        ),
        (_, Some(_)) if *is_by_team => {
            format!(
                "L’équipe du service a traité cette candidature le {at}\u{a0}: «\u{a0}{}\u{a0}».",
                to.label()
            )
        }
        (_, Some(author)) => {
            format!("{author} a traité cette candidature le {at}\u{a0}: «\u{a0}{}\u{a0}».", to.label())
        }
        (_, None) => {
            format!("Cette candidature a changé d’état le {at}\u{a0}: «\u{a0}{}\u{a0}».", to.label())
        }
    }
}

/// A reason for other kinds of companies.
pub(super) const REASON_NOT_OFFERED: &str =
    "Ce motif ne concerne pas votre type de structure. Choisissez-en un autre.";

/// Both were chosen, and one would be lost.
pub(super) const TWO_MESSAGES: &str =
    "Vous avez aussi écrit un message à part\u{a0}: décochez l’envoi du même message, ou effacez celui-ci.";

/// A prescriber or orienteur is owed a message (REF-2).
pub(super) const ANSWER_TO_PRESCRIBER_MISSING: &str =
    "Écrivez à qui a envoyé la candidature, ou cochez l’envoi du même message aux deux.";

/// The refusal is itself refused: beside which field, or the page shown instead.
pub(super) fn refuse_refused(refused: RefuseRefused) -> NotDone {
    let (field, message) = match refused {
        RefuseRefused::Overtaken(overtaken) => return overtaken.into(),
        RefuseRefused::ReasonNotOffered => ("reason", REASON_NOT_OFFERED),
        RefuseRefused::AnswerToPrescriberMissing => ("answer_to_prescriber", ANSWER_TO_PRESCRIBER_MISSING),
    };
    FieldErrors::one(field, message).into()
}

/// The field of the day to come back to an application on hold.
pub(super) const RESUME_ON: &str = "resume_on";

/// It is not put on hold: beside which field, or the page shown instead.
pub(super) fn postpone_refused(refused: PostponeRefused) -> NotDone {
    match refused {
        PostponeRefused::Overtaken(overtaken) => overtaken.into(),
        PostponeRefused::ResumesTooSoon | PostponeRefused::ResumesTooLate { .. } => {
            FieldErrors::one(RESUME_ON, no_such_return(refused)).into()
        }
    }
}

/// Why one does not come back to it on that day.
pub(super) fn no_such_return(refused: PostponeRefused) -> String {
    match refused {
        PostponeRefused::Overtaken(_) | PostponeRefused::ResumesTooSoon => {
            "Choisissez un jour à venir, à partir de demain.".to_owned()
        }
        PostponeRefused::ResumesTooLate { latest } => format!(
            "Choisissez un jour avant un an, le {} au plus tard\u{a0}: au-delà, proposez à la personne de postuler à \
             nouveau.",
            french::date(latest)
        ),
    }
}

/// Why a new PASS waits, until when, and who can lift it (ELI-W).
pub(super) fn waiting_period(until: chrono::NaiveDate, is_own: bool) -> String {
    let last =
        if is_own { "Votre précédent PASS IAE" } else { "Le précédent PASS IAE de cette personne" };
    format!(
        "{last} est terminé\u{a0}: un délai de deux ans court jusqu’au {}. Avant cette \
         date, un nouveau PASS IAE suppose un diagnostic d’éligibilité fait par un prescripteur habilité.",
        french::date(until)
    )
}

/// What the sender is called in the forms (REF-4).
pub(super) fn prescriber(sender: &SenderCard) -> &'static str {
    match (sender.kind, sender.authorised) {
        (SenderKind::Prescriber, true) => "prescripteur habilité",
        (SenderKind::Prescriber, false) => "orienteur",
        (SenderKind::Candidate, _) => "candidat",
        (SenderKind::Employer, _) => "employeur",
    }
}

/// When it makes sense to apply again to whoever declined.
pub(super) const fn worth_trying_again(reason: Option<RefusalReason>) -> &'static str {
    match reason {
        Some(RefusalReason::NoPosition) => "quand la structure recrutera de nouveau",
        Some(RefusalReason::NonEligible | RefusalReason::EligibilityDoubt) => {
            "une fois l’éligibilité validée par un prescripteur habilité"
        }
        Some(RefusalReason::Training | RefusalReason::HiredElsewhere | RefusalReason::Unavailable) => {
            "quand la personne sera de nouveau disponible"
        }
        Some(RefusalReason::DidNotCome | RefusalReason::DidNotComeToInterview) => {
            "une fois le contact repris avec la personne"
        }
        Some(RefusalReason::PoorlyInformed) => "avec un dossier plus complet",
        Some(RefusalReason::Deactivation) => "si la structure est de nouveau conventionnée",
        Some(
            RefusalReason::NotMobile
            | RefusalReason::NotInterested
            | RefusalReason::LackingSkills
            | RefusalReason::Incompatible
            | RefusalReason::PreventObjectives
            | RefusalReason::Duplicate
            | RefusalReason::Other
            | RefusalReason::Auto
            | RefusalReason::PassEndTooClose,
        )
        | None => "si la situation de la personne ou le poste change",
    }
}
