//! A drawn hire as its SIAE reads it: what was decided of it only once it may be read (rule book 04 §1.13, §1.14).

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::control::controls::queries::defence::{Defence, Drawn};
use iae_domain::control::{
    Badge, ControlledCriterion, ControlledHire, Defended, HireState, Review, Stage, Told,
};
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ControlCriterionId, ControlHireId};

use super::badge;
use super::kept::KeptLine;
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::eligibility::expected;
use crate::french;
use crate::transition::version;

/// A hire.
#[derive(Debug)]
pub(super) struct HireCard {
    pub id: ControlHireId,
    pub rank: u16,
    pub drawn: Drawn,
    pub badge: StateBadge,
    /// Nothing more is to be done of it for now.
    pub is_ready: bool,
    pub is_certified: bool,
    /// What is to be done of it.
    pub to_do: Option<String>,
    /// The button that leads to the choice of its criteria.
    pub choice: Option<String>,
    pub lines: Vec<ProofLine>,
    /// What the DDETS says of it.
    pub comment: Option<String>,
}

/// A criterion that is defended, and its proof.
#[derive(Debug)]
pub(super) struct ProofLine {
    pub id: ControlCriterionId,
    pub criterion: Criterion,
    pub state: StateBadge,
    pub is_certified: bool,
    /// What proves it.
    pub expected: String,
    /// When the proof that it has was given.
    pub given_at: Option<DateTime<Utc>>,
    /// A proof may be given, in the place of that one.
    pub may_give: bool,
    /// The one that its SIAE kept since the hire, when a proof may be given.
    pub kept: Option<KeptLine>,
    /// It leaves with the next submission.
    pub is_to_send: bool,
    /// It was refused, and nothing replaced it.
    pub is_refused: bool,
}

impl HireCard {
    /// Those of a control, in their order.
    pub(super) fn all(defence: &Defence, today: NaiveDate) -> Vec<Self> {
        let card = |hire: &ControlledHire| Some(Self::of(defence, hire, defence.drawn.get(&hire.id)?, today));
        defence.control.hires.iter().filter_map(card).collect()
    }

    fn of(defence: &Defence, hire: &ControlledHire, drawn: &Drawn, today: NaiveDate) -> Self {
        let shown = defence.shown(today);
        let defended = hire.defended();
        let badge = shown.badge_for_company(&defended);
        let lines: Vec<_> =
            hire.criteria.iter().map(|one| ProofLine::of(defence, hire, *one, today)).collect();
        let is_open = defence.told == Told::Open;
        let may_choose = defence.acting(today).and_then(|stage| stage.may_choose(&defended)).is_ok();
        let verb = if hire.criteria.is_empty() { "Choisir" } else { "Modifier" };
        Self {
            id: hire.id,
            rank: hire.rank,
            drawn: drawn.clone(),
            badge: of_control(badge),
            is_ready: matches!(badge, Badge::Uploaded | Badge::Sent | Badge::Valid),
            is_certified: !lines.is_empty() && lines.iter().all(|line| line.is_certified),
            to_do: if is_open { to_do(hire.state(), &lines) } else { None },
            choice: may_choose.then(|| format!("{verb} les critères de l’auto-prescription {}", hire.rank)),
            comment: comment(&shown, hire, &defended),
            lines,
        }
    }
}

impl ProofLine {
    fn of(defence: &Defence, hire: &ControlledHire, one: ControlledCriterion, today: NaiveDate) -> Self {
        let (shown, is_open) = (defence.shown(today), defence.told == Told::Open);
        let review = shown.review_for_company(one.defended, &hire.defended());
        let may_give = defence.acting(today).and_then(|stage| stage.may_give_proof(one.defended)).is_ok();
        let Defended { is_certified, has_proof, submitted_at, .. } = one.defended;
        let state = match (has_proof, submitted_at) {
            _ if is_certified => badge::CERTIFIED,
            (false, _) if is_open => badge::TO_GIVE,
            (false, _) => badge::NOT_GIVEN,
            (true, None) if is_open => badge::GIVEN,
            (true, None) => badge::NOT_SENT,
            (true, Some(_)) => badge::of_review(review, defence.told.is_over()),
        };
        Self {
            id: one.id,
            criterion: one.criterion,
            state,
            is_certified,
            expected: expected(defence, one.criterion),
            given_at: one.given_at,
            may_give,
            kept: KeptLine::of(defence, hire, one).filter(|_| may_give),
            is_to_send: has_proof && submitted_at.is_none(),
            is_refused: matches!(review, Review::Refused | Review::RefusedTwice),
        }
    }

    /// The id of its field: several stand on one page.
    pub(super) fn field(&self) -> String {
        field(self.id)
    }

    /// The proof the page was made from (D32).
    pub(super) fn seen(&self) -> String {
        self.given_at.map(version).unwrap_or_default()
    }

    /// What its field asks.
    pub(super) fn label(&self) -> String {
        let verb = if self.given_at.is_some() { "Remplacer" } else { "Déposer" };
        format!("{verb} le justificatif «\u{a0}{}\u{a0}»", self.criterion.label())
    }
}

/// The field of the proof of a criterion.
pub(super) fn field(id: ControlCriterionId) -> String {
    format!("proof-{id}")
}

/// What proves a criterion.
pub(super) fn expected(defence: &Defence, criterion: Criterion) -> String {
    defence.proof_of(criterion).map(expected::expected).unwrap_or_default()
}

/// What is to be done of a hire while its SIAE may act: nothing is hidden from it then.
fn to_do(state: HireState, lines: &[ProofLine]) -> Option<String> {
    let missing = lines.iter().filter(|line| line.given_at.is_none() && !line.is_certified).count();
    let missing = i64::try_from(missing).unwrap_or_default();
    let is_refused = lines.iter().any(|line| line.is_refused);
    match state {
        HireState::Pending => {
            Some("Choisissez, parmi les critères déclarés à l’embauche, ceux que vous justifiez.".to_owned())
        }
        HireState::Processing => {
            Some(format!("Il manque {}.", french::plural(missing, "justificatif", "justificatifs")))
        }
        HireState::Refused => {
            Some("La DDETS n’a pas admis un justificatif\u{a0}: remplacez-le par un autre.".to_owned())
        }
        HireState::Uploaded if is_refused => {
            Some("Un autre justificatif n’a pas été admis\u{a0}: remplacez-le aussi.".to_owned())
        }
        HireState::Uploaded | HireState::Submitted | HireState::Accepted | HireState::RefusedTwice => None,
    }
}

/// What the DDETS says of a hire that it refuses, as long as a refused proof is not replaced.
fn comment(shown: &Stage, hire: &ControlledHire, defended: &[Defended]) -> Option<String> {
    let is_refused = |one: &Defended| {
        matches!(shown.review_for_company(*one, defended), Review::Refused | Review::RefusedTwice)
    };
    let is_commented = match hire.state() {
        HireState::Refused | HireState::RefusedTwice | HireState::Uploaded => defended.iter().any(is_refused),
        HireState::Accepted | HireState::Submitted | HireState::Processing | HireState::Pending => false,
    };
    (is_commented && !hire.comment.trim().is_empty()).then(|| hire.comment.clone())
}
