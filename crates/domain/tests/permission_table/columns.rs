//! The columns of the matrix: who each stands for, of every kind of organisation.

use iae_domain::Actor;
use iae_domain::accounts::UserKind;
use iae_domain::actor::{CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor};
use iae_domain::organisations::{CompanyKind, InstitutionKind, InstitutionLevel, PrescriberKind};

use crate::cast::{OWN, USER};

/// A column.
pub struct Column {
    /// Its name in the rule book.
    pub name: &'static str,
    /// The kind of account; none for whoever is not signed in.
    pub kind: Option<UserKind>,
    /// Those it stands for.
    pub actors: Vec<Actor>,
}

/// The eleven columns, in the order of the rule book.
pub fn columns() -> Vec<Column> {
    use UserKind::{JobSeeker, Professional, Staff};

    let column = |name, kind, actors| Column { name, kind, actors };
    let candidate = CandidateActor { user: USER, candidate: USER.into() };
    let team = |is_superuser| Actor::from(StaffActor { user: USER, is_superuser, groups: vec![] });
    vec![
        column("AN", None, vec![]),
        column("JS", Some(JobSeeker), vec![candidate.into()]),
        column("OR", Some(Professional), prescribers(false, false)),
        column("OR+", Some(Professional), prescribers(false, true)),
        column("PH", Some(Professional), prescribers(true, false)),
        column("PH+", Some(Professional), prescribers(true, true)),
        column("EM", Some(Professional), employers(false)),
        column("EM+", Some(Professional), employers(true)),
        column("IN", Some(Professional), inspectors(false)),
        column("IN+", Some(Professional), inspectors(true)),
        column("ST", Some(Staff), vec![team(false), team(true)]),
    ]
}

fn prescribers(authorised: bool, is_admin: bool) -> Vec<Actor> {
    let of = |kind: &PrescriberKind| {
        Actor::from(PrescriberActor { user: USER, organisation: OWN, kind: *kind, authorised, is_admin })
    };
    PrescriberKind::ALL.iter().map(of).collect()
}

fn employers(is_admin: bool) -> Vec<Actor> {
    let of = |kind: &CompanyKind| {
        Actor::from(EmployerActor { user: USER, organisation: OWN, kind: *kind, is_admin })
    };
    CompanyKind::ALL.iter().map(of).collect()
}

fn inspectors(is_admin: bool) -> Vec<Actor> {
    let of = |kind: &InstitutionKind| {
        let department = (kind.level() == InstitutionLevel::Department).then(|| "57".to_owned());
        Actor::from(InspectorActor { user: USER, organisation: OWN, kind: *kind, department, is_admin })
    };
    InstitutionKind::ALL.iter().map(of).collect()
}
