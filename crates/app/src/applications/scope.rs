//! Which applications a reader's list holds (rule book 02 §10.1).

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::PrescriberActor;
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::policy::Denied;

use super::store::visible_since;
use crate::list::Sql;

/// The applications of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Received by a company, as long as it may see them (VIS-1).
    Received {
        /// The company.
        company: OrganisationId,
        /// Those sent before then are hidden, unless they were accepted.
        since: DateTime<Utc>,
        /// Whether it is an SIAE, which rests hires on diagnoses.
        is_siae: bool,
    },
    /// Sent for a prescriber organisation, by any member (LIST-S).
    Sent {
        /// The organisation.
        organisation: OrganisationId,
        /// Who reads.
        user: UserId,
        /// Whether they see the names of all (USR-10); an orienteur sees those of the files they made.
        sees_everyone: bool,
    },
    /// Those of a person.
    Own {
        /// The person.
        candidate: CandidateId,
    },
    /// All of them, without names: the team.
    All,
}

impl Scope {
    /// The applications listed to an actor.
    pub fn of(actor: &Actor, now: DateTime<Utc>) -> Result<Self, Denied> {
        match actor {
            Actor::Employer(actor) => Ok(Self::Received {
                company: actor.organisation,
                since: visible_since(now),
                is_siae: actor.kind.is_siae(),
            }),
            Actor::Prescriber(PrescriberActor { organisation, user, authorised, .. }) => {
                Ok(Self::Sent { organisation: *organisation, user: *user, sees_everyone: *authorised })
            }
            Actor::Candidate(actor) => Ok(Self::Own { candidate: actor.candidate }),
            Actor::Staff(_) => Ok(Self::All),
            Actor::Inspector(_) | Actor::System => Err(Denied::Role),
        }
    }

    /// The condition that keeps them, over `applications a`.
    pub fn push(self, sql: &mut Sql) {
        match self {
            Self::Received { company, since, .. } => {
                sql.push("company_sees(").push_bind(company).push(", a, ").push_bind(since).push(")")
            }
            Self::Sent { organisation, .. } => sql
                .push("a.sender_kind = 'prescriber' AND a.sender_organisation_id = ")
                .push_bind(organisation),
            Self::Own { candidate } => sql.push("a.candidate_id = ").push_bind(candidate),
            Self::All => sql.push("true"),
        };
    }

    /// Whether the reader sees the name behind a file made by `created_by` (USR-10, PII-4).
    pub fn sees_name(self, created_by: Option<UserId>) -> bool {
        match self {
            Self::Received { .. } | Self::Own { .. } => true,
            Self::Sent { user, sees_everyone, .. } => sees_everyone || created_by == Some(user),
            Self::All => false,
        }
    }
}
