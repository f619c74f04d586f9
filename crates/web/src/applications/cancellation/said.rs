//! What is said of the cancellation of a hire, before and after.

use chrono::NaiveDate;
use iae_app::applications::CancelPreview;
use iae_app::applications::detail::ApplicationDetail;
use iae_domain::applications::{CancelRefused, PassFate, SenderKind};
use iae_domain::pass::Parcours;
use iae_domain::time::Period;

use crate::french::{self, plural, spaced};

pub(super) const TITLE: &str = "Embauche annulée";

/// What was announced is no longer so.
pub(super) const PASS_CHANGED: &str = "Son PASS IAE n’est plus comme il était quand vous avez ouvert la page\u{a0}: il a été suspendu ou prolongé, \
     ou une autre embauche a commencé ou cessé de reposer sur lui.";

/// Once it is done.
pub(super) fn done(fate: PassFate, by_team: bool) -> String {
    let pass = match fate {
        PassFate::Deleted => "Le PASS IAE est supprimé. ",
        PassFate::Kept => "Le PASS IAE est conservé. ",
        PassFate::None => "",
    };
    let told = if by_team {
        "La structure en reçoit la confirmation par e-mail\u{a0}; la personne n’en reçoit pas."
    } else {
        "Vous en recevez la confirmation par e-mail\u{a0}; prévenez la personne."
    };
    format!("{pass}{told}")
}

/// Why not, when it is not because someone acted first.
pub(super) const fn refused(refused: CancelRefused) -> Option<&'static str> {
    match refused {
        CancelRefused::AiStock => Some(
            "Cette embauche vient de la reprise des salariés des AI au 30 novembre 2021\u{a0}: elle ne s’annule pas. \
             Si le contrat est terminé, suspendez plutôt le PASS IAE.",
        ),
        CancelRefused::SentToAsp => Some(
            "La fiche salarié de cette embauche a déjà été transmise à l’ASP\u{a0}: l’embauche ne s’annule plus ici. \
             Si le contrat est rompu, suspendez plutôt le PASS IAE.",
        ),
        CancelRefused::Overtaken(_) | CancelRefused::PassChanged => None,
    }
}

/// All that changes, thing by thing.
pub(super) fn consequences(
    application: &ApplicationDetail,
    preview: &CancelPreview,
    today: NaiveDate,
    by_team: bool,
) -> Vec<(&'static str, String)> {
    let mut all = vec![(
        "La candidature",
        "Elle devient «\u{a0}Embauche annulée\u{a0}»\u{a0}; le contrat n’y figure plus. Elle peut être acceptée de nouveau."
            .to_owned(),
    )];
    if application.company.kind.is_siae() {
        all.push(("Le PASS IAE", of_pass(application, preview, today)));
        if let Some(until) = preview.ended_suspension.filter(|_| preview.fate == PassFate::Kept) {
            all.push(("La suspension", of_suspension(until)));
        }
        let diagnosis = "Il n’est pas touché, et garde sa propre durée de validité.";
        all.push(("Le diagnostic", diagnosis.to_owned()));
    }
    all.push(("Qui est prévenu", told(application, by_team)));
    all.iter().map(|(what, sentence)| (*what, spaced(sentence))).collect()
}

fn of_pass(application: &ApplicationDetail, preview: &CancelPreview, today: NaiveDate) -> String {
    let Some(pass) = &preview.facts.pass else {
        return "Aucun n’a encore été délivré pour cette embauche : il n’y a rien à supprimer.".to_owned();
    };
    let Period { start, end } = pass.period();
    let named = format!("Le PASS IAE {} ({})", pass.number, french::period(start, end));
    let others = preview.facts.hires - 1;
    match preview.fate {
        PassFate::Kept => {
            let dates = preview.facts.moved(application.id, today).map_or_else(
                || "avec ses dates".to_owned(),
                |moved| {
                    let Period { start, end } = moved.value().period();
                    format!("et déplacé au premier contrat qui reste, {}", french::period(start, end))
                },
            );
            format!(
                "{named} est conservé, {dates} : {} {} sur lui.",
                plural(others, "autre embauche", "autres embauches"),
                french::agree(others, "repose", "reposent")
            )
        }
        PassFate::Deleted | PassFate::None => format!(
            "{named} est supprimé : cette embauche est la seule qui repose sur lui. Il ne vaudra plus, et son numéro ne servira \
             plus jamais.{}",
            with_it(&pass.parcours, preview.facts.pending_requests())
        ),
    }
}

/// It stays ended: the days that were not worked since are not given back by themselves.
fn of_suspension(until: NaiveDate) -> String {
    format!(
        "Cette embauche avait mis fin à la suspension du PASS IAE, le {} : elle reste terminée, et les jours qui suivent sont \
         comptés. Si la personne est toujours sans contrat, une nouvelle suspension peut être déclarée à partir du lendemain, \
         ou la fin de celle-ci modifiée tant qu’elle court.",
        french::date(until)
    )
}

/// What goes with the PASS.
fn with_it(parcours: &Parcours, pending_requests: i64) -> String {
    let count = |periods: &[Period]| i64::try_from(periods.len()).unwrap_or(i64::MAX);
    let gone: Vec<String> = [
        (count(parcours.suspensions()), "suspension", "suspensions"),
        (count(parcours.prolongations()), "prolongation", "prolongations"),
        (pending_requests, "demande de prolongation en attente", "demandes de prolongation en attente"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, many)| plural(count, one, many))
    .collect();
    if gone.is_empty() { String::new() } else { format!(" Avec lui : {}.", gone.join(", ")) }
}

/// CAN-4.
fn told(application: &ApplicationDetail, by_team: bool) -> String {
    let sender = match (application.sender.kind, &application.sender.name) {
        (SenderKind::Candidate, _) | (SenderKind::Prescriber | SenderKind::Employer, None) => String::new(),
        (SenderKind::Prescriber | SenderKind::Employer, Some(name)) => {
            format!(", ainsi que {name}, qui avait envoyé la candidature")
        }
    };
    if by_team {
        return format!(
            "Qui avait accepté la candidature dans la structure, par e-mail{sender}. La personne n’en reçoit pas : \
             c’est à la structure de lui dire que l’embauche est annulée."
        );
    }
    format!(
        "Vous, par e-mail{sender}. La personne n’en reçoit pas : c’est à vous de lui dire que l’embauche est annulée."
    )
}
