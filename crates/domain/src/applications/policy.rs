//! Who may do what to an application they can see (rule book 02 §11.1, 01 P22 to P31).
//!
//! [`Scope`] says which applications are listed, [`read`] whether one exists for whoever asks. The other functions decide
//! among people who may see the application, and which buttons a page shows.

use chrono::{DateTime, Utc};

use super::{Application, SenderKind, visible_since};
use crate::actor::{Actor, EmployerActor, HireCanceller, PrescriberActor};
use crate::ids::{CandidateId, OrganisationId, UserId};
use crate::policy::Denied;
use crate::staff::{StaffRight, ensure};

/// A company processes what it received, under the current organisation (ACL-2, TEN-2).
pub fn process(actor: &EmployerActor, application: &Application) -> Result<(), Denied> {
    received(actor, application)
}

/// As for processing.
pub fn postpone(actor: &EmployerActor, application: &Application) -> Result<(), Denied> {
    received(actor, application)
}

/// As for processing (REF-5).
pub fn refuse(actor: &EmployerActor, application: &Application) -> Result<(), Denied> {
    received(actor, application)
}

/// As for processing (ACC-3).
pub fn accept(actor: &EmployerActor, application: &Application) -> Result<(), Denied> {
    received(actor, application)
}

/// As for processing, whoever of the company accepted (rule book 02 §7.1, ACL-2); and the team, by its groups (03 §1, 02 ADM-1,
/// 01 STF-1).
pub fn cancel(actor: &HireCanceller, application: &Application) -> Result<(), Denied> {
    match actor {
        HireCanceller::Employer(employer) => received(employer, application),
        HireCanceller::Team(staff) => ensure(staff, StaffRight::ChangePasses),
    }
}

fn received(actor: &EmployerActor, application: &Application) -> Result<(), Denied> {
    if application.company == actor.organisation { Ok(()) } else { Err(Denied::OtherOrganisation) }
}

/// Who may send an application: candidates, prescribers and employers, never an inspector nor staff (SUB-1).
pub const fn submit(actor: &Actor) -> Result<(), Denied> {
    match actor {
        Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Employer(_) => Ok(()),
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => Err(Denied::Role),
    }
}

/// The applications listed to an actor.
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
    /// All of them, without names: whoever of the team holds the right.
    All,
}

impl Scope {
    /// The applications listed to an actor, and what is counted of them (rule book 02 §10.1).
    pub fn of(actor: &Actor, now: DateTime<Utc>) -> Result<Self, Denied> {
        match actor {
            Actor::Employer(actor) => Ok(Self::received(actor, now)),
            Actor::Prescriber(actor) => Ok(Self::sent(actor)),
            Actor::Candidate(actor) => Ok(Self::Own { candidate: actor.candidate }),
            Actor::Staff(staff) => ensure(staff, StaffRight::ReadApplications).map(|()| Self::All),
            Actor::Inspector(_) | Actor::System => Err(Denied::Role),
        }
    }

    /// What a company received.
    pub fn received(actor: &EmployerActor, now: DateTime<Utc>) -> Self {
        let EmployerActor { organisation: company, kind, .. } = *actor;
        Self::Received { company, since: visible_since(now), is_siae: kind.is_siae() }
    }

    /// What a prescriber organisation sent.
    pub const fn sent(actor: &PrescriberActor) -> Self {
        let PrescriberActor { organisation, user, authorised: sees_everyone, .. } = *actor;
        Self::Sent { organisation, user, sees_everyone }
    }
}

/// The company whose applications to other companies are listed to an employer: their own (LIST-S).
pub const fn sent_elsewhere(actor: &EmployerActor) -> OrganisationId {
    actor.organisation
}

/// From which side an application is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// By the company that received it.
    Received,
    /// By the organisation that sent it, or the staff.
    Sent,
    /// By the candidate.
    Own,
}

/// Between whom an application is exchanged: what decides who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    /// The person.
    pub candidate: CandidateId,
    /// The company it was sent to.
    pub company: OrganisationId,
    /// Whether that company still sees it: what the SQL function `company_sees` says (VIS-1).
    pub company_sees: bool,
    /// In what capacity it was sent.
    pub sender_kind: SenderKind,
    /// The organisation it was sent for; none for a candidate.
    pub sender_organisation: Option<OrganisationId>,
}

/// From which side the actor reads an application; none when it does not exist for them (TEN-1, TEN-3). Its page, its
/// documents and the file of the person ask this; a company also reads there what it sent to another one.
pub fn read(actor: &Actor, exchange: &Exchange) -> Option<Side> {
    let sent_by = |kind: SenderKind, organisation: OrganisationId| {
        exchange.sender_kind == kind && exchange.sender_organisation == Some(organisation)
    };
    match actor {
        Actor::Candidate(own) => (exchange.candidate == own.candidate).then_some(Side::Own),
        Actor::Employer(employer) if employer.organisation == exchange.company => {
            exchange.company_sees.then_some(Side::Received)
        }
        Actor::Employer(employer) => {
            sent_by(SenderKind::Employer, employer.organisation).then_some(Side::Sent)
        }
        Actor::Prescriber(prescriber) => {
            sent_by(SenderKind::Prescriber, prescriber.organisation).then_some(Side::Sent)
        }
        Actor::Staff(staff) => staff.holds(StaffRight::ReadApplications).then_some(Side::Sent),
        Actor::Inspector(_) | Actor::System => None,
    }
}

/// Whoever sent it may remind the employer: the members of the organisation that sent it, or the person themselves when
/// they applied alone. To anyone else it does not exist.
pub fn remind(actor: &Actor, exchange: &Exchange) -> Option<()> {
    let is_sender = match (actor, read(actor, exchange)?) {
        (Actor::Prescriber(_) | Actor::Employer(_), Side::Sent) => true,
        (Actor::Candidate(_), Side::Own) => exchange.sender_kind == SenderKind::Candidate,
        _ => false,
    };
    is_sender.then_some(())
}

impl Application {
    /// What decides who reads it, for whoever is not the company that received it.
    pub const fn exchange(&self) -> Exchange {
        Exchange {
            candidate: self.candidate,
            company: self.company,
            company_sees: true,
            sender_kind: self.sender.kind,
            sender_organisation: self.sender.organisation,
        }
    }
}
