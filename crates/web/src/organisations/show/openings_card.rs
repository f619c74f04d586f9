//! What a company takes, as its members read it and turn it (rule book 01 §3.9).

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::organisations::profile::queries::OwnOrganisation;
use iae_domain::organisations::{OpeningAct, Openings, OrganisationFamily};
use iae_domain::time::paris_date;

/// What `organisations/_openings.html` shows.
pub(super) struct OpeningsCard {
    openings: Openings,
    pub(super) open_jobs: i64,
    now: DateTime<Utc>,
}

impl OpeningsCard {
    /// Of a company; none of another organisation.
    pub(super) fn of(own: &OwnOrganisation, now: DateTime<Utc>) -> Option<Self> {
        let openings = Openings {
            company: own.id,
            blocked_at: own.blocked_at,
            spontaneous_since: own.spontaneous_since,
        };
        (own.family == OrganisationFamily::Company).then_some(Self {
            openings,
            open_jobs: own.open_jobs,
            now,
        })
    }

    /// Since when nothing is taken.
    pub(super) fn blocked_on(&self) -> Option<NaiveDate> {
        self.openings.blocked_at.map(paris_date)
    }

    /// Since when spontaneous applications are taken, as last said.
    pub(super) fn spontaneous_on(&self) -> Option<NaiveDate> {
        self.openings.spontaneous_since.map(paris_date)
    }

    /// The day they close by themselves.
    pub(super) fn closes_on(&self) -> Option<NaiveDate> {
        self.openings.closes_at().map(paris_date)
    }

    /// Whether the day they close comes near.
    pub(super) fn is_to_renew(&self) -> bool {
        self.openings.is_to_renew(self.now)
    }

    /// What may be done now, the usual first: the code and the words of each.
    pub(super) fn acts(&self) -> Vec<(&'static str, &'static str)> {
        let block = if self.openings.blocked_at.is_some() { OpeningAct::Unblock } else { OpeningAct::Block };
        let spontaneous = match self.openings.spontaneous_since {
            Some(_) => vec![OpeningAct::Renew, OpeningAct::Close],
            None => vec![OpeningAct::Open],
        };
        spontaneous.into_iter().chain([block]).map(|act| (act.code(), act.label())).collect()
    }
}
