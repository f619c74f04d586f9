//! What is said of an acceptance: what will happen, what happened, why it is refused.

use chrono::NaiveDate;
use iae_app::Error;
use iae_app::applications::{HireRefused, PassPreview, Preview};
use iae_domain::applications::{Accept, AcceptRefused, ContractMistake, PassResult};
use iae_domain::candidates::{CompleteRefused, Inconsistency};
use iae_domain::eligibility::{CriteriaConflict, DiagnosisRefused};
use iae_domain::ids::ApplicationId;

use super::super::messages::waiting_period;
use super::attempt::Attempt;
use super::person::Asked;
use crate::eligibility::criteria::age_contradicted;
use crate::eligibility::missing::criteria_missing;
use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french;
use crate::paths::{AcceptancePath, ApplicationPath};
use crate::transition::NotDone;

/// The acceptance is refused: beside which field, the page shown instead, or closed to the company for now.
pub(super) fn refused(refused: HireRefused, id: ApplicationId, asked: Asked) -> Result<Attempt, NotDone> {
    match refused {
        HireRefused::Rules(refused) => accept_field(refused, id),
        HireRefused::Diagnosis(refused) => diagnosis_field(refused, id),
        HireRefused::Person(refused) => Err(person_field(refused, asked)),
    }
}

fn accept_field(refused: AcceptRefused, id: ApplicationId) -> Result<Attempt, NotDone> {
    let (field, message) = match refused {
        AcceptRefused::Overtaken(overtaken) => return Err(overtaken.into()),
        AcceptRefused::FileIncomplete => return Err(file_changed(id).into()),
        AcceptRefused::Withdrawn(withdrawn) => return Ok(Attempt::Withdrawn(withdrawn)),
        AcceptRefused::Contract(mistake) => contract_mistake(mistake),
        AcceptRefused::StartsAfterPassEnd { end } => ("starts_on", starts_after_pass_end(end)),
        AcceptRefused::WaitingPeriod { until } => ("level_1_criteria", waiting_period(until, false)),
        AcceptRefused::PrescriberDiagnosisRequired { until } => (
            "level_1_criteria",
            format!(
                "{} La candidature vient d’un prescripteur habilité\u{a0}: demandez-lui ce diagnostic.",
                waiting_period(until, false)
            ),
        ),
        AcceptRefused::NoValidDiagnosis => (
            "level_1_criteria",
            "Aucun diagnostic d’éligibilité n’est valide\u{a0}: cochez les critères que la personne remplit."
                .to_owned(),
        ),
    };
    Err(FieldErrors::one(field, message).into())
}

/// What is wrong with the dates of the contract, with the field that says it.
pub(super) fn contract_mistake(mistake: ContractMistake) -> (&'static str, String) {
    match mistake {
        ContractMistake::StartsInThePast => {
            ("starts_on", "Le contrat ne peut pas commencer avant aujourd’hui.".to_owned())
        }
        ContractMistake::StartsTooFar { latest } => {
            let latest = french::date(latest);
            (
                "starts_on",
                format!("Le contrat doit commencer dans les six mois\u{a0}: le {latest} au plus tard."),
            )
        }
        ContractMistake::EndsBeforeStart => {
            ("ends_on", "La fin du contrat ne peut pas précéder son début.".to_owned())
        }
    }
}

/// ACC-20.
pub(super) fn starts_after_pass_end(end: NaiveDate) -> String {
    format!(
        "Le PASS IAE de cette personne se termine le {}\u{a0}: le contrat doit commencer ce jour-là au plus tard.",
        french::date(end)
    )
}

/// What was given of the person is refused: beside the field where it can be mended.
fn person_field(refused: CompleteRefused, asked: Asked) -> NotDone {
    let (field, message) = match refused {
        CompleteRefused::Denied(denied) => return Error::from(denied).into(),
        CompleteRefused::Inconsistent(Inconsistency::Title) => (
            "nir",
            "Ce numéro de sécurité sociale ne correspond pas à la civilité du dossier. Vérifiez-le sur la carte Vitale.",
        ),
        CompleteRefused::Inconsistent(Inconsistency::BirthDate) if asked.missing.birth_date => (
            "birth_date",
            "La date de naissance ne correspond pas à celle qu’indique le numéro de sécurité sociale.",
        ),
        CompleteRefused::Inconsistent(Inconsistency::BirthDate) => (
            "nir",
            "Ce numéro de sécurité sociale ne correspond pas à la date de naissance du dossier. Vérifiez-le sur la carte Vitale.",
        ),
        CompleteRefused::NirTaken => (
            "nir",
            "Ce numéro de sécurité sociale est déjà celui d’un autre dossier. Vérifiez-le avec la personne.",
        ),
    };
    FieldErrors::one(field, message).into()
}

/// What the file lacks is not what the page asked for.
fn file_changed(id: ApplicationId) -> PageError {
    PageError::Conflict {
        message:
            "Le dossier de la personne a changé depuis que vous avez ouvert la page\u{a0}: d’autres informations \
                  sont nécessaires pour l’embauche."
                .to_owned(),
        link: Some(("Reprendre l’acceptation".to_owned(), AcceptancePath { id }.to_string())),
    }
}

