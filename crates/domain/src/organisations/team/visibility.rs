//! Whether a company may be found, as the team lets it: of a facilitator, that is to verify it (CMP-16, SGN-16).

use crate::Changed;
use crate::ids::OrganisationId;
use crate::organisations::{CompanyKind, CompanySource, OrganisationChange, OrganisationEvent};

/// Whether a company is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// The company.
    pub company: OrganisationId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Where it comes from.
    pub source: CompanySource,
    /// Whether it may be found.
    pub is_searchable: bool,
}

/// Why it stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SightRefused {
    /// Somebody, or the flow, turned it since the page was read (D32).
    #[error("the company changed since the page was read")]
    Overtaken,
}

impl Sight {
    /// Whether that the team verified it makes it active too: a facilitator that the team did not create itself (rule book 01 §3.4).
    pub const fn is_facilitator(&self) -> bool {
        match self.kind {
            CompanyKind::Opcs => match self.source {
                CompanySource::StaffCreated => false,
                CompanySource::Asp | CompanySource::Geiq | CompanySource::UserCreated => true,
            },
            CompanyKind::Aci
            | CompanyKind::Ai
            | CompanyKind::Ei
            | CompanyKind::Eiti
            | CompanyKind::Etti
            | CompanyKind::Geiq => false,
        }
    }

    /// Turns it, as it was seen (D32).
    pub fn turn(self, was_searchable: bool) -> Result<Changed<Self>, SightRefused> {
        if was_searchable != self.is_searchable {
            return Err(SightRefused::Overtaken);
        }
        let change = match (self.is_searchable, self.is_facilitator()) {
            (true, _) => OrganisationChange::HiddenByTeam,
            (false, true) => OrganisationChange::FacilitatorVerified,
            (false, false) => OrganisationChange::ShownByTeam,
        };
        let after = Self { is_searchable: !self.is_searchable, ..self };
        Ok(Changed::new(after, OrganisationEvent { organisation: self.company, change }))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// CMP-16, D32.
    #[test]
    fn what_was_seen_is_turned_once() {
        let of = |kind, is_searchable| Sight {
            company: OrganisationId(Uuid::from_u128(1)),
            kind,
            source: CompanySource::UserCreated,
            is_searchable,
        };
        let (opcs, aci) = (CompanyKind::Opcs, CompanyKind::Aci);
        for (kind, now, seen, after) in [
            (opcs, false, false, Ok(true)),
            (opcs, true, true, Ok(false)),
            (aci, true, true, Ok(false)),
            (aci, false, true, Err(SightRefused::Overtaken)),
            (opcs, true, false, Err(SightRefused::Overtaken)),
        ] {
            assert_eq!(of(kind, now).turn(seen).map(|turned| turned.value().is_searchable), after, "{kind}");
        }
        assert!(of(opcs, false).is_facilitator());
        let of_team = Sight { source: CompanySource::StaffCreated, ..of(opcs, false) };
        assert!(!of_team.is_facilitator(), "active whether it is found or not: nobody is told that it opens");
    }
}
