//! What sign-ups answer, in words.

use iae_domain::organisations::NotListed;
use iae_domain::organisations::sign_up::{
    CompanyLinkRefused, CompanySearchRefused, JOIN_ASKED_AGAIN, JOINS_A_DAY, JoinRequestRefused, LINKS_A_DAY,
    LINKS_AN_HOUR,
};

use super::FOR_PROFESSIONALS;
use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french;
use crate::paths::{DashboardPath, ProfessionalSignUpPath};
use crate::transition::NotDone;

/// Members were asked: title, what comes next.
pub(super) const JOIN_ASKED: (&str, &str) = (
    "La demande est partie",
    "Vous recevrez une invitation par e-mail dès qu’elle aura été acceptée : ouvrez-la, puis confirmez. Vous n’avez rien d’autre à faire.",
);

/// A link was sent: title, what comes next.
pub(super) const LINK_SENT: (&str, &str) = (
    "Le lien est parti",
    "Il est à l’adresse officielle de la structure : demandez à qui lit cette boîte de vous le transmettre, puis ouvrez-le ici, connecté à \
     ce compte. Il sert quatorze jours.",
);

/// Somebody joined a company since its page was read.
pub(super) const SOMEBODY_CAME: &str = "Quelqu’un vient de s’inscrire pour cette structure : aucun lien n’est parti. Demandez-lui maintenant de vous inviter.";

/// A facilitator signed up: title, what comes next.
pub(super) const FACILITATOR_SIGNED_UP: (&str, &str) = (
    "Votre organisation est inscrite",
    "L’équipe du service la vérifie avant de l’ouvrir, d’ordinaire sous 72 heures. Vous n’avez rien d’autre à faire : elle vous répondra par e-mail.",
);

/// An agent joined their agency: title, what comes next.
pub(super) const AGENCY_JOINED: (&str, &str) = (
    "Vous avez rejoint votre agence",
    "Vous agissez maintenant pour elle. Pour commencer, cherchez un employeur pour une personne.",
);

/// No agency has the code that was typed.
pub(super) const UNKNOWN_SAFIR: &str =
    "Aucune agence connue n’a ce code SAFIR : vérifiez ses cinq chiffres auprès de votre responsable.";

/// What is wrong with what should be a code of an agency.
pub(super) fn no_safir(typed: &str) -> &'static str {
    let has_letters = typed.chars().any(char::is_alphabetic);
    match (typed.trim().is_empty(), has_letters) {
        (true, _) => "Saisissez le code SAFIR de votre agence : 5 chiffres.",
        (false, true) => {
            "Un code SAFIR ne contient que des chiffres : vérifiez qu’aucune lettre ne s’y est glissée, un O pour un zéro par exemple."
        }
        (false, false) => "Un code SAFIR a 5 chiffres.",
    }
}

/// Why nothing is looked for.
pub(super) fn search(refused: CompanySearchRefused) -> String {
    match refused {
        CompanySearchRefused::Digits(count) => {
            let typed = french::plural(i64::try_from(count).unwrap_or(i64::MAX), "chiffre", "chiffres");
            format!("Vous avez saisi {typed} : un SIREN en a 9, un SIRET 14.")
        }
        CompanySearchRefused::Blank => "Saisissez le nom de la structure, son SIREN ou son SIRET.".to_owned(),
    }
}

/// Why SIRENE gives no establishment (ORG-6): what follows from it, too.
pub(super) fn not_listed(why: NotListed) -> String {
    match why {
        NotListed::Off => "Indiquez son nom et son adresse, comme dans le répertoire des entreprises.",
        NotListed::Away => {
            "Le répertoire SIRENE ne répond pas pour le moment : indiquez vous-même le nom et l’adresse de l’établissement."
        }
        NotListed::Unreadable => {
            "La réponse du répertoire SIRENE n’a pas pu être lue : indiquez vous-même le nom et l’adresse de l’établissement."
        }
        NotListed::OptedOut => {
            "Cet établissement s’est opposé à la diffusion de ses données : indiquez vous-même son nom et son adresse."
        }
        NotListed::Unknown => {
            "Le répertoire SIRENE ne connaît pas ce SIRET : vérifiez-le. S’il est tout récent, indiquez le nom et l’adresse de \
             l’établissement."
        }
        NotListed::Malformed => "Le répertoire SIRENE ne reconnaît pas ce SIRET : vérifiez ses 14 chiffres.",
        NotListed::Closed => {
            "Cet établissement est fermé, d’après le répertoire SIRENE : indiquez le SIRET d’un établissement ouvert."
        }
    }
    .to_owned()
}

