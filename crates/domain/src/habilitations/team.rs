//! What the team decides of an organisation that registered (PRE-7 to PRE-9).

use crate::Changed;
use crate::actor::StaffActor;
use crate::ids::OrganisationId;
use crate::organisations::{AuthorisationStatus, OrganisationChange, OrganisationEvent, PrescriberKind};

/// An organisation whose authorisation the team decides of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overseen {
    /// The organisation.
    pub id: OrganisationId,
    /// Its kind.
    pub kind: PrescriberKind,
    /// Where its authorisation stands.
    pub status: AuthorisationStatus,
    /// Another organisation of its SIRET is « Autre » (PRE-8).
    pub has_other_twin: bool,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// The organisation.
    pub id: OrganisationId,
    /// Its kind from now on.
    pub kind: PrescriberKind,
    /// Where its authorisation stands from now on.
    pub status: AuthorisationStatus,
    /// Whether it lost the right to prescribe.
    pub loses_right: bool,
}

/// Why nothing is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthorisationRefused {
    /// Its kind or its status changed since the page was read (D32).
    #[error("the organisation changed since the page was read")]
    Overtaken,
    /// Only whoever holds every right of the team decides again of what is decided.
    #[error("this is decided already")]
    Decided,
    /// An organisation of kind « Autre » is never authorised: its kind is chosen first (PRE-7).
    #[error("the kind is to be chosen first")]
    KindToChoose,
    /// The right that a prefect gives comes with its order (PRE-6).
    #[error("the order of the prefect is to be entered")]
    OrderToEnter,
    /// Another organisation of the same SIRET is « Autre » already (PRE-8).
    #[error("another organisation of this SIRET is of kind other")]
    OtherTwin,
    /// Another organisation of the same SIRET is of this kind already (PRE-3).
    #[error("another organisation of this SIRET is of this kind")]
    SameSiret,
    /// An authorised organisation does not become « Autre » (PRE-9).
    #[error("an authorised organisation does not become other")]
    Authorised,
    /// France Travail comes from its own directory (PRE-17, PRE-22).
    #[error("agencies of France Travail come from their directory")]
    FranceTravail,
    /// It is of this kind already.
    #[error("the organisation is of this kind already")]
    SameKind,
}

impl Overseen {
    /// What a form says it saw (D32).
    pub fn seen(&self) -> String {
        format!("{}:{}", self.kind.code(), self.status.code())
    }

    /// Validates its authorisation (PRE-7).
    pub fn validate(self, by: &StaffActor) -> Result<Changed<Decided>, AuthorisationRefused> {
        let is_waiting = match self.status {
            AuthorisationStatus::NotSet | AuthorisationStatus::Refused => true,
            AuthorisationStatus::Validated | AuthorisationStatus::NotRequired => false,
        };
        if self.kind == PrescriberKind::Other {
            return Err(AuthorisationRefused::KindToChoose);
        }
        if self.kind == PrescriberKind::Ohpd {
            return Err(AuthorisationRefused::OrderToEnter);
        }
        if !is_waiting && !by.is_superuser {
            return Err(AuthorisationRefused::Decided);
        }
        let decided = self.decided(self.kind, AuthorisationStatus::Validated);
        Ok(decided.told(OrganisationChange::AuthorisationValidated))
    }

    /// Refuses it: the organisation stays an orienteur, of kind « Autre » (PRE-8).
    pub fn refuse(self, by: &StaffActor) -> Result<Changed<Decided>, AuthorisationRefused> {
        if self.status != AuthorisationStatus::NotSet && !by.is_superuser {
            return Err(AuthorisationRefused::Decided);
        }
        if self.kind == PrescriberKind::Ft {
            return Err(AuthorisationRefused::FranceTravail);
        }
        if self.has_other_twin {
            return Err(AuthorisationRefused::OtherTwin);
        }
        let decided = self.decided(PrescriberKind::Other, AuthorisationStatus::Refused);
        Ok(decided.told(OrganisationChange::AuthorisationRefused))
    }

    /// Changes its kind: what was validated is to be validated again (PRE-9).
    pub fn change_kind(self, kind: PrescriberKind) -> Result<Changed<Decided>, AuthorisationRefused> {
        if kind == self.kind {
            return Err(AuthorisationRefused::SameKind);
        }
        if kind == PrescriberKind::Ft || self.kind == PrescriberKind::Ft {
            return Err(AuthorisationRefused::FranceTravail);
        }
        let status = if kind != PrescriberKind::Other {
            AuthorisationStatus::NotSet
        } else if self.status == AuthorisationStatus::Validated {
            return Err(AuthorisationRefused::Authorised);
        } else {
            AuthorisationStatus::NotRequired
        };
        let decided = self.decided(kind, status);
        Ok(decided.told(OrganisationChange::KindChanged { kind, authorisation: status }))
    }

