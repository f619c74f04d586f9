//! What was decided of a negative result, a text for each decision: all of it for the DDETS. The SIAE reads what is decided, and of its
//! detail what its page shows it (rule book 04 §1.15, §1.16).

use iae_domain::control::Sanction;
use iae_domain::french;
use iae_domain::ids::ControlDecisionId;
use iae_domain::notifications::ControlMail;
use iae_domain::time::paris_date;

use super::piece::Piece;
use super::said::{at, hire, line};
use super::{Facts, Side};
use crate::control::controls::queries::file::{DecisionRow, MailRow};

/// One each, in the order they were made.
pub(super) fn pieces(facts: &Facts) -> Vec<Piece> {
    let decisions = facts.row.decisions.0.iter().zip(1_usize..);
    let pieces = decisions.map(|(decision, number)| {
        let name = format!("06-decisions/{number:02}-{}.txt", paris_date(decision.at));
        let what =
            if decision.is_annulment { "Annulation d’une décision" } else { "Décision de la DDETS" };
        Piece::made(name, what, decision.at, text(facts, decision, number))
    });
    pieces.collect()
}

fn text(facts: &Facts, decision: &DecisionRow, number: usize) -> String {
    let row = &facts.row;
    let by = match facts.side {
        Side::Ddets => format!("{}, {}", decision.by, row.ddets),
        Side::Company => row.ddets.clone(),
    };
    let mut said = vec![
        format!("Décision n°\u{a0}{number} sur le contrôle de {}, {}", row.company, row.sirets().said()),
        format!("Contrats commencés {}", french::period(row.hired_from, row.hired_to)),
        line("Prise par", by),
        format!("Le {}", at(decision.at)),
        line("Notification", notified(facts, decision)),
        line("État", state(facts, decision)),
    ];
    if let Some(replaced) = decision.replaces.and_then(|id| number_of(facts, id)) {
        let verb = if decision.is_annulment { "Annule" } else { "Remplace" };
        said.push(format!("{verb} la décision n°\u{a0}{replaced}, après recours"));
    }
    said.extend(decision.replaced_why.as_ref().map(|why| line("Pourquoi", why)));
    if let Some(reason) = decision.reason {
        said.extend([String::new(), line("Résultat", "négatif"), line("Motif principal", reason.label())]);
    }
    said.extend(decision.comment.as_ref().map(|comment| line("Commentaire", comment)));
    let decided = sanctions(facts, decision);
    if !decided.is_empty() {
        said.extend([String::new(), "Ce qui est décidé\u{a0}:".to_owned()]);
        said.extend(decided);
    }
    said.join("\n") + "\n"
}

const fn is_significant(decision: &DecisionRow) -> bool {
    decision.withdrawn_from.is_some() || !decision.cuts.is_empty()
}

/// How it reaches the SIAE. A mail is written with the decision, in one transaction; to one that nobody administers, none is.
fn notified(facts: &Facts, decision: &DecisionRow) -> String {
    if is_significant(decision) {
        return "par lettre recommandée avec accusé de réception".to_owned();
    }
    let tells = |mail: &MailRow| {
        let kind = ControlMail::parse(&mail.kind);
        mail.written_at == decision.at && kind.is_some_and(|kind| ControlMail::OF_DECISIONS.contains(&kind))
    };
    match facts.side {
        _ if facts.row.mails.0.iter().any(tells) => {
            format!("par e-mail le {}", french::date(paris_date(decision.at)))
        }
        Side::Ddets => "aucun e-mail n’est parti\u{a0}: cette structure n’a pas d’administrateur, prévenez-la par courrier".to_owned(),
        Side::Company => "aucun e-mail n’est parti\u{a0}: votre structure n’a pas d’administrateur".to_owned(),
    }
}

/// Whether it is in force, or what took its place.
fn state(facts: &Facts, decision: &DecisionRow) -> String {
    let later = facts.row.decisions.0.iter().find(|later| later.replaces == Some(decision.id));
    match later.and_then(|later| Some((number_of(facts, later.id)?, later.is_annulment))) {
        Some((number, true)) => format!("annulée par la décision n°\u{a0}{number}"),
        Some((number, false)) => format!("remplacée par la décision n°\u{a0}{number}"),
        None => "en vigueur".to_owned(),
    }
}

fn number_of(facts: &Facts, id: ControlDecisionId) -> Option<usize> {
    facts.row.decisions.0.iter().position(|decision| decision.id == id).map(|place| place + 1)
}

/// What is decided, a line each.
fn sanctions(facts: &Facts, decision: &DecisionRow) -> Vec<String> {
    let (reader, is_by_letter) = (facts.side.reader(), is_significant(decision));
    let decided = |sanction: Sanction, detail: String| {
        let said = reader.reads(sanction, is_by_letter).then(|| line(sanction.label(), detail));
        format!("- {}", said.unwrap_or_else(|| sanction.label().to_owned()))
    };
    let training = decision.training.clone().map(|words| decided(Sanction::Training, words));
    let withdrawal = decision.withdrawn_from.map(|from| match decision.withdrawn_to {
        Some(to) => decided(Sanction::TemporaryWithdrawal, french::period(from, to)),
        None => decided(Sanction::PermanentWithdrawal, format!("à partir du {}", french::date(from))),
    });
    let cuts = (!decision.cuts.is_empty()).then(|| {
        let cuts = decision.cuts.iter().map(|cut| format!("{}, {}\u{a0}%", hire(cut.rank), cut.percent));
        let cuts = cuts.collect::<Vec<_>>().join("\u{a0}; ");
        decided(Sanction::SubsidyCut, cuts)
    });
    let leniency = decision.leniency.clone().map(|words| decided(Sanction::None, words));
    [training, withdrawal, cuts, leniency].into_iter().flatten().collect()
}
