//! What is said when a look-up, a creation or a completion is refused (rule book 02 §19).

use iae_domain::candidates::{
    AgeRefused, CompleteRefused, CorrectionRefused, Country, CreateRefused, Inconsistency, LookUpRefused,
    NirRefused, UpdateRefused,
};
use iae_domain::reference::BirthCommuneRefused;
use iae_domain::text::{AddressLineRefused, NameRefused};

use crate::forms::FieldErrors;

/// D26.
pub(super) const UNREACHABLE: &str =
    "Saisissez une adresse e-mail ou un numéro de téléphone\u{a0}: l’un des deux suffit.";

pub(crate) const fn nir(refused: NirRefused) -> &'static str {
    match refused {
        NirRefused::TooShort => {
            "Le numéro de sécurité sociale est trop court\u{a0}: il a 15 caractères, clé comprise."
        }
        NirRefused::TooLong => {
            "Le numéro de sécurité sociale est trop long\u{a0}: il a 15 caractères, clé comprise."
        }
        NirRefused::Invalid => {
            "Ce numéro de sécurité sociale n’est pas valide. Vérifiez-le sur la carte Vitale."
        }
        NirRefused::Specimen => {
            "Ce numéro est celui des cartes d’exemple\u{a0}: il n’appartient à personne. Saisissez celui de la personne."
        }
    }
}

/// What a name is refused for; `blank` asks for it.
pub(super) const fn name(refused: NameRefused, blank: &str) -> &str {
    match refused {
        NameRefused::Blank => blank,
        NameRefused::TooLong => {
            "Ce nom dépasse 100 caractères. Gardez ce qui sert à reconnaître la personne."
        }
        NameRefused::NotAName => {
            "Un nom s’écrit sur une ligne, en lettres, avec des espaces, des traits d’union ou des apostrophes."
        }
    }
}

/// The same, said to the person whose name it is.
pub(super) const fn own_name(refused: NameRefused, blank: &str) -> &str {
    match refused {
        NameRefused::TooLong => "Gardez 100 caractères au plus\u{a0}: ce qui sert à vous reconnaître.",
        NameRefused::Blank | NameRefused::NotAName => name(refused, blank),
    }
}

/// What a line of an address is refused for.
pub(super) const fn address_line(refused: AddressLineRefused) -> &'static str {
    match refused {
        AddressLineRefused::Blank => "Saisissez le numéro et la rue.",
        AddressLineRefused::TooLong => {
            "Cette ligne dépasse 200 caractères\u{a0}: gardez ce qu’une enveloppe peut porter."
        }
        AddressLineRefused::NotALine => {
            "Une ligne d’adresse tient sur une ligne et contient des lettres ou des chiffres."
        }
    }
}

pub(super) const fn age(refused: AgeRefused) -> &'static str {
    match refused {
        AgeRefused::Under16 => "La personne doit avoir plus de 16 ans.",
        AgeRefused::Over100 => "La personne doit avoir 100 ans au plus. Vérifiez l’année.",
        AgeRefused::Future => "Cette date est dans le futur. Vérifiez l’année.",
    }
}

/// The same, said to the person whose age it is.
pub(super) const fn own_age(refused: AgeRefused) -> &'static str {
    match refused {
        AgeRefused::Under16 => "Vous devez avoir plus de 16 ans pour ouvrir un compte.",
        AgeRefused::Over100 => "Cette date est il y a plus de 100 ans. Vérifiez l’année.",
        AgeRefused::Future => age(refused),
    }
}

/// CON-5.
pub(super) const fn birth_commune(refused: &BirthCommuneRefused, is_blank: bool) -> &'static str {
    match refused {
        BirthCommuneRefused::Unknown if is_blank => "Saisissez la commune de naissance.",
        BirthCommuneRefused::Unknown => {
            "Aucune commune ne s’appelle ou ne s’appelait ainsi. Vérifiez la commune de naissance."
        }
        BirthCommuneRefused::UnknownAtDate => {
            "Cette commune n’existait pas à la date de naissance. Saisissez celle de l’époque."
        }
        BirthCommuneRefused::Several(_) => {
            "Plusieurs communes portaient ce nom\u{a0}: choisissez la commune de naissance."
        }
    }
}

