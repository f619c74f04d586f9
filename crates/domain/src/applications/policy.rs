//! Who may do what to an application they can see (rule book 02 §11.1, 01 P22 to P31).
//!
//! The finders of the stores already answer « not found » for applications of other tenants (TEN-1): these
//! functions decide among people who may see the application, and which buttons a page shows.

use super::Application;
use crate::actor::{Actor, EmployerActor};
use crate::ids::OrganisationId;
use crate::policy::Denied;

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

/// Who may read an application that was sent: its candidate, and the organisation in whose name it was sent
/// (LIST-S, TEN-3).
pub fn read_sent(actor: &Actor, application: &Application) -> Result<(), Denied> {
    let by_organisation =
        |organisation: OrganisationId| application.sender.organisation == Some(organisation);
    let allowed = match actor {
        Actor::Candidate(candidate) => application.candidate == candidate.candidate,
        Actor::Prescriber(prescriber) => by_organisation(prescriber.organisation),
        Actor::Employer(employer) => {
            by_organisation(employer.organisation) && application.company != employer.organisation
        }
        Actor::Staff(_) | Actor::System => true,
        Actor::Inspector(_) => false,
    };
    if allowed { Ok(()) } else { Err(Denied::Role) }
}
