//! What is said of the proofs that an SIAE keeps: what is expected, why a document is not kept, how long one is.

use chrono::NaiveDate;
use iae_app::eligibility::proofs::DepositRefused;
use iae_app::eligibility::proofs::queries::{KeptProof, Vault};
use iae_domain::documents::{DocumentKind, DocumentRefused};
use iae_domain::eligibility::{Criterion, ProofRefused};
use iae_domain::ids::ApplicationId;

use crate::applications::state_badge::StateBadge;
use crate::documents::messages;
use crate::eligibility::expected;
use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french::{self, spaced};
use crate::paths::EligibilityProofsPath;

/// The field of the criterion.
pub(super) const CRITERION: &str = "criterion";
/// The field of the day.
pub(super) const DATED_ON: &str = "dated_on";
/// The field of the file.
pub(super) const PROOF: &str = "proof";
/// What the file is.
pub(super) const KIND: DocumentKind = DocumentKind::Proof;

pub(super) const CHOOSE: &str = "Choisissez le critère que ce document prouve.";
pub(super) const SAY_THE_DAY: &str = "Indiquez la date que porte le document.";
pub(super) const NOTHING_CHOSEN: &str = "Choisissez le fichier à déposer.";

/// Nothing is asked of a criterion.
pub(super) const CERTIFIED: StateBadge =
    StateBadge { label: "Certifié par l’État", tone: "success", icon: "shield" };
/// A proof that holds is kept.
pub(super) const KEPT: StateBadge =
    StateBadge { label: "Justificatif déposé", tone: "success", icon: "circle-check" };
/// None is.
pub(super) const TO_DEPOSIT: StateBadge =
    StateBadge { label: "Justificatif à déposer", tone: "warning", icon: "upload" };

/// What proves a criterion.
pub(super) fn expected(vault: &Vault, criterion: Criterion) -> String {
    vault.expected(criterion).map(expected::expected).unwrap_or_default()
}

/// Why a document would prove nothing, beside which field.
pub(super) fn useless(refused: ProofRefused, starts_on: NaiveDate) -> (&'static str, String) {
    let starts_on = french::date(starts_on);
    match refused {
        ProofRefused::NotDeclared => (CRITERION, CHOOSE.to_owned()),
        ProofRefused::Certified => {
            (CRITERION, "L’État a certifié ce critère : aucun justificatif n’est nécessaire.".to_owned())
        }
        ProofRefused::InTheFuture => (
            DATED_ON,
            "Cette date n’est pas encore passée : indiquez celle que porte le document.".to_owned(),
        ),
        ProofRefused::AfterStart => (
            DATED_ON,
            format!(
                "Ce document est postérieur au premier jour du contrat, le {starts_on} : il ne suffirait pas à un contrôle. Déposez un \
                 document de ce jour-là ou d’avant."
            ),
        ),
        ProofRefused::BeforeBirth => (
            DATED_ON,
            "Cette date précède la naissance de la personne : vérifiez-la sur le document.".to_owned(),
        ),
        ProofRefused::TooOld { months, since } => (
            DATED_ON,
            format!(
                "Ce document a plus de {months} mois le premier jour du contrat, le {starts_on} : il ne suffirait pas à un contrôle. \
                 Déposez un document du {} ou d’après.",
                french::date(since)
            ),
        ),
    }
}

/// Why a file is not taken.
pub(super) fn refused_file(refused: DocumentRefused) -> String {
    messages::refused(KIND, refused)
}

/// Why nothing was deposited, beside which field.
pub(super) fn refused(refused: DepositRefused, starts_on: NaiveDate) -> FieldErrors {
    let (field, why) = match refused {
        DepositRefused::Proof(refused) => useless(refused, starts_on),
        DepositRefused::Document(refused) => (PROOF, refused_file(refused)),
    };
    FieldErrors::one(field, why)
}

/// Until when a proof is kept.
pub(super) fn kept_until(proof: &KeptProof) -> String {
    let said = match proof.kept_until {
        _ if proof.is_wanted => {
            "Gardé au moins jusqu’à la fin du contrôle en cours, qui peut le demander.".to_owned()
        }
        Some(until) => format!("Gardé jusqu’au {}.", french::date(until)),
        None => "Ne sert plus à aucune embauche : supprimé la nuit prochaine.".to_owned(),
    };
    spaced(&said)
}

/// The page that says that a proof is no longer what was seen (D32), and leads to those there are.
pub(super) fn changed(application: ApplicationId) -> PageError {
    PageError::Conflict {
        message: spaced(
            "Ce justificatif a été retiré ou remplacé depuis que vous avez ouvert la page : vous n’avez rien supprimé.",
        ),
        link: Some((
            "Revoir les justificatifs".to_owned(),
            EligibilityProofsPath { id: application }.to_string(),
        )),
    }
}
