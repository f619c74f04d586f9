//! What proves a criterion, and how old it may be: one sentence, wherever a proof is kept, given or reviewed. Its age counts back from the
//! delivery of the PASS (rule book 03 §2.3), which of an auto-prescription is the first day of the contract (04 §1.5).

use iae_app::eligibility::queries::CriterionProof;
use iae_domain::eligibility::{Criterion, max_age};

use crate::french::{plural, spaced};

/// « Attestation RSA. Document daté de 3 mois au plus à la délivrance du PASS IAE, le premier jour du contrat. »
pub(crate) fn expected(known: &CriterionProof) -> String {
    let proof = known.proof.trim_end_matches('.');
    let said = match age(known.criterion, known.max_age_months) {
        Some(age) => format!("{proof}. {age}."),
        None => format!("{proof}."),
    };
    spaced(&said)
}

/// The second of its sentences, `months` being what the catalogue says; none when a proof does not age.
pub(crate) fn age(criterion: Criterion, months: Option<i16>) -> Option<String> {
    let at_most = |months: i16| {
        let months = plural(months.into(), "mois", "mois");
        format!("{months} au plus à la délivrance du PASS IAE, le premier jour du contrat")
    };
    let said = match (months?, max_age(criterion, months)) {
        (months, Some(_)) => format!("Document daté de {}", at_most(months)),
        (months, None) => {
            format!("L’attestation sur l’honneur est datée de {} ; un diplôme n’a pas d’âge", at_most(months))
        }
    };
    Some(spaced(&said))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 03 §2.3: « counts back from the PASS delivery date », « 3 months for the sworn statement » of the level of education.
    #[test]
    fn the_age_of_a_proof_is_said_in_one_way() {
        let said = |criterion, max_age_months| {
            let proof = "Un document.".to_owned();
            expected(&CriterionProof { criterion, proof, max_age_months }).replace('\u{a0}', " ")
        };
        assert_eq!(
            said(Criterion::Rsa, Some(3)),
            "Un document. Document daté de 3 mois au plus à la délivrance du PASS IAE, le premier jour du contrat."
        );
        assert_eq!(
            said(Criterion::CapBep, Some(3)),
            "Un document. L’attestation sur l’honneur est datée de 3 mois au plus à la délivrance du PASS IAE, le premier jour du \
             contrat ; un diplôme n’a pas d’âge."
        );
        assert_eq!(said(Criterion::Senior, None), "Un document.");
    }
}
