//! What an SIAE does: it chooses the criteria to defend, gives a proof of each, and submits (rule book 04 §1.9).

use super::badge::Stage;
use super::state::{Campaign, CompanyState, Defended, HireState, RawState, Review};
use crate::eligibility::{Criteria, CriteriaMissing, Criterion};
use crate::organisations::CompanyKind;

/// Why an SIAE may not do it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotNow {
    /// The campaign is over.
    #[error("the campaign is over")]
    Ended,
    /// Nothing may be given until the next phase.
    #[error("submissions are frozen")]
    Frozen,
    /// What is chosen or given stays as it is.
    #[error("it is settled")]
    Settled,
}

/// Why a choice of criteria is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceRefused {
    /// Not now.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// A criterion is not one of the diagnosis.
    #[error("the diagnosis does not hold this criterion")]
    NotOfDiagnosis(Criterion),
    /// They are not enough (03 §2.4).
    #[error(transparent)]
    Missing(#[from] CriteriaMissing),
}

/// What a choice changes: what stays keeps its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// To be defended from now on.
    pub added: Vec<Criterion>,
    /// No longer; their proof goes with them.
    pub removed: Vec<Criterion>,
}

impl Stage {
    fn may_act(&self) -> Result<(), NotNow> {
        match (self.campaign, self.is_frozen) {
            (Campaign::Ended, _) => Err(NotNow::Ended),
            (Campaign::Open, true) => Err(NotNow::Frozen),
            // What was accepted by default is not put at risk again.
            (Campaign::Open, false) if self.reviewed.finally_at.is_some() => Err(NotNow::Settled),
            (Campaign::Open, false) => Ok(()),
        }
    }

    /// Whether the criteria of a hire may be chosen: while none is; in the amicable phase, until the proofs are submitted.
    pub fn may_choose(&self, defended: &[Defended]) -> Result<(), NotNow> {
        self.may_act()?;
        match HireState::of(defended) {
            HireState::Pending => Ok(()),
            HireState::Processing | HireState::Uploaded if self.reviewed.at.is_none() => Ok(()),
            _ => Err(NotNow::Settled),
        }
    }

    /// What choosing these criteria changes, of those of the diagnosis: `wanted` holds no two that exclude each other.
    pub fn choose(
        &self,
        defended: &[(Criterion, Defended)],
        wanted: &Criteria,
        of_diagnosis: &Criteria,
        kind: CompanyKind,
    ) -> Result<Choice, ChoiceRefused> {
        let states: Vec<_> = defended.iter().map(|(_, one)| *one).collect();
        self.may_choose(&states)?;
        let is_of = |criteria: &Criteria, one: Criterion| criteria.iter().any(|other| other == one);
        if let Some(stranger) = wanted.iter().find(|one| !is_of(of_diagnosis, *one)) {
            return Err(ChoiceRefused::NotOfDiagnosis(stranger));
        }
        wanted.suffice_for(kind)?;
        let is_defended = |one: Criterion| defended.iter().any(|(other, _)| *other == one);
        Ok(Choice {
            added: wanted.iter().filter(|one| !is_defended(*one)).collect(),
            removed: defended.iter().map(|(one, _)| *one).filter(|one| !is_of(wanted, *one)).collect(),
        })
    }

    /// Whether the proof of a criterion may be given or replaced: until it is submitted, and again once it was refused in the
    /// amicable phase and that was validated.
    pub fn may_give_proof(&self, one: Defended) -> Result<(), NotNow> {
        self.may_act()?;
        let is_refused = one.review == Review::Refused && self.reviewed.at.is_some();
        if !one.is_certified && (one.submitted_at.is_none() || is_refused) {
            Ok(())
        } else {
            Err(NotNow::Settled)
        }
    }

