//! What the flow left as it was, in the words the team reads.

use iae_domain::imports::ImportedFile;
use iae_domain::organisations::sync::{ConventionKey, Remark};
use iae_domain::organisations::{CompanyKind, Siret};

use super::super::kept::KeptRemark;

/// A remark, with the file and the line it is of. Files are in the order of the flow: structures, conventions, annexes.
pub(super) fn remark(remark: &Remark, files: &[ImportedFile]) -> KeptRemark {
    let (of, line, says) = match remark {
        Remark::NoConvention { line, key } => {
            (Some(0), Some(*line), format!("{} n’a pas de convention dans le fichier (CMP-8)", named(*key)))
        }
        Remark::OtherSiren { line, siret, signature } => (
            Some(0),
            Some(*line),
            format!("le SIREN de {siret} n’est pas celui de la convention, signée par {signature} (CMP-8)"),
        ),
        Remark::SirenChanged { line, before, after } => (
            Some(0),
            Some(*line),
            format!(
                "le SIREN change, de {before} à {after} : SIRET et adresse e-mail restent comme ici (CMP-12)"
            ),
        ),
        Remark::SiretTaken { line, siret, kind } => (
            Some(0),
            Some(*line),
            format!("{} existe déjà sur la plateforme (CMP-4, CMP-12)", of_siret(siret, *kind)),
        ),
        Remark::SignatureOfOthers { line, signature } => (
            Some(1),
            Some(*line),
            format!("signée par {signature}, d’un autre SIREN que ses structures (CMP-8)"),
        ),
        Remark::Protected { key } => (
            None,
            None,
            format!(
                "{} garde sa convention : réactivée par l’équipe il y a moins de 90 jours (CMP-10)",
                named(*key)
            ),
        ),
        Remark::Unconfirmed { siret, kind } => (
            None,
            None,
            format!(
                "{} : créée par l’équipe il y a plus de 90 jours, toujours absente du flux, et déjà utilisée (CMP-13)",
                of_siret(siret, *kind)
            ),
        ),
        Remark::WithoutMember { siret, kind } => (
            None,
            None,
            format!("{} : plus aucun membre, mais déjà utilisée (CMP-13)", of_siret(siret, *kind)),
        ),
        Remark::StillHeld { siret, kind } => (
            None,
            None,
            format!(
                "{} : à supprimer, mais d’autres données s’y rattachent (CMP-14)",
                of_siret(siret, *kind)
            ),
        ),
    };
    let file = of.and_then(|rank: usize| files.get(rank)).map(|file| file.name.clone()).unwrap_or_default();
    KeptRemark { file, line, says }
}

fn named(key: ConventionKey) -> String {
    format!("la structure {} ({})", key.asp_id, key.kind.code())
}

fn of_siret(siret: &Siret, kind: CompanyKind) -> String {
    format!("{siret} ({})", kind.code())
}
