//! What is said of a prolongation: what it may be, why it may not, what happened.

use chrono::NaiveDate;
use iae_domain::pass::Parcours;
use iae_domain::pass::prolongation::{
    NotOpen, NotProlongable, PROLONGATION_GRACE_MONTHS, ProlongationFacts, ProlongationMistake,
    ProlongationReason,
};

use super::form::ProlongationForm;
use crate::choice::Choice;
use crate::forms::FieldErrors;
use crate::french;

/// The box by which the SIAE certifies what it says.
pub(super) const CERTIFIED: &str = "certified";
pub(super) const CERTIFY: &str = "Cochez cette case pour confirmer.";
pub(super) const CHOOSE_REASON: &str = "Choisissez un motif.";
pub(super) const NO_PRESCRIBER: &str = "Aucun prescripteur habilité n’a cette adresse. Vérifiez-la, ou adressez-vous à un autre prescripteur habilité.";
pub(super) const NO_LONGER_AUTHORISED: &str = "Cette personne n’agit plus pour une organisation habilitée\u{a0}: adressez la demande à un autre prescripteur habilité.";

/// Each mistake beside its field; that of the new end bears another name in each form.
pub(in crate::pass) fn mistakes(mistakes: &[ProlongationMistake], end: &'static str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for mistake in mistakes {
        let field = match mistake {
            ProlongationMistake::NotOffered
            | ProlongationMistake::CapReached
            | ProlongationMistake::TooYoung { .. }
            | ProlongationMistake::ParcoursTooShort => "reason",
            ProlongationMistake::AddsNothing
            | ProlongationMistake::TooLong { .. }
            | ProlongationMistake::Overlaps => end,
        };
        errors.add(field, self::mistake(*mistake));
    }
    errors
}

/// What is wrong, in a sentence.
pub(crate) fn mistake(mistake: ProlongationMistake) -> String {
    match mistake {
        ProlongationMistake::NotOffered => "Ce motif est réservé aux AI et aux ACI.".to_owned(),
        ProlongationMistake::CapReached => {
            "Le total des jours de prolongation possibles pour ce motif est atteint.".to_owned()
        }
        ProlongationMistake::TooYoung { least } => {
            format!("La personne n’a pas encore {least} ans, d’après sa date de naissance.")
        }
        ProlongationMistake::ParcoursTooShort => {
            "Un CDI d’inclusion suppose douze mois de parcours\u{a0}: ils ne sont pas écoulés.".to_owned()
        }
        ProlongationMistake::AddsNothing => {
            "La nouvelle fin doit venir après la fin actuelle du PASS IAE.".to_owned()
        }
        ProlongationMistake::TooLong { latest } => {
            format!("Pour ce motif, la nouvelle fin est le {} au plus tard.", french::date(latest))
        }
        ProlongationMistake::Overlaps => {
            "Ces dates sont en partie celles d’une prolongation enregistrée depuis.".to_owned()
        }
    }
}

/// Why nothing can be declared nor asked today, and from when.
pub(in crate::pass) fn not_open(why: NotOpen) -> String {
    match why {
        NotOpen::Pending => {
            "Une demande de prolongation attend déjà la réponse d’un prescripteur habilité.".to_owned()
        }
        NotOpen::NotLatest => {
            "La personne a un PASS IAE plus récent\u{a0}: c’est celui-là qui peut être prolongé.".to_owned()
        }
        NotOpen::Pass(NotProlongable::TooEarly { from }) => format!(
            "Une prolongation se demande dans les douze derniers mois\u{a0}: à partir du {}.",
            french::date(from)
        ),
        NotOpen::Pass(NotProlongable::TooLate { until }) => format!(
            "Ce PASS IAE est terminé depuis plus de {PROLONGATION_GRACE_MONTHS} mois\u{a0}: il pouvait être prolongé jusqu’au {}.",
            french::date(until)
        ),
        NotOpen::Pass(NotProlongable::Suspended { until }) => format!(
            "Ce PASS IAE est suspendu jusqu’au {}\u{a0}: la prolongation se demande une fois la suspension terminée.",
            french::date(until)
        ),
        NotOpen::Pass(NotProlongable::Closed) => {
            "Ce PASS IAE a été clôturé\u{a0}: il ne peut plus être prolongé.".to_owned()
        }
    }
}

/// A reason to choose, with who decides and until when, or why it cannot be chosen.
pub(super) fn choice(
    reason: ProlongationReason,
    parcours: &Parcours,
    facts: ProlongationFacts,
    today: NaiveDate,
) -> Choice {
    let choice = Choice::new(reason.code(), reason.label());
    if let Some(why) = parcours.reason_mistake(reason, facts, today) {
        return choice.disabled(mistake(why));
    }
    let decides = if reason.needs_prescriber() {
        "Avec l’accord d’un prescripteur habilité"
    } else {
        "Sur déclaration, sans accord à demander"
    };
    let until = parcours.longest_prolongation(reason).map(french::date).unwrap_or_default();
    let allowed = parcours.prolongation_allowance(reason);
    let cut = reason.cap().filter(|_| allowed < reason.longest()).map(|cap| {
        format!(
            " Il reste {} sur les {} que les prolongations peuvent ajouter en tout pour ce motif.",
            french::days(allowed),
            french::days(cap)
        )
    });
    let recalls = match reason {
        ProlongationReason::Over50 => " Pour une personne qui rencontre des difficultés particulières.",
        ProlongationReason::CdiOver57 => " Après douze mois de parcours.",
        ProlongationReason::Training => " Jusqu’à la fin de la formation, renouvelable.",
        ProlongationReason::Rqth | ProlongationReason::Difficulties => "",
    };
    choice.with_hint(format!("{decides}, jusqu’au {until} au plus tard.{recalls}{}", cut.unwrap_or_default()))
}

/// What the SIAE certifies: what the reason asks for and nothing recorded proves, or that what it says is right (D12).
pub(super) fn certifies(reason: ProlongationReason, birth_date: Option<NaiveDate>) -> &'static str {
    let is_declared = reason.is_declared(birth_date);
    match reason {
        ProlongationReason::Rqth => {
            "J’atteste sur l’honneur que la personne a une reconnaissance de la qualité de travailleur handicapé en cours, et que ces renseignements sont exacts."
        }
        ProlongationReason::Over50 if is_declared => {
            "J’atteste sur l’honneur que la personne a 50 ans ou plus (sa date de naissance n’est pas connue du service), et que ces renseignements sont exacts."
        }
        ProlongationReason::CdiOver57 if is_declared => {
            "J’atteste sur l’honneur que la personne a 57 ans ou plus (sa date de naissance n’est pas connue du service) et signe un CDI, et que ces renseignements sont exacts."
        }
        ProlongationReason::CdiOver57 => {
            "J’atteste sur l’honneur que la personne signe un CDI, et que ces renseignements sont exacts."
        }
        ProlongationReason::Training => {
            "J’atteste sur l’honneur que la personne termine une formation commencée pendant son parcours, et que ces renseignements sont exacts."
        }
        ProlongationReason::Over50 | ProlongationReason::Difficulties => {
            "J’atteste sur l’honneur que ces renseignements sont exacts."
        }
    }
}

/// What was done: a title, what follows.
pub(super) fn done(form: &ProlongationForm) -> (&'static str, &'static str) {
    if form.asks() {
        (
            "Demande envoyée",
            "Le prescripteur habilité la reçoit par e-mail. Le PASS IAE ne change qu’avec son accord.",
        )
    } else {
        ("PASS IAE prolongé", "La nouvelle fin est enregistrée.")
    }
}