/// What is said of a facilitator that is there already.
pub(super) fn facilitator_taken() -> FieldErrors {
    FieldErrors::one(
        "siret",
        "Une organisation porteuse de la clause sociale est déjà inscrite avec ce SIRET.",
    )
}

/// Why the members of a company are not asked.
pub(super) fn join(refused: JoinRequestRefused) -> NotDone {
    match refused {
        JoinRequestRefused::NotProfessional => FOR_PROFESSIONALS.into(),
        refused @ (JoinRequestRefused::Member
        | JoinRequestRefused::Asked(_)
        | JoinRequestRefused::TooMany) => FieldErrors::of_form(not_asked(refused)).into(),
    }
}

/// The same, on a page of its own.
pub(super) fn join_elsewhere(refused: JoinRequestRefused) -> PageError {
    let link = match refused {
        JoinRequestRefused::NotProfessional => return FOR_PROFESSIONALS,
        JoinRequestRefused::Member => ("Ouvrir le tableau de bord".to_owned(), DashboardPath.to_string()),
        JoinRequestRefused::Asked(_) | JoinRequestRefused::TooMany => {
            ("Revenir au choix du profil".to_owned(), ProfessionalSignUpPath.to_string())
        }
    };
    PageError::Conflict { message: french::spaced(&not_asked(refused)), link: Some(link) }
}

fn not_asked(refused: JoinRequestRefused) -> String {
    match refused {
        JoinRequestRefused::NotProfessional => String::new(),
        JoinRequestRefused::Member => {
            "Vous faites déjà partie de cette structure : choisissez-la dans le menu à votre nom.".to_owned()
        }
        JoinRequestRefused::Asked(at) => format!(
            "Vous le lui avez déjà demandé le {} : votre demande attend une réponse. Vous pourrez redemander à partir du {}.",
            french::date_time(at),
            french::date_time(at + JOIN_ASKED_AGAIN),
        ),
        JoinRequestRefused::TooMany => format!(
            "Vous avez déjà demandé à rejoindre {JOINS_A_DAY} structures aujourd’hui : attendez leurs réponses, ou recommencez demain."
        ),
    }
}

/// Why no link is sent to the official address of a company.
pub(super) fn link(refused: CompanyLinkRefused) -> NotDone {
    match refused {
        CompanyLinkRefused::NotProfessional => FOR_PROFESSIONALS.into(),
        // Its page does not exist any more, or says who is there.
        CompanyLinkRefused::Closed | CompanyLinkRefused::Over => PageError::NotFound.into(),
        CompanyLinkRefused::HasMembers => FieldErrors::of_form(SOMEBODY_CAME).into(),
        CompanyLinkRefused::NoOfficialAddress => FieldErrors::of_form(
            "Les données de l’État ne donnent aucune adresse pour cette structure : écrivez à l’équipe du service, elle vous inscrira.",
        )
        .into(),
        CompanyLinkRefused::TooMany => FieldErrors::of_form(format!(
            "{LINKS_AN_HOUR} liens sont déjà partis vers cette adresse depuis une heure : demandez qu’on vous en transmette un, ou \
             recommencez plus tard."
        ))
        .into(),
        CompanyLinkRefused::AskedTooMany => FieldErrors::of_form(format!(
            "Vous avez déjà demandé {LINKS_A_DAY} liens depuis un jour : recommencez demain."
        ))
        .into(),
    }
}
