//! A PASS with what decides who may act on it, and when.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::policy::PassRelation;
use super::waiting_period::latest_pass;
use super::{Pass, Suspension};
use crate::ids::OrganisationId;
use crate::organisations::CompanyKind;

/// A hire of the holder under the PASS, accepted by an SIAE.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SiaeHire {
    /// The SIAE.
    pub company: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// When it was accepted.
    pub accepted_at: DateTime<Utc>,
    /// First day of the contract.
    pub starts_on: NaiveDate,
    /// Last day, none for an open-ended contract.
    pub ends_on: Option<NaiveDate>,
}

impl SiaeHire {
    /// Whether the contract runs on `today`.
    pub fn runs_on(&self, today: NaiveDate) -> bool {
        self.starts_on <= today && self.ends_on.is_none_or(|end| today <= end)
    }
}

/// A PASS, and what the rules need to know of its holder, read under the lock of the holder when something is to change.
#[derive(Debug, Clone)]
pub struct HeldPass {
    /// The PASS.
    pub pass: Pass,
    /// Every PASS of the holder, this one included.
    pub passes: Vec<Pass>,
    /// Every hire of the holder by an SIAE, whatever the PASS.
    pub hires: Vec<SiaeHire>,
    /// The suspension that runs today.
    pub running: Option<Suspension>,
    /// What ties the actor's organisation to the holder.
    pub relation: PassRelation,
    /// Birth date of the holder, when it is known.
    pub birth_date: Option<NaiveDate>,
}

impl HeldPass {
    /// The SIAE that hired the holder last: the greatest time of acceptance, then the latest contract (rule book 03 §5.2).
    pub fn last_hire(&self) -> Option<&SiaeHire> {
        self.hires.iter().max_by_key(|hire| (hire.accepted_at, hire.starts_on))
    }

    /// A contract of the holder that runs on `today`: of several, the one that ends last.
    pub fn running_contract(&self, today: NaiveDate) -> Option<&SiaeHire> {
        let running = self.hires.iter().filter(|hire| hire.runs_on(today));
        running.max_by_key(|hire| hire.ends_on.unwrap_or(NaiveDate::MAX))
    }

    /// Whether it is the PASS that counts for the holder (rule book 03 §4.5).
    pub fn is_latest(&self, today: NaiveDate) -> bool {
        latest_pass(&self.passes, today).is_some_and(|latest| latest.id == self.pass.id)
    }
}

#[cfg(test)]
pub(in crate::pass) mod tests {
    use chrono::TimeZone;

    use super::super::tests::pass;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A hire by this company, an ACI.
    pub(in crate::pass) fn hire(
        company: u128,
        accepted: &str,
        starts_on: &str,
        ends_on: Option<&str>,
    ) -> SiaeHire {
        SiaeHire {
            company: OrganisationId(uuid::Uuid::from_u128(company)),
            kind: CompanyKind::Aci,
            accepted_at: Utc.from_utc_datetime(&day(accepted).and_hms_opt(9, 0, 0).unwrap()),
            starts_on: day(starts_on),
            ends_on: ends_on.map(day),
        }
    }

    /// A PASS of 2026 and 2027, and these hires.
    pub(in crate::pass) fn held(hires: Vec<SiaeHire>) -> HeldPass {
        let pass = pass("2026-01-01", "2027-12-31");
        HeldPass {
            passes: vec![pass.clone()],
            pass,
            hires,
            running: None,
            relation: PassRelation::default(),
            birth_date: None,
        }
    }

    /// Rule book 03 §5.2: the time of acceptance counts, the first day of the contract parts equals.
    #[test]
    fn the_last_hire_is_the_one_accepted_last() {
        let later_contract = hire(1, "2026-01-05", "2026-03-01", None);
        let accepted_last = hire(2, "2026-01-06", "2026-02-01", None);
        let same_day = hire(3, "2026-01-06", "2026-02-02", None);
        let last = |hires: Vec<SiaeHire>| held(hires).last_hire().map(|hire| hire.company.0.as_u128());
        assert_eq!(last(vec![later_contract.clone(), accepted_last.clone()]), Some(2));
        assert_eq!(last(vec![same_day, later_contract, accepted_last]), Some(3));
        assert_eq!(last(vec![]), None);
    }

    #[test]
    fn a_contract_runs_through_its_last_day_and_one_without_end_always() {
        let over = hire(1, "2026-01-05", "2026-01-10", Some("2026-05-31"));
        let open = hire(2, "2026-01-06", "2026-02-01", None);
        let running = |hires: &[&SiaeHire], today: &str| {
            held(hires.iter().map(|one| (*one).clone()).collect())
                .running_contract(day(today))
                .map(|hire| hire.company.0.as_u128())
        };
        assert_eq!(running(&[&over], "2026-01-09"), None);
        assert_eq!(running(&[&over], "2026-05-31"), Some(1));
        assert_eq!(running(&[&over], "2026-06-01"), None);
        assert_eq!(running(&[&over, &open], "2026-05-01"), Some(2));
    }

    #[test]
    fn an_older_pass_does_not_count_any_more() {
        let mut two = held(vec![]);
        let newer =
            Pass { id: crate::ids::PassId(uuid::Uuid::from_u128(9)), ..pass("2028-02-01", "2030-01-30") };
        assert!(two.is_latest(day("2028-03-01")));
        two.passes.push(newer);
        assert!(!two.is_latest(day("2028-03-01")));
    }
}
