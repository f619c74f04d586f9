//! What is said of an application: refusals of the rules, drafts of answers, who sent it.

use iae_app::applications::detail::{SenderCard, Transition as Happened};
use iae_domain::applications::{RefusalReason, RefuseRefused, SenderKind, StateCode};
use iae_domain::ids::ApplicationId;
use iae_domain::organisations::CompanyKind;

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french;
use crate::paths::ApplicationPath;
use crate::transition::NotDone;

/// Someone acted first (WF-8, D32): who did what, and when.
pub(super) fn already_processed(id: ApplicationId, last: Option<&Happened>) -> PageError {
    PageError::Conflict {
        message: format!("{} Relisez la candidature avant d'aller plus loin.", happened(last)),
        link: Some(("Revoir la candidature".to_owned(), ApplicationPath { id }.to_string())),
    }
}

/// Who did what and when, while a form about the application was open (D32). Who hires elsewhere is never told (LOG-1).
pub(super) fn happened(last: Option<&Happened>) -> String {
    let Some(Happened { at, to, author }) = last else {
        return "Cette candidature a changé d'état depuis que vous avez ouvert la page.".to_owned();
    };
    let at = french::date_time(*at);
    match (to, author) {
        (StateCode::Obsolete, _) => format!("Cette personne a été embauchée ailleurs le {at}."),
        (_, Some(author)) => {
            format!("{author} a traité cette candidature le {at}\u{a0}: «\u{a0}{}\u{a0}».", to.label())
        }
        (_, None) => {
            format!("Cette candidature a changé d'état le {at}\u{a0}: «\u{a0}{}\u{a0}».", to.label())
        }
    }
}

/// The refusal is itself refused: beside which field, or the page shown instead.
pub(super) fn refuse_refused(refused: RefuseRefused) -> NotDone {
    let (field, message) = match refused {
        RefuseRefused::Overtaken(overtaken) => return overtaken.into(),
        RefuseRefused::ReasonNotOffered => {
            ("reason", "Ce motif ne concerne pas votre type de structure. Choisissez-en un autre.")
        }
        RefuseRefused::AnswerToPrescriberMissing => {
            ("answer_to_prescriber", "Écrivez un message à la personne qui a envoyé la candidature.")
        }
    };
    FieldErrors::one(field, message).into()
}

/// Why a new PASS waits, until when, and who can lift it (ELI-W).
pub(super) fn waiting_period(until: chrono::NaiveDate) -> String {
    format!(
        "Le précédent PASS IAE de cette personne est terminé\u{a0}: un délai de deux ans court jusqu'au {}. Avant cette \
         date, un nouveau PASS IAE suppose un diagnostic d'éligibilité fait par un prescripteur habilité.",
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

/// The message proposed for each reason, to be reread and changed (REF-2); empty when nothing general can be said.
pub(super) const fn refusal_draft(reason: RefusalReason, company: CompanyKind) -> &'static str {
    match reason {
        RefusalReason::DidNotCome => {
            "Bonjour,\n\nNous avons essayé de vous joindre, sans succès. Nous ne pouvons donc pas donner suite à votre \
             candidature pour le moment. Si vous êtes toujours à la recherche d'un emploi, vous pouvez nous recontacter."
        }
        RefusalReason::DidNotComeToInterview => {
            "Bonjour,\n\nNous ne vous avons pas vu à l'entretien prévu. Nous ne pouvons donc pas donner suite à votre \
             candidature. Si un empêchement vous a retenu, n'hésitez pas à nous recontacter."
        }
        RefusalReason::HiredElsewhere => {
            "Bonjour,\n\nNous avons appris que vous avez retrouvé un emploi et nous nous en réjouissons. Nous classons \
             donc votre candidature. Bonne continuation."
        }
        RefusalReason::Training => {
            "Bonjour,\n\nVous êtes actuellement en formation et n'êtes donc pas disponible pour le poste. N'hésitez pas \
             à nous recontacter quand elle sera terminée."
        }
        RefusalReason::NonEligible => match company {
            CompanyKind::Aci | CompanyKind::Ai | CompanyKind::Ei | CompanyKind::Eiti | CompanyKind::Etti => {
                "Bonjour,\n\nD'après les éléments reçus, vous ne remplissez pas les conditions pour travailler dans une \
                 structure de l'insertion par l'activité économique. La personne qui vous accompagne peut vous aider à \
                 trouver une autre voie."
            }
            CompanyKind::Geiq | CompanyKind::Opcs => {
                "Bonjour,\n\nD'après les éléments reçus, vous ne remplissez pas les conditions du dispositif dont relève \
                 ce poste. La personne qui vous accompagne peut vous aider à trouver une autre voie."
            }
        },
        RefusalReason::NotMobile => {
            "Bonjour,\n\nLe poste demande des déplacements qui ne vous sont pas possibles aujourd'hui. Nous ne pouvons \
             donc pas retenir votre candidature."
        }
        RefusalReason::NotInterested => {
            "Bonjour,\n\nÀ la suite de notre échange, nous avons compris que le poste ne correspond pas à ce que vous \
             cherchez. Nous classons donc votre candidature et vous souhaitons une bonne recherche."
        }
        RefusalReason::LackingSkills => {
            "Bonjour,\n\nLe poste demande des compétences que vous n'avez pas encore. Nous ne pouvons donc pas retenir \
             votre candidature cette fois-ci. D'autres postes, chez nous ou ailleurs, vous conviendront peut-être mieux."
        }
        RefusalReason::Incompatible => {
            "Bonjour,\n\nLes conditions du poste ne sont pas compatibles avec votre situation actuelle. Nous ne pouvons \
             donc pas retenir votre candidature. La personne qui vous accompagne peut vous orienter vers un poste adapté."
        }
        RefusalReason::PreventObjectives => {
            "Bonjour,\n\nNous ne pouvons pas retenir votre candidature en ce moment, pour des raisons propres à notre \
             structure et non à votre parcours. Nous vous encourageons à postuler ailleurs."
        }
        RefusalReason::NoPosition => {
            "Bonjour,\n\nNous ne recrutons pas en ce moment. Nous ne pouvons donc pas donner suite à votre candidature, \
             et vous encourageons à postuler auprès d'autres structures près de chez vous."
        }
        RefusalReason::Duplicate => {
            "Bonjour,\n\nNous avons déjà reçu une candidature de votre part et nous traitons celle-là. Celle-ci est donc \
             classée."
        }
        RefusalReason::Other
        | RefusalReason::Auto
        | RefusalReason::PassEndTooClose
        | RefusalReason::Unavailable
        | RefusalReason::EligibilityDoubt
        | RefusalReason::Deactivation
        | RefusalReason::PoorlyInformed => "",
    }
}
