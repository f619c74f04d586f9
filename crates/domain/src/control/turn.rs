//! What the turn of a phase does to each SIAE: to the contradictory phase, then the end (rule book 04 §1.12).

use super::state::{Campaign, CompanyState, FinalState, RawState, Reviewed};
use crate::code::code;

code! {
    /// The mail an SIAE gets at the turn of a phase (rule book 04 §1.17).
    TurnMail {
        /// E9.
        Conform = "conform", "Documents conformes : le contrôle est terminé";
        /// E10.
        ProofsExpected = "proofs_expected", "De nouveaux justificatifs sont attendus";
        /// E11.
        NothingReceived = "nothing_received", "Aucun justificatif reçu : la phase contradictoire commence";
        /// E12.
        NotReviewed = "not_reviewed", "Documents non contrôlés dans les délais : résultat positif";
        /// E12 bis.
        NotReviewedAtEnd = "not_reviewed_at_end", "Nouveaux documents non contrôlés dans les délais : résultat positif";
        /// E15.
        NewProofsConform = "new_proofs_conform", "Nouveaux documents conformes : le contrôle est terminé";
        /// E16.
        Negative = "negative", "Résultat négatif du contrôle";
        /// E17.
        NegativeWithoutProof = "negative_without_proof", "Aucun justificatif reçu : résultat négatif du contrôle";
    }
}

/// What the turn of a phase does to an SIAE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// What becomes of its review.
    pub review: TurnReview,
    /// What it is written.
    pub mail: Option<TurnMail>,
}

/// What becomes of the review of an SIAE at the turn of a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnReview {
    /// Nothing changes.
    AsItIs,
    /// The amicable phase ends for it: what was decided, or that nothing came.
    Validated,
    /// Its control ends.
    Final,
}

/// The transition to the contradictory phase. An SIAE that the State certified whole was told at the launch already.
pub const fn transitioned(reviewed: Reviewed, raw: RawState, is_certified: bool) -> Turn {
    let state = reviewed.state(raw, Campaign::Open);
    let (review, mail) = match (reviewed.at, state) {
        (Some(_), CompanyState::Accepted) if is_certified => (TurnReview::AsItIs, None),
        (Some(_), CompanyState::Accepted) => (TurnReview::AsItIs, Some(TurnMail::Conform)),
        (Some(_), _) => (TurnReview::AsItIs, Some(TurnMail::ProofsExpected)),
        (None, CompanyState::Pending | CompanyState::Submittable) => {
            (TurnReview::Validated, Some(TurnMail::NothingReceived))
        }
        (None, CompanyState::Submitted) => (TurnReview::Final, Some(TurnMail::NotReviewed)),
        (None, CompanyState::Accepted) => (TurnReview::Final, Some(TurnMail::Conform)),
        (None, CompanyState::Refused | CompanyState::Adversarial) => {
            (TurnReview::Validated, Some(TurnMail::ProofsExpected))
        }
    };
    Turn { review, mail }
}