    /// Whether all of it may be submitted: every hire has its criteria, every criterion its proof, and something is new.
    pub fn may_submit(&self, raw: RawState) -> Result<(), NotNow> {
        self.may_act()?;
        match self.reviewed.state(raw, self.campaign) {
            CompanyState::Submittable => Ok(()),
            _ => Err(NotNow::Settled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::badge::tests::{STATES, at, defended, ended, frozen, open, reviewed};
    use super::super::state::Reviewed;
    use super::*;
    use Criterion::*;

    fn over() -> Stage {
        let reviewed = Reviewed { at: Some(at(9)), finally_at: Some(at(19)), final_state: None };
        Stage { reviewed, ..open() }
    }

    /// §1.9, in the order pending, processing, uploaded, submitted, accepted, refused, refused twice.
    #[test]
    fn when_criteria_may_be_chosen() {
        let yes = true;
        for (stage, expected) in [
            (open(), [yes, yes, yes, false, false, false, false]),
            (reviewed(open()), [yes, false, false, false, false, false, false]),
            (frozen(open()), [false; 7]),
            (ended(open()), [false; 7]),
        ] {
            let may = STATES.map(|state| stage.may_choose(&defended(state, 12)).is_ok());
            assert_eq!(may, expected, "{stage:?}");
        }
    }

    #[test]
    fn a_choice_is_the_difference_and_suffices() {
        let of_diagnosis = Criteria::choose([Rsa, Qpv, Zrr, Senior]).unwrap();
        let chosen = |criteria: &[Criterion]| Criteria::choose(criteria.iter().copied()).unwrap();
        let kept: Vec<_> = [Qpv, Zrr].into_iter().zip(defended(HireState::Uploaded, 1).repeat(2)).collect();
        let choose = |wanted: &[Criterion], kind| open().choose(&kept, &chosen(wanted), &of_diagnosis, kind);
        assert_eq!(
            choose(&[Rsa, Zrr], CompanyKind::Aci),
            Ok(Choice { added: vec![Rsa], removed: vec![Qpv] })
        );
        assert_eq!(choose(&[Qpv, Zrr], CompanyKind::Etti), Ok(Choice { added: vec![], removed: vec![] }));
        assert_eq!(
            choose(&[Qpv, Zrr, Senior], CompanyKind::Ei),
            Ok(Choice { added: vec![Senior], removed: vec![] })
        );
        let missing = CriteriaMissing { level_2_required: 3, level_2_chosen: 2 };
        assert_eq!(choose(&[Qpv, Zrr], CompanyKind::Aci), Err(ChoiceRefused::Missing(missing)));
        assert_eq!(choose(&[Rsa, Aah], CompanyKind::Aci), Err(ChoiceRefused::NotOfDiagnosis(Aah)));
    }

    /// §1.9: in the same order, but for the hire without criterion.
    #[test]
    fn when_a_proof_may_be_given() {
        let yes = true;
        for (stage, expected) in [
            (open(), [yes, yes, false, false, false, false]),
            (reviewed(open()), [yes, yes, false, false, yes, false]),
            (frozen(reviewed(open())), [false; 6]),
            (ended(reviewed(open())), [false; 6]),
        ] {
            let may: Vec<_> = STATES[1..]
                .iter()
                .map(|state| stage.may_give_proof(defended(*state, 5)[0]).is_ok())
                .collect();
            assert_eq!(may, expected, "{stage:?}");
        }
        let certified = Defended { is_certified: true, ..defended(HireState::Processing, 5)[0] };
        assert_eq!(open().may_give_proof(certified), Err(NotNow::Settled));
    }

    #[test]
    fn all_is_submitted_at_once_when_all_is_there() {
        for (stage, raw, expected) in [
            (open(), RawState::Submittable, Ok(())),
            (reviewed(open()), RawState::Submittable, Ok(())),
            (open(), RawState::Pending, Err(NotNow::Settled)),
            (open(), RawState::Submitted, Err(NotNow::Settled)),
            (open(), RawState::Refused, Err(NotNow::Settled)),
            (open(), RawState::Accepted, Err(NotNow::Settled)),
            (frozen(open()), RawState::Submittable, Err(NotNow::Frozen)),
            (ended(open()), RawState::Submittable, Err(NotNow::Ended)),
            (over(), RawState::Submittable, Err(NotNow::Settled)),
        ] {
            assert_eq!(stage.may_submit(raw), expected, "{stage:?} {raw:?}");
        }
    }
}