/// CON-5: a country and a commune that contradict each other.
pub(super) fn born_abroad_in_a_commune(country: Country) -> String {
    format!(
        "Une commune ne se saisit que pour une naissance en France, et le pays choisi est «\u{a0}{country}\u{a0}»\u{a0}: effacez la commune, ou choisissez la France."
    )
}

/// A commune of residence that is not one.
pub(super) const fn home(is_blank: bool, found: usize) -> &'static str {
    match (is_blank, found) {
        (true, _) => "Saisissez la commune.",
        (false, 0) => "Cette commune n’existe pas sous ce code postal.",
        (false, _) => "Plusieurs communes correspondent\u{a0}: choisissez celle de l’adresse.",
    }
}

pub(crate) const fn inconsistent(what: Inconsistency) -> (&'static str, &'static str) {
    match what {
        Inconsistency::Title => {
            ("title", "La civilité ne correspond pas à celle qu’indique le numéro de sécurité sociale.")
        }
        Inconsistency::BirthDate => (
            "birth_date",
            "La date de naissance ne correspond pas à celle qu’indique le numéro de sécurité sociale.",
        ),
    }
}

/// `field` is the one looked up by.
pub(super) fn look_up(field: &'static str, refused: LookUpRefused) -> FieldErrors {
    let message = match refused {
        LookUpRefused::Denied(_) => {
            "La recherche d’une personne est réservée aux prescripteurs et aux employeurs."
        }
        LookUpRefused::NotACandidate => {
            "Ce compte est celui d’un professionnel, pas d’un candidat. Vérifiez ce que vous avez saisi."
        }
        LookUpRefused::Closed => {
            "Ce compte est fermé. Écrivez à l’équipe du service pour savoir s’il peut rouvrir."
        }
        LookUpRefused::ForbiddenDomain => {
            "Une adresse professionnelle de France Travail ne peut pas être celle d’un candidat."
        }
    };
    FieldErrors::one(field, message)
}

/// The mistakes of the creation form. A possible duplicate has a page of its own, that asks to confirm.
pub(super) fn create(refused: CreateRefused) -> FieldErrors {
    let (field, message) = match refused {
        CreateRefused::Denied(_) => {
            ("email", "La création d’un dossier est réservée aux prescripteurs et aux employeurs.")
        }
        CreateRefused::Inconsistent(what) => inconsistent(what),
        CreateRefused::NirTaken => (
            "nir",
            "Ce numéro de sécurité sociale est déjà celui d’un dossier. Recommencez la recherche par ce numéro.",
        ),
        CreateRefused::Unreachable => ("email", UNREACHABLE),
        CreateRefused::EmailTaken => {
            ("email", "Cette adresse est déjà celle d’un compte. Recommencez la recherche par cette adresse.")
        }
        CreateRefused::ForbiddenDomain => {
            ("email", "Une adresse professionnelle de France Travail ne peut pas être celle d’un candidat.")
        }
        CreateRefused::PossibleDuplicate { .. } => (
            "last_name",
            "Un dossier porte déjà ce nom et cette date de naissance. Vérifiez que ce n’est pas la même personne.",
        ),
    };
    FieldErrors::one(field, message)
}

/// D26.
pub(super) const NO_CONTACT: &str =
    "Saisissez une adresse e-mail ou un numéro de téléphone\u{a0}: l’un des deux suffit.";

/// CNR-1.
pub(super) const RATIONALE: &str =
    "Expliquez pourquoi ce numéro doit changer, en 10 à 2\u{a0}000 caractères.";

const NIR_OF_ANOTHER: &str = "Ce numéro de sécurité sociale est déjà celui d’un autre dossier. Vérifiez-le.";