/// The end of the campaign, for an SIAE and its result, kept: `has_proof`, when one of its criteria that the State did not
/// certify was ever submitted; `is_notified`, when its sanctions were notified already.
pub fn closed(reviewed: Reviewed, raw: RawState, has_proof: bool, is_notified: bool) -> (Turn, FinalState) {
    let result = match reviewed.state(raw, Campaign::Ended) {
        CompanyState::Accepted => FinalState::Accepted,
        _ => FinalState::Refused,
    };
    let (review, mail) = match (reviewed.finally_at, raw) {
        _ if is_notified => (TurnReview::AsItIs, None),
        (None, RawState::Accepted) => (TurnReview::Final, Some(TurnMail::NewProofsConform)),
        (None, RawState::Refused) => (TurnReview::Final, Some(TurnMail::Negative)),
        (None, RawState::Submitted) => (TurnReview::AsItIs, Some(TurnMail::NotReviewedAtEnd)),
        (None, RawState::Pending | RawState::Submittable) if has_proof => {
            (TurnReview::AsItIs, Some(TurnMail::Negative))
        }
        (None, RawState::Pending | RawState::Submittable) => {
            (TurnReview::AsItIs, Some(TurnMail::NegativeWithoutProof))
        }
        (Some(_), _) if result == FinalState::Refused => (TurnReview::AsItIs, Some(TurnMail::Negative)),
        (Some(_), _) if reviewed.at == reviewed.finally_at => (TurnReview::AsItIs, None),
        (Some(_), _) => (TurnReview::AsItIs, Some(TurnMail::NewProofsConform)),
    };
    (Turn { review, mail }, result)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    /// Validated at these hours of a day.
    fn reviewed(hour: Option<u32>, final_hour: Option<u32>) -> Reviewed {
        let at = |hour| -> DateTime<Utc> { format!("2026-07-01T{hour:02}:00:00Z").parse().unwrap() };
        Reviewed { at: hour.map(at), finally_at: final_hour.map(at), final_state: None }
    }

    /// Rule book 04 §1.12, « Transition to the contradictoire », line by line.
    #[test]
    fn the_contradictory_phase_begins() {
        use {RawState as R, TurnMail as M, TurnReview as V};
        let (none, once, done) = (reviewed(None, None), reviewed(Some(8), None), reviewed(Some(8), Some(8)));
        for (reviewed, raw, review, mail) in [
            (done, R::Accepted, V::AsItIs, M::Conform),
            (once, R::Refused, V::AsItIs, M::ProofsExpected),
            (once, R::Accepted, V::AsItIs, M::ProofsExpected),
            (none, R::Pending, V::Validated, M::NothingReceived),
            (none, R::Submittable, V::Validated, M::NothingReceived),
            (none, R::Submitted, V::Final, M::NotReviewed),
            (none, R::Accepted, V::Final, M::Conform),
            (none, R::Refused, V::Validated, M::ProofsExpected),
        ] {
            let turn = transitioned(reviewed, raw, false);
            assert_eq!(turn, Turn { review, mail: Some(mail) }, "{reviewed:?} {raw:?}");
        }
        let certified = transitioned(done, R::Accepted, true);
        assert_eq!(certified, Turn { review: V::AsItIs, mail: None }, "EXT 6: told at the launch, by E4");
    }

    /// §1.12, « Close », line by line: final review, raw state, whether a proof came, then what is done, written and kept.
    #[test]
    fn the_campaign_ends() {
        use {FinalState as F, RawState as R, TurnMail as M, TurnReview as V};
        let (once, phase_2, phase_3) =
            (reviewed(Some(8), None), reviewed(Some(8), Some(8)), reviewed(Some(8), Some(9)));
        for (reviewed, raw, has_proof, review, mail, kept) in [
            (once, R::Accepted, true, V::Final, Some(M::NewProofsConform), F::Accepted),
            (once, R::Refused, true, V::Final, Some(M::Negative), F::Refused),
            (once, R::Submitted, true, V::AsItIs, Some(M::NotReviewedAtEnd), F::Accepted),
            (once, R::Pending, false, V::AsItIs, Some(M::NegativeWithoutProof), F::Refused),
            (once, R::Submittable, false, V::AsItIs, Some(M::NegativeWithoutProof), F::Refused),
            (once, R::Pending, true, V::AsItIs, Some(M::Negative), F::Refused),
            (once, R::Submittable, true, V::AsItIs, Some(M::Negative), F::Refused),
            (phase_3, R::Refused, true, V::AsItIs, Some(M::Negative), F::Refused),
            (phase_3, R::Accepted, true, V::AsItIs, Some(M::NewProofsConform), F::Accepted),
            (phase_2, R::Accepted, true, V::AsItIs, None, F::Accepted),
            (phase_2, R::Submitted, true, V::AsItIs, None, F::Accepted),
        ] {
            let expected = (Turn { review, mail }, kept);
            assert_eq!(closed(reviewed, raw, has_proof, false), expected, "{reviewed:?} {raw:?} {has_proof}");
            let notified = (Turn { review: V::AsItIs, mail: None }, kept);
            assert_eq!(
                closed(reviewed, raw, has_proof, true),
                notified,
                "told already, its result is kept too"
            );
        }
    }
}
