//! What is said before a decision is notified: what it decides, how it reaches the SIAE, what it does and from when.

use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{CompanyCard, ControlPage};
use iae_domain::control::{Campaign, Outcome, Sanction};
use iae_domain::ids::ControlHireId;

use crate::control::outcome::words::days;
use crate::french::{date, spaced};

/// What is said.
pub(super) struct Recap {
    /// Each sanction, with what was typed of it.
    pub decided: Vec<(&'static str, String)>,
    /// How the SIAE learns it.
    pub notified: String,
    /// What it does.
    pub effects: Vec<String>,
    /// The button that does it.
    pub confirm: &'static str,
}

impl Recap {
    pub(super) fn of(outcome: &Outcome, of: &ControlPage, today: NaiveDate) -> Self {
        let is_significant = outcome.sanctions.is_significant();
        Self {
            decided: decided(outcome, of),
            notified: if is_significant { spaced(BY_LETTER) } else { by_mail(&of.company) },
            effects: effects(outcome, of, today),
            confirm: if is_significant {
                "Décider, et préparer la lettre"
            } else {
                "Notifier la décision par e-mail"
            },
        }
    }
}

const BY_LETTER: &str = "Par lettre recommandée avec accusé de réception : vous l’imprimerez, la signerez et l’enverrez. Aucun e-mail ne part.";

/// Each sanction, with what was typed of it.
pub(in super::super) fn decided(outcome: &Outcome, of: &ControlPage) -> Vec<(&'static str, String)> {
    let chosen = outcome.sanctions.chosen();
    chosen.into_iter().map(|one| (one.label(), detail(one, outcome, of))).collect()
}

/// Who receives the mail.
pub(in super::super) fn by_mail(company: &CompanyCard) -> String {
    if company.administrators.is_empty() {
        return spaced(
            "Personne n’administre cette structure : aucun e-mail ne partira. Prévenez-la vous-même, par courrier.",
        );
    }
    let to = company.administrators.join(", ");
    spaced(&format!("Par e-mail, dès que vous confirmez, aux administrateurs de la structure : {to}"))
}

/// A sanction, in the words and figures that were typed.
fn detail(one: Sanction, outcome: &Outcome, of: &ControlPage) -> String {
    let sanctions = &outcome.sanctions;
    let words = match one {
        Sanction::Training => sanctions.training.as_ref(),
        Sanction::None => sanctions.leniency.as_ref(),
        Sanction::TemporaryWithdrawal | Sanction::PermanentWithdrawal => {
            return sanctions.withdrawal.map(days).unwrap_or_default();
        }
        Sanction::SubsidyCut => {
            let lines = sanctions.cuts.iter().map(|(hire, percent)| cut(*hire, *percent, of));
            return lines.collect::<Vec<_>>().join("\n");
        }
    };
    words.map(|words| words.as_str().to_owned()).unwrap_or_default()
}

/// « - PASS IAE 99999 26 00001 : 50 % », a line of a list.
fn cut(hire: ControlHireId, percent: u8, of: &ControlPage) -> String {
    let number = of.hire(hire).map(|(_, card)| card.pass_number.to_string()).unwrap_or_default();
    format!("- PASS IAE {number}\u{a0}: {percent}\u{a0}%")
}

/// What it does (§1.15, step 3; §1.16).
fn effects(outcome: &Outcome, of: &ControlPage, today: NaiveDate) -> Vec<String> {
    let mut effects = Vec::new();
    if of.control.phase == Campaign::Open {
        effects.push(
            spaced("La campagne n’est pas terminée : la structure apprend par cette décision que son résultat est négatif, définitivement."),
        );
    }
    effects.push(
        "La structure lit dès maintenant dans Parcours IAE son résultat, le motif, votre commentaire et les sanctions choisies."
            .to_owned(),
    );
    effects.extend(sanctioned(outcome, today));
    effects
}

/// What its sanctions do, when it is decided on `today`.
pub(in super::super) fn sanctioned(outcome: &Outcome, today: NaiveDate) -> Vec<String> {
    let chosen = outcome.sanctions.chosen();
    chosen.into_iter().map(|one| spaced(&effect(one, outcome, today))).collect()
}

fn effect(one: Sanction, outcome: &Outcome, today: NaiveDate) -> String {
    match one {
        Sanction::Training => {
            "Une session de présentation ne change rien à ce que la structure peut faire dans Parcours IAE.".to_owned()
        }
        Sanction::TemporaryWithdrawal | Sanction::PermanentWithdrawal => {
            let withdrawal = outcome.sanctions.withdrawal;
            let when = withdrawal.map(days).unwrap_or_default();
            // After an appeal, days that were notified may have begun.
            let to_come = withdrawal.filter(|days| today < days.from).map(|days| {
                format!(
                    " Rien ne change avant le {} ; la structure lit ces jours dès maintenant.",
                    date(days.from)
                )
            });
            format!(
                "La structure ne peut plus valider elle-même l’éligibilité de qui que ce soit, {when}. Elle peut toujours embaucher une \
                 personne qui a un PASS IAE valide, ou un diagnostic valide d’un prescripteur habilité.{}",
                to_come.unwrap_or_default()
            )
        }
        Sanction::SubsidyCut => {
            "L’aide au poste est supprimée, en tout ou partie, pour les heures de ces personnes pendant l’année contrôlée. Elle est imputée \
             sur l’année suivante, à la demande du préfet à l’ASP ; le conseil départemental en est informé s’il cofinance. Les \
             pourcentages saisis ici servent aux statistiques : seule la lettre fait foi."
                .to_owned()
        }
        Sanction::None => "La structure n’est pas sanctionnée : rien ne change pour elle.".to_owned(),
    }
}