/// The mistakes of the form that changes a file. When someone changed it meanwhile, the form is shown again with that.
pub(super) fn update(refused: UpdateRefused) -> FieldErrors {
    let (field, message) = match refused {
        UpdateRefused::Denied(_) => ("last_name", "Vous ne pouvez pas modifier ce dossier."),
        UpdateRefused::Overtaken => ("last_name", "Ce dossier a changé entre-temps. Relisez-le."),
        UpdateRefused::Inconsistent(what) => inconsistent(what),
        UpdateRefused::NirTaken => ("nir", NIR_OF_ANOTHER),
        UpdateRefused::EmailTaken => ("email", "Cette adresse est déjà celle d’un autre compte."),
        UpdateRefused::ForbiddenDomain => {
            ("email", "Une adresse professionnelle de France Travail ne peut pas être celle d’un candidat.")
        }
        UpdateRefused::NoContact => ("email", NO_CONTACT),
    };
    FieldErrors::one(field, message)
}

/// Why a correction is not asked of the team (CNR-1, CNR-2).
pub(super) fn correction(refused: CorrectionRefused) -> FieldErrors {
    let (field, message) = match refused {
        CorrectionRefused::Denied(_) => ("nir", "Vous ne pouvez pas modifier ce dossier."),
        CorrectionRefused::Same => ("nir", "Ce numéro est déjà celui du dossier."),
        CorrectionRefused::RationaleLength => ("rationale", RATIONALE),
        CorrectionRefused::Pending => (
            "nir",
            "Une demande est déjà en cours pour cette personne\u{a0}: l’équipe du service y répond d’abord.",
        ),
        CorrectionRefused::NothingToCorrect => {
            ("nir", "Ce dossier n’a pas encore de numéro\u{a0}: saisissez-le dans le dossier.")
        }
        CorrectionRefused::Decided => ("nir", "Cette demande est déjà traitée."),
        CorrectionRefused::Inconsistent(what) => ("nir", inconsistent(what).1),
        CorrectionRefused::NirTaken => ("nir", NIR_OF_ANOTHER),
    };
    FieldErrors::one(field, message)
}

/// Why the team's decision is not possible.
pub(crate) fn decision(refused: CorrectionRefused) -> FieldErrors {
    let message = match refused {
        CorrectionRefused::Decided => "Quelqu’un de l’équipe a déjà traité cette demande.",
        CorrectionRefused::NirTaken => {
            "Ce numéro est celui d’un autre dossier\u{a0}: la demande ne peut pas être acceptée en l’état."
        }
        CorrectionRefused::Inconsistent(Inconsistency::Title) => {
            "Ce numéro ne correspond pas à la civilité du dossier. Faites-la corriger d’abord, ou refusez la demande."
        }
        CorrectionRefused::Inconsistent(Inconsistency::BirthDate) => {
            "Ce numéro ne correspond pas à la date de naissance du dossier. Faites-la corriger d’abord, ou refusez la demande."
        }
        CorrectionRefused::Denied(_)
        | CorrectionRefused::Same
        | CorrectionRefused::RationaleLength
        | CorrectionRefused::Pending
        | CorrectionRefused::NothingToCorrect => "Cette demande ne peut pas être traitée.",
    };
    FieldErrors::one("verdict", message)
}

/// FND-6: to the person themselves, who may have another account.
pub(crate) fn nir_of_other_account(email: Option<String>) -> String {
    let of = email.map(|email| format!(", dont l’adresse est {email}")).unwrap_or_default();
    format!(
        "Ce numéro de sécurité sociale est déjà celui d’un autre compte{of}. Si c’est le vôtre, connectez-vous avec cette \
         adresse\u{a0}; sinon, vérifiez le numéro."
    )
}

/// Why the NIR looked up by could not be attached to the file found by address (FND-4).
pub(crate) const fn attach(refused: CompleteRefused) -> &'static str {
    match refused {
        CompleteRefused::Denied(_) => "Vous ne pouvez pas compléter ce dossier.",
        CompleteRefused::Inconsistent(Inconsistency::Title) => {
            "Ce numéro de sécurité sociale ne correspond pas à la civilité du dossier\u{a0}: il n’a pas été enregistré."
        }
        CompleteRefused::Inconsistent(Inconsistency::BirthDate) => {
            "Ce numéro de sécurité sociale ne correspond pas à la date de naissance du dossier\u{a0}: il n’a pas été enregistré."
        }
        CompleteRefused::NirTaken => {
            "Ce numéro de sécurité sociale est désormais celui d’un autre dossier\u{a0}: il n’a pas été enregistré."
        }
    }
}
