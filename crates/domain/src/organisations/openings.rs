//! Whether a company takes applications: blocked or not, spontaneous or not (rule book 01 §3.9).

use chrono::{DateTime, TimeDelta, Utc};

use super::{OrganisationChange, OrganisationEvent};
use crate::Changed;
use crate::code::code;
use crate::ids::OrganisationId;

/// From when on members are reminded that spontaneous applications are still taken (CMP-32).
pub const REMINDED_AFTER: TimeDelta = TimeDelta::days(60);
/// When spontaneous applications close by themselves, unless someone said that they are still taken (CMP-36).
pub const CLOSED_AFTER: TimeDelta = TimeDelta::days(90);

code! {
    /// What a member may do of the openings of their company.
    OpeningAct {
        Block = "block", "Suspendre les candidatures";
        Unblock = "unblock", "Reprendre les candidatures";
        Open = "open", "Ouvrir les candidatures spontanées";
        Renew = "renew", "Actualiser les candidatures spontanées";
        Close = "close", "Fermer les candidatures spontanées";
    }
}

/// What a company takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Openings {
    /// The company.
    pub company: OrganisationId,
    /// Since when every new application is refused; none when they are taken (CMP-35).
    pub blocked_at: Option<DateTime<Utc>>,
    /// Since when spontaneous applications are taken, as last said; none when they are not (CMP-36).
    pub spontaneous_since: Option<DateTime<Utc>>,
}

/// The openings are so already, as a colleague or another tab made them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the openings are so already")]
pub struct AlreadySo;

impl Openings {
    /// Does one of these (CMP-35, CMP-36).
    pub fn turn(self, act: OpeningAct, now: DateTime<Utc>) -> Result<Changed<Self>, AlreadySo> {
        let (is_blocked, is_open) = (self.blocked_at.is_some(), self.spontaneous_since.is_some());
        let (turned, change) = match act {
            OpeningAct::Block if !is_blocked => {
                (Self { blocked_at: Some(now), ..self }, OrganisationChange::ApplicationsBlocked)
            }
            OpeningAct::Unblock if is_blocked => {
                (Self { blocked_at: None, ..self }, OrganisationChange::ApplicationsTaken)
            }
            OpeningAct::Open if !is_open => {
                (Self { spontaneous_since: Some(now), ..self }, OrganisationChange::SpontaneousOpened)
            }
            OpeningAct::Renew if is_open => {
                (Self { spontaneous_since: Some(now), ..self }, OrganisationChange::SpontaneousRenewed)
            }
            OpeningAct::Close if is_open => {
                (Self { spontaneous_since: None, ..self }, OrganisationChange::SpontaneousClosed)
            }
            OpeningAct::Block
            | OpeningAct::Unblock
            | OpeningAct::Open
            | OpeningAct::Renew
            | OpeningAct::Close => return Err(AlreadySo),
        };
        Ok(self.changed(turned, change))
    }

    /// Closes spontaneous applications that nobody renewed in time; none when there is nothing to close.
    pub fn expire(self, now: DateTime<Utc>) -> Option<Changed<Self>> {
        self.spontaneous_since.filter(|since| now >= *since + CLOSED_AFTER)?;
        let closed = Self { spontaneous_since: None, ..self };
        Some(self.changed(closed, OrganisationChange::SpontaneousExpired))
    }

    /// When spontaneous applications close by themselves.
    pub fn closes_at(&self) -> Option<DateTime<Utc>> {
        self.spontaneous_since.map(|since| since + CLOSED_AFTER)
    }

    /// Whether members are reminded that they do.
    pub fn is_to_renew(&self, now: DateTime<Utc>) -> bool {
        self.spontaneous_since.is_some_and(|since| now >= since + REMINDED_AFTER)
    }

    fn changed(self, to: Self, change: OrganisationChange) -> Changed<Self> {
        Changed::new(to, OrganisationEvent { organisation: self.company, change })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn openings(is_blocked: bool, is_open: bool) -> Openings {
        let since = |is_so: bool| is_so.then_some(DateTime::UNIX_EPOCH);
        Openings {
            company: OrganisationId(Uuid::nil()),
            blocked_at: since(is_blocked),
            spontaneous_since: since(is_open),
        }
    }

    #[test]
    fn what_is_done_once_is_not_done_again() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(10);
        for (act, before, after) in [
            (OpeningAct::Block, (false, true), (true, true)),
            (OpeningAct::Unblock, (true, true), (false, true)),
            (OpeningAct::Open, (false, false), (false, true)),
            (OpeningAct::Close, (true, true), (true, false)),
        ] {
            let turned = openings(before.0, before.1).turn(act, now).unwrap().into_parts().0;
            assert_eq!((turned.blocked_at.is_some(), turned.spontaneous_since.is_some()), after, "{act}");
            assert_eq!(turned.turn(act, now), Err(AlreadySo), "{act}");
        }
        let renewed = openings(false, true).turn(OpeningAct::Renew, now).unwrap();
        assert_eq!(renewed.value().spontaneous_since, Some(now));
        assert_eq!(openings(false, false).turn(OpeningAct::Renew, now), Err(AlreadySo));
    }

    #[test]
    fn spontaneous_applications_are_reminded_at_60_days_and_close_at_90() {
        let open = openings(false, true);
        let at = |days| DateTime::UNIX_EPOCH + TimeDelta::days(days);
        let second = TimeDelta::seconds(1);
        assert!(!open.is_to_renew(at(60) - second) && open.is_to_renew(at(60)), "CMP-32");
        assert!(open.expire(at(90) - second).is_none(), "CMP-36");
        let closed = open.expire(at(90)).unwrap();
        assert_eq!(closed.value().spontaneous_since, None);
        assert!(openings(false, false).expire(at(900)).is_none());
    }
}
