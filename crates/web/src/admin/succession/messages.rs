//! Why nothing became of a structure, and what to do.

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::SuccessionRefused;

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french::{self, spaced};
use crate::paths::AdminSuccessionPath;
use crate::transition::NotDone;

/// Which fields the form has, for what a mistake is beside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Where a SIRET is typed.
    pub siret: &'static str,
    /// Where the structure that takes over is.
    pub target: &'static str,
}

/// In words: beside a field, or on the conflict page.
pub(super) fn refused(refused: SuccessionRefused, id: OrganisationId, fields: Fields) -> NotDone {
    use SuccessionRefused as R;
    let one = |field, message: &str| NotDone::Mistakes(FieldErrors::one(field, message));
    match refused {
        R::Future => {
            one("effective_on", "Ce jour n’est pas encore venu : enregistrez-le quand cela aura pris effet.")
        }
        R::BeforeSiret(day) => one(
            "effective_on",
            &format!(
                "La structure a son SIRET actuel depuis le {}, d’après la plateforme : le nouveau commence après.",
                french::date(day)
            ),
        ),
        R::SameSiret => one(fields.siret, "La structure a déjà ce SIRET."),
        R::SiretTaken => one(
            fields.siret,
            "Une autre organisation de même nature a ce SIRET, ou l’a eu depuis ce jour. S’il s’agit de la même, fusionnez-les.",
        ),
        R::NoSiret => {
            one(fields.siret, "Cette organisation n’a pas de SIRET : elle est connue sous un autre numéro.")
        }
        R::AntennaSiren => one(
            fields.siret,
            "Cette antenne partage la convention d’une structure d’un autre SIREN : rattachez-la d’abord à une convention de ce SIREN.",
        ),
        R::NotCompany => {
            one(fields.target, "Cette organisation n’est pas une structure : choisissez un employeur.")
        }
        R::SameStructure => one(fields.target, "C’est la même structure : choisissez-en une autre."),
        R::TargetInactive => one(
            fields.target,
            "Cette structure n’est pas active : personne n’y entrerait. Réactivez d’abord sa convention, ou choisissez-en une autre.",
        ),
        R::Kinds => one(
            fields.target,
            "Les types ne vont pas ensemble : une SIAE ne va que vers une SIAE, un GEIQ vers un GEIQ, une clause sociale vers une autre.",
        ),
        R::IntoAntenna => one(
            fields.target,
            "Une structure de l’ASP ne fusionne pas dans une antenne : c’est l’antenne qui fusionne dans sa structure.",
        ),
        R::AntennasStay(antennas) => one(
            fields.target,
            &format!(
                "{} : la structure qui reprend n’a pas de convention du même SIREN et du même type pour {}. Fusionnez d’abord chaque antenne.",
                french::plural(antennas, "antenne resterait seule", "antennes resteraient seules"),
                french::agree(antennas, "elle", "elles")
            ),
        ),
        R::NothingChosen => NotDone::Mistakes(FieldErrors::of_form(
            "Choisissez au moins un poste, un membre ou une antenne qui part.",
        )),
        R::NoAdministratorLeft => one(
            "members",
            "Plus personne n’administrerait la structure : gardez un administrateur, ou nommez-en un autre d’abord.",
        ),
        R::NotItsOwn => overtaken(
            id,
            "Un poste, un membre ou une antenne que vous aviez choisi n’est plus de cette structure.",
        ),
        R::Closed => overtaken(id, "Cette structure est fermée : une autre l’a déjà remplacée."),
        R::Overtaken => overtaken(
            id,
            "La structure, celle qui reprend ou ce qui passe de l’une à l’autre a changé depuis l’aperçu que vous avez lu.",
        ),
    }
}

/// What happened meanwhile, and where it is read (D32).
fn overtaken(id: OrganisationId, happened: &str) -> NotDone {
    NotDone::Elsewhere(PageError::Conflict {
        message: spaced(&format!(
            "{happened} Rien n’a été enregistré. Revoyez l’historique, puis recommencez s’il le faut."
        )),
        link: Some((
            "Revoir la structure et son historique".to_owned(),
            AdminSuccessionPath { id }.to_string(),
        )),
    })
}