fn diagnosis_field(refused: DiagnosisRefused, id: ApplicationId) -> Result<Attempt, NotDone> {
    let not_done = match refused {
        DiagnosisRefused::Withdrawn(withdrawn) => return Ok(Attempt::Withdrawn(withdrawn)),
        DiagnosisRefused::Denied(denied) => Error::from(denied).into(),
        DiagnosisRefused::ValidPass | DiagnosisRefused::AlreadyValid => PageError::Conflict {
            message: "L’éligibilité de cette personne vient d’être établie\u{a0}: vos critères ne sont plus nécessaires."
                .to_owned(),
            link: Some(("Revoir la candidature".to_owned(), ApplicationPath { id }.to_string())),
        }
        .into(),
        DiagnosisRefused::CriteriaMissing(missing) => {
            FieldErrors::one("level_1_criteria", criteria_missing(missing)).into()
        }
        DiagnosisRefused::AgeContradicted(contradicted) => {
            FieldErrors::one("level_2_criteria", age_contradicted(contradicted)).into()
        }
    };
    Err(not_done)
}

/// Two criteria that nobody meets at once (ELI-2).
pub(super) fn criteria_conflict(conflict: CriteriaConflict) -> String {
    format!(
        "«\u{a0}{}\u{a0}» et «\u{a0}{}\u{a0}» s’excluent\u{a0}: gardez celui qui correspond à la situation de la personne.",
        conflict.0.label(),
        conflict.1.label()
    )
}

/// What will happen, in one sentence, before it does.
pub(super) fn recap(preview: Preview, person: &str) -> String {
    let pass = match preview.pass {
        PassPreview::NotRequired => format!("{person} rejoindra votre structure, sans PASS IAE"),
        PassPreview::Reused(period) => {
            format!(
                "{person} rejoindra votre structure avec son PASS IAE en cours, valable {}",
                french::period(period.start, period.end)
            )
        }
        PassPreview::Moved(period) => format!(
            "Le PASS IAE {}, qui n’a pas commencé, débutera avec ce contrat\u{a0}: il courra {}",
            french::of(person),
            french::period(period.start, period.end)
        ),
        PassPreview::Resumed { period, suspended_until } => {
            let suspension = suspended_until.map_or_else(
                || "sa suspension, qui commençait ce jour-là, sera supprimée".to_owned(),
                |day| format!("sa suspension prendra fin le {}, veille du contrat", french::date(day)),
            );
            format!(
                "{person} rejoindra votre structure avec son PASS IAE, suspendu aujourd’hui\u{a0}: {suspension}, et il sera \
                 valable {}",
                french::period(period.start, period.end)
            )
        }
        PassPreview::Issued(period) => {
            format!("Un PASS IAE sera délivré à {person}, {}", french::period(period.start, period.end))
        }
        PassPreview::AwaitingManualDelivery => format!(
            "{person} rejoindra votre structure\u{a0}; faute d’identifiant, son PASS IAE sera délivré par l’équipe après vérification"
        ),
    };
    match preview.closed {
        0 => format!("{pass}."),
        1 => format!("{pass}\u{a0}; son autre candidature en cours sera close."),
        closed => format!("{pass}\u{a0}; ses {closed} autres candidatures en cours seront closes."),
    }
}

/// What is said of a contract that goes on after the PASS.
pub(super) fn outlasts(pass: PassPreview, contract: &Accept) -> Option<String> {
    let last_day = pass.period()?.end;
    let ends_on = contract.ends_on.filter(|_| contract.outlasts(last_day))?;
    Some(format!(
        "Le PASS IAE se termine le {}, et le contrat le {}. Vous pouvez accepter\u{a0}: entre ces deux dates, aucun PASS IAE ne \
         couvrira le contrat.",
        french::date(last_day),
        french::date(ends_on),
    ))
}

/// The button that hires, in the words of what it does.
pub(super) const fn accept_button(pass: PassPreview) -> &'static str {
    match pass {
        PassPreview::Issued(_) => "Accepter et délivrer le PASS IAE",
        PassPreview::Reused(_)
        | PassPreview::Moved(_)
        | PassPreview::Resumed { .. }
        | PassPreview::NotRequired
        | PassPreview::AwaitingManualDelivery => "Accepter la candidature",
    }
}

/// What is said once the hire is written, and what comes next of the criteria that the company declared itself (03 §2.13).
pub(super) fn done(pass: PassResult, on_own_criteria: bool) -> String {
    let next = if on_own_criteria {
        " Déposez maintenant les justificatifs des critères que vous avez déclarés\u{a0}: le bouton est sur cette page."
    } else {
        ""
    };
    format!("{}{next}", told(pass))
}

/// Who is told, and what becomes of the PASS; MAN-4 when it is delivered by hand.
const fn told(pass: PassResult) -> &'static str {
    match pass {
        PassResult::NotRequired => "La personne et son accompagnateur sont prévenus.",
        PassResult::Issued | PassResult::Reused => {
            "La personne et son accompagnateur sont prévenus. Le PASS IAE est rattaché à ce contrat."
        }
        PassResult::Resumed => {
            "La personne et son accompagnateur sont prévenus. Le PASS IAE est rattaché à ce contrat, et sa suspension prend \
             fin avant lui."
        }
        PassResult::AwaitingManualDelivery => {
            "La personne et son accompagnateur sont prévenus. L’équipe du service vérifie la demande de PASS IAE et \
             vous écrira."
        }
    }
}