    fn decided(self, kind: PrescriberKind, status: AuthorisationStatus) -> Decided {
        let loses_right =
            self.status == AuthorisationStatus::Validated && status != AuthorisationStatus::Validated;
        Decided { id: self.id, kind, status, loses_right }
    }
}

impl Decided {
    fn told(self, change: OrganisationChange) -> Changed<Self> {
        Changed::new(self, OrganisationEvent { organisation: self.id, change })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::UserId;

    const TEAM: StaffActor =
        StaffActor { user: UserId(Uuid::from_u128(1)), is_superuser: false, groups: Vec::new() };
    const ADMIN: StaffActor =
        StaffActor { user: UserId(Uuid::from_u128(1)), is_superuser: true, groups: Vec::new() };

    fn of(kind: PrescriberKind, status: AuthorisationStatus) -> Overseen {
        Overseen { id: OrganisationId(Uuid::from_u128(2)), kind, status, has_other_twin: false }
    }

    fn now(
        changed: Result<Changed<Decided>, AuthorisationRefused>,
    ) -> Result<(PrescriberKind, AuthorisationStatus), AuthorisationRefused> {
        changed.map(|changed| (changed.value().kind, changed.value().status))
    }

    #[test]
    fn the_team_validates_refuses_and_changes_kinds() {
        use AuthorisationRefused as R;
        use AuthorisationStatus::{NotRequired, NotSet, Refused, Validated};
        use PrescriberKind::{Ccas, Chrs, Ft, Ohpd, Other};
        let validated = [
            (Chrs, NotSet, &TEAM, Ok((Chrs, Validated)), "PRE-7"),
            (Chrs, Refused, &TEAM, Ok((Chrs, Validated)), "PRE-7"),
            (Chrs, Validated, &TEAM, Err(R::Decided), "PRE-7"),
            (Chrs, Validated, &ADMIN, Ok((Chrs, Validated)), "PRE-7, at any time"),
            (Other, NotSet, &ADMIN, Err(R::KindToChoose), "PRE-7, PRE-5"),
            (Other, NotRequired, &ADMIN, Err(R::KindToChoose), "PRE-7, PRE-5"),
            (Ohpd, NotSet, &ADMIN, Err(R::OrderToEnter), "PRE-6, D15"),
        ];
        for (kind, status, by, expected, rule) in validated {
            assert_eq!(now(of(kind, status).validate(by)), expected, "{kind:?} {status:?}: {rule}");
        }
        let refused = [
            (Chrs, NotSet, &TEAM, Ok((Other, Refused)), "PRE-8"),
            (Chrs, Validated, &TEAM, Err(R::Decided), "PRE-8"),
            (Chrs, Validated, &ADMIN, Ok((Other, Refused)), "PRE-8, at any time"),
            (Ft, NotSet, &ADMIN, Err(R::FranceTravail), "PRE-17"),
        ];
        for (kind, status, by, expected, rule) in refused {
            assert_eq!(now(of(kind, status).refuse(by)), expected, "{kind:?} {status:?}: {rule}");
        }
        let twin = Overseen { has_other_twin: true, ..of(Chrs, NotSet) };
        assert_eq!(now(twin.refuse(&TEAM)), Err(R::OtherTwin), "PRE-8");
        let changed = [
            (Chrs, Validated, Other, Err(R::Authorised), "PRE-9"),
            (Chrs, NotSet, Other, Ok((Other, NotRequired)), "PRE-9"),
            (Chrs, Validated, Ccas, Ok((Ccas, NotSet)), "PRE-9, even if it was validated"),
            (Other, NotRequired, Ccas, Ok((Ccas, NotSet)), "PRE-9"),
            (Ft, Validated, Ccas, Err(R::FranceTravail), "PRE-17"),
            (Ccas, Validated, Ft, Err(R::FranceTravail), "PRE-17"),
            (Ccas, Validated, Ccas, Err(R::SameKind), "nothing to change"),
        ];
        for (kind, status, to, expected, rule) in changed {
            assert_eq!(now(of(kind, status).change_kind(to)), expected, "{kind:?} {status:?}: {rule}");
        }
    }
}
