//! The drawn hires, criterion by criterion, and the proofs that were given.

use std::io;

use iae_domain::control::{ControlledCriterion, ControlledHire, HireState};
use iae_domain::eligibility::Criterion;

use super::chronology::MARK;
use super::piece::Piece;
use super::said::{at, hire as called};
use super::{Facts, Side};
use crate::exports::encode;
use crate::list::Cell;

const HEADER: [&str; 14] = [
    "Auto-prescription",
    "PASS IAE",
    "Premier jour du contrat",
    "Critères déclarés",
    "État de l’auto-prescription",
    "Critère justifié",
    "Certifié par l’État",
    "Justificatif déposé le",
    "Justificatif transmis le",
    "Contrôle",
    "Contrôlé le",
    "Contrôlé par",
    "Commentaire de la DDETS",
    "Fichier",
];

/// The file of values: a line for each criterion that is defended, or for a hire that defends none.
pub(super) fn values(facts: &Facts) -> io::Result<Vec<u8>> {
    let mut lines = vec![HEADER.map(Cell::text).to_vec()];
    for hire in &facts.control.hires {
        let about = about(facts, hire);
        let none = if hire.criteria.is_empty() { vec![of_criterion(facts, hire, None)] } else { vec![] };
        let criteria = hire.criteria.iter().map(|one| of_criterion(facts, hire, Some(*one)));
        lines.extend(criteria.chain(none).map(|cells| [about.clone(), cells].concat()));
    }
    Ok([MARK.as_bytes(), &encode(&lines)?].concat())
}

/// What is said of a hire, whatever the criterion.
fn about(facts: &Facts, hire: &ControlledHire) -> Vec<Cell> {
    let drawn = facts.drawn(hire.id);
    let defended = hire.defended();
    let stage = facts.control.stage(facts.today);
    let badge = match facts.side {
        Side::Company => stage.badge_for_company(&defended),
        Side::Ddets => stage.badge_for_ddets(&defended),
    };
    vec![
        Cell::Number(i64::from(hire.rank)),
        Cell::text_or(drawn.map(|drawn| drawn.pass_number.to_string()), ""),
        Cell::day_or(drawn.map(|drawn| drawn.starts_on), ""),
        Cell::Several(hire.declared.iter().map(|criterion| criterion.label().to_owned()).collect()),
        Cell::text(badge.label()),
    ]
}

/// What is said of a criterion, then of its hire: the DDETS reads all it wrote, the SIAE what is said of a hire that is refused (§1.10).
fn of_criterion(facts: &Facts, hire: &ControlledHire, one: Option<ControlledCriterion>) -> Vec<Cell> {
    let is_said = match facts.side {
        Side::Ddets => true,
        Side::Company => matches!(hire.state(), HireState::Refused | HireState::RefusedTwice),
    };
    let comment = Cell::text_or(Some(hire.comment.trim()).filter(|_| is_said), "");
    let Some(one) = one else {
        return std::iter::repeat_n(Cell::Nothing(""), 7).chain([comment, Cell::Nothing("")]).collect();
    };
    let (defended, row) = (one.defended, facts.criterion(one.id));
    let submitted_at = row.and_then(|row| row.submitted_at).filter(|_| !defended.is_certified);
    let review = facts.control.stage(facts.today).review_for_company(defended, &hire.defended());
    let review = if facts.side == Side::Ddets { defended.review } else { review };
    let agent = row.and_then(|row| row.reviewed_by.as_deref()).filter(|_| facts.side == Side::Ddets);
    let read = row.filter(|row| !defended.is_certified && facts.reads(row));
    vec![
        Cell::text(one.criterion.label()),
        Cell::text(if defended.is_certified { "oui" } else { "non" }),
        Cell::at_or(read.and_then(|row| row.given_at), ""),
        Cell::at_or(submitted_at, ""),
        Cell::text_or(submitted_at.map(|_| review.label()), ""),
        Cell::at_or(row.and_then(|row| row.reviewed_at), ""),
        Cell::text_or(agent, ""),
        comment,
        Cell::text_or(facts.proof(one).map(|_| name(hire, one.criterion)), ""),
    ]
}

/// The proofs, as they were given.
pub(super) fn proofs(facts: &Facts) -> Vec<Piece> {
    let all = facts.control.hires.iter().flat_map(|hire| hire.criteria.iter().map(move |one| (hire, *one)));
    all.filter_map(|(hire, one)| {
        let proof = facts.proof(one)?;
        let submitted = facts.criterion(one.id)?.submitted_at;
        let when =
            submitted.map_or_else(|| "non transmis".to_owned(), |on| format!("transmis le {}", at(on)));
        let what = format!("{}, {when}", one.criterion.label());
        Some(Piece::kept(name(hire, one.criterion), what, proof))
    })
    .collect()
}

/// The name of a proof: a rank and a criterion, nobody.
fn name(hire: &ControlledHire, criterion: Criterion) -> String {
    let code = criterion.code().to_ascii_lowercase().replace('_', "-");
    format!("07-justificatifs/{}/{code}.pdf", called(hire.rank).replace(' ', "-"))
}
