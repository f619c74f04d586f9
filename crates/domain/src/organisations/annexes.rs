//! The financial annexes of a company: those shown, and the one an antenna is attached to (rule book 01 §3.6).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{AnnexNumber, AnnexState, CompanySource, OrganisationChange, OrganisationEvent, annex_is_active};
use crate::Changed;
use crate::ids::{ConventionId, OrganisationId};

/// A financial annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its number.
    pub number: AnnexNumber,
    /// The convention it makes valid.
    pub convention: ConventionId,
    /// Its state.
    pub state: AnnexState,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

impl Annex {
    /// Whether it makes its convention valid today (CMP-9).
    pub fn is_active(&self, today: NaiveDate) -> bool {
        annex_is_active(self.state, self.ends_on, today)
    }
}

/// One annex for each prefix: the active one if there is any, else the one renewed or modified last; by descending number
/// (CMP-23).
pub fn one_a_line(annexes: Vec<Annex>, today: NaiveDate) -> Vec<Annex> {
    let mut lines: BTreeMap<String, Annex> = BTreeMap::new();
    for annex in annexes {
        let rank = |annex: &Annex| (annex.is_active(today), annex.number.clone());
        let prefix = annex.number.prefix().to_owned();
        if lines.get(&prefix).is_none_or(|kept| rank(kept) < rank(&annex)) {
            lines.insert(prefix, annex);
        }
    }
    lines.into_values().rev().collect()
}

/// Whether a company of this source has annexes to show: the others have none, or none of their own (CMP-23).
pub const fn shows_annexes(source: CompanySource) -> bool {
    match source {
        CompanySource::Asp | CompanySource::UserCreated => true,
        CompanySource::Geiq | CompanySource::StaffCreated => false,
    }
}

/// A company and the convention it is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment {
    /// The company.
    pub company: OrganisationId,
    /// Where it comes from.
    pub source: CompanySource,
    /// Its convention.
    pub convention: Option<ConventionId>,
}

/// Why a company is not attached to another annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttachRefused {
    /// The State says which convention is its own (CMP-24).
    #[error("the convention of this company comes from the State")]
    Fixed,
    /// The annex is not among those of its kind and legal unit that are in force (CMP-24).
    #[error("the annex is not offered")]
    NotOffered,
    /// It is attached to it already.
    #[error("the company is attached to this convention already")]
    Already,
    /// It was attached to another one since the page was read (D32).
    #[error("the company was attached to another convention meanwhile")]
    Overtaken,
}

impl Attachment {
    /// Whether its administrators choose its annex: it was added by one of them (CMP-24).
    pub const fn is_chosen(&self) -> bool {
        match self.source {
            CompanySource::UserCreated => true,
            CompanySource::Asp | CompanySource::Geiq | CompanySource::StaffCreated => false,
        }
    }

    /// Attaches the company to the convention of one of the annexes that are offered, as it was seen attached (CMP-24).
    pub fn attach(
        self,
        seen: Option<ConventionId>,
        number: &str,
        offered: &[Annex],
        today: NaiveDate,
    ) -> Result<Changed<Self>, AttachRefused> {
        if !self.is_chosen() {
            return Err(AttachRefused::Fixed);
        }
        if seen != self.convention {
            return Err(AttachRefused::Overtaken);
        }
        let chosen = offered.iter().find(|annex| annex.number.as_str() == number && annex.is_active(today));
        let annex = chosen.ok_or(AttachRefused::NotOffered)?;
        if self.convention == Some(annex.convention) {
            return Err(AttachRefused::Already);
        }
        let convention = annex.convention;
        let change = OrganisationChange::ConventionChosen { convention, annex: annex.number.to_string() };
        let event = OrganisationEvent { organisation: self.company, change };
        Ok(Changed::new(Self { convention: Some(convention), ..self }, event))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::organisations::CompanyKind;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn annex(number: &str, convention: u128, state: AnnexState, ends_on: &str) -> Annex {
        Annex {
            number: AnnexNumber::parse(number, CompanyKind::Aci).unwrap(),
            convention: ConventionId(Uuid::from_u128(convention)),
            state,
            starts_on: day("2020-01-01"),
            ends_on: day(ends_on),
        }
    }

    #[test]
    fn one_annex_a_prefix_the_active_one_or_the_last() {
        let today = day("2026-05-04");
        let all = vec![
            annex("ACI057250001A0M0", 1, AnnexState::Closed, "2025-12-31"),
            annex("ACI057250001A1M0", 1, AnnexState::Rejected, "2025-12-31"),
            annex("ACI057260001A0M0", 1, AnnexState::Valid, "2026-12-31"),
            annex("ACI057260001A0M1", 1, AnnexState::Draft, "2026-12-31"),
        ];
        let shown: Vec<String> = one_a_line(all, today).iter().map(|one| one.number.to_string()).collect();
        assert_eq!(shown, ["ACI057260001A0M0", "ACI057250001A1M0"], "CMP-23");
    }

    #[test]
    fn only_an_antenna_chooses_and_only_what_is_offered() {
        let today = day("2026-05-04");
        let [first, second] = [1, 2].map(|id| ConventionId(Uuid::from_u128(id)));
        let antenna = Attachment {
            company: OrganisationId(Uuid::nil()),
            source: CompanySource::UserCreated,
            convention: Some(first),
        };
        let offered = [
            annex("ACI057260001A0M0", 1, AnnexState::Valid, "2026-12-31"),
            annex("ACI057260002A0M0", 2, AnnexState::Valid, "2026-12-31"),
            annex("ACI057250003A0M0", 3, AnnexState::Valid, "2025-12-31"),
        ];
        let attach = |of: Attachment, seen, number| of.attach(seen, number, &offered, today);
        let attached = attach(antenna, Some(first), "ACI057260002A0M0").unwrap();
        assert_eq!(attached.value().convention, Some(second), "CMP-24");
        for (source, seen, number, refused) in [
            (CompanySource::Asp, Some(first), "ACI057260002A0M0", AttachRefused::Fixed),
            (CompanySource::UserCreated, Some(second), "ACI057260002A0M0", AttachRefused::Overtaken),
            (CompanySource::UserCreated, Some(first), "ACI057260009A0M0", AttachRefused::NotOffered),
            (CompanySource::UserCreated, Some(first), "ACI057250003A0M0", AttachRefused::NotOffered),
            (CompanySource::UserCreated, Some(first), "ACI057260001A0M0", AttachRefused::Already),
        ] {
            assert_eq!(attach(Attachment { source, ..antenna }, seen, number), Err(refused), "{number}");
        }
    }
}
