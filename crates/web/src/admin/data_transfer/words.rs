//! What is said when nothing changes file.

use iae_domain::candidates::DataTransferRefused;
use iae_domain::ids::CandidateId;

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french::period;
use crate::paths::AdminDataTransferPath;
use crate::transition::NotDone;

/// What the rule refuses, beside the field; or the page that says what changed (D32).
pub(super) fn refused(refusal: DataTransferRefused, id: CandidateId, field: &'static str) -> NotDone {
    use DataTransferRefused as No;
    let said = match refusal {
        No::SameFile => "C’est le dossier que vous regardez : saisissez ce qui désigne l’autre.".to_owned(),
        No::NotSaidSame => {
            let said = "Ces deux dossiers n’ont pas le même numéro de sécurité sociale ou la même date de naissance : \
                        vérifiez, puis cochez cette case.";
            return FieldErrors::one("same_person", said).into();
        }
        No::Nothing => "Rien de ce que vous avez choisi n’est dans ce dossier.".to_owned(),
        No::PassesWithoutDiagnoses => {
            "Un PASS IAE repose sur un diagnostic de la même personne : transférez aussi les diagnostics d’éligibilité."
                .to_owned()
        }
        No::DiagnosesWithoutPasses => {
            "Un PASS IAE de ce dossier repose sur l’un de ces diagnostics : transférez aussi les PASS IAE.".to_owned()
        }
        No::PassesWithoutHires => {
            "Une embauche de ce dossier repose sur l’un de ces PASS IAE : transférez aussi les candidatures et embauches."
                .to_owned()
        }
        No::HiresWithoutPasses => {
            "L’une de ces embauches repose sur un PASS IAE de ce dossier : transférez aussi les PASS IAE.".to_owned()
        }
        No::DiagnosesWithoutHires => {
            "Une embauche de ce dossier repose sur l’un de ces diagnostics : transférez aussi les candidatures et embauches."
                .to_owned()
        }
        No::HiresWithoutDiagnoses => {
            "L’une de ces embauches repose sur un diagnostic de ce dossier : transférez aussi les diagnostics d’éligibilité."
                .to_owned()
        }
        No::OverlappingPasses { going, there } => format!(
            "Une personne n’a qu’un PASS IAE à la fois. Celui de ce dossier va {}, celui de l’autre {} : ils ont des jours en commun. \
             Corrigez ou annulez d’abord l’un des deux.",
            period(going.start, going.end),
            period(there.start, there.end),
        ),
        No::Overtaken => {
            let message = "L’un des deux dossiers a changé depuis que vous les avez comparés. Rien n’a été transféré\u{a0}: \
                           comparez-les de nouveau.";
            let link = ("Comparer de nouveau".to_owned(), AdminDataTransferPath { id }.to_string());
            return PageError::Conflict { message: message.to_owned(), link: Some(link) }.into();
        }
    };
    FieldErrors::one(field, said).into()
}
