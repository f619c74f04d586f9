//! Professionals and the organisations they act for.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::accounts::current_terms;
use iae_domain::organisations::InstitutionKind;
use uuid::Uuid;

use super::calendar::Calendar;
use super::institutions::Institution;
use super::names::{FAMILIES, MEN, WOMEN};
use super::personas::{KNOWN, Known, Role};
use super::random::{Choice, Random, skewed_weight};
use super::size::Counts;
use super::tables::Tables;
use super::world::{Company, Prescriber};
use super::{companies, place, prescribers};

/// Writes accounts and memberships.
struct Register<'a> {
    rng: &'a mut Random,
    calendar: Calendar,
    tables: &'a mut Tables,
    memberships: HashSet<(Uuid, Uuid)>,
    professionals: Vec<Uuid>,
}

impl Register<'_> {
    fn account(&mut self, kind: &str, known: Option<&Known>, host: &str) -> (Uuid, DateTime<Utc>) {
        let created_at = self.calendar.moment_ago(self.rng, 2_200, 2_500);
        let id = self.rng.id(created_at);
        let (title, first_name, last_name) = match known {
            Some(known) => (known.title, known.first_name, known.last_name),
            None if self.rng.chance(640) => ("MME", *self.rng.pick(WOMEN), *self.rng.pick(FAMILIES)),
            None => ("M", *self.rng.pick(MEN), *self.rng.pick(FAMILIES)),
        };
        let email = known.map_or_else(
            || {
                let name = place::slug(&format!("{first_name} {last_name}"));
                format!("{name}.{}@{host}.example", self.professionals.len() + 1)
            },
            |known| known.email.to_owned(),
        );
        let last_login = self.calendar.moment_ago(self.rng, 1, 60);
        let read_at = self.calendar.read_at();
        let terms = (kind == "professional").then(|| current_terms(self.calendar.today));
        self.tables.users.push(&[
            &id,
            &kind,
            &Some(email),
            &first_name,
            &last_name,
            &Some(title),
            &Some(format!("03{:08}", 72_000_000 + self.rng.below(999_999))),
            &true,
            &(kind == "itou_staff"),
            &created_at,
            &Some(created_at),
            &Some(last_login),
            &read_at,
            &terms,
            &terms.map(|_| read_at),
        ]);
        if kind == "professional" {
            self.professionals.push(id);
        }
        (id, created_at)
    }

    /// Someone joins an organisation. Whoever left stays on the list, without any right (MEM-1).
    fn join(
        &mut self,
        user: Uuid,
        organisation: Uuid,
        joined_at: DateTime<Utc>,
        is_admin: bool,
        is_active: bool,
    ) -> bool {
        if !self.memberships.insert((user, organisation)) {
            return false;
        }
        let id = self.rng.id(joined_at);
        let updated_at = if is_active { joined_at } else { joined_at + TimeDelta::days(300) };
        self.tables.memberships.push(&[
            &id,
            &user,
            &organisation,
            &is_admin,
            &is_active,
            &joined_at,
            &updated_at,
        ]);
        true
    }
}

/// Makes the professionals, the people of the demonstration first. Returns the accounts of these.
pub fn build(
    rng: &mut Random,
    calendar: Calendar,
    counts: &Counts,
    companies: &mut [Company],
    prescribers: &mut [Prescriber],
    institutions: &[Institution],
    tables: &mut Tables,
) -> Vec<(Role, Uuid)> {
    let mut register =
        Register { rng, calendar, tables, memberships: HashSet::new(), professionals: Vec::new() };
    let known = known(&mut register, companies, prescribers, institutions);
    for institution in institutions {
        let (user, at) = register.account("professional", None, "etat");
        register.join(user, institution.id, at, true, true);
    }
    // One member each, then the others where there is work.
    let places: Vec<usize> = (0..companies.len() + prescribers.len()).collect();
    let weights = places.iter().map(|place| {
        let rank = place.checked_sub(companies.len()).unwrap_or(*place);
        (
            *place,
            if *place == companies::WITHOUT_MEMBER {
                0
            } else {
                skewed_weight(rank, places.len()) / 10 + 1_000
            },
        )
    });
    let choice = Choice::new(weights);
    let mut waiting: Vec<usize> =
        places.iter().copied().filter(|place| *place != companies::WITHOUT_MEMBER).rev().collect();
    while register.professionals.len() < counts.professionals {
        let place = waiting.pop().unwrap_or_else(|| choice.draw(register.rng));
        let (organisation, name, members) = at(companies, prescribers, place);
        let host = place::slug(&name);
        let (user, joined_at) = register.account("professional", None, &host);
        register.join(user, organisation, joined_at, members.is_empty(), true);
        members.push(user);
    }
    // People of two organisations, and people who left.
    for _ in 0..counts.professionals / 6 {
        let place = choice.draw(register.rng);
        let user = *register.rng.pick(&register.professionals);
        let is_active = register.rng.chance(700);
        let (organisation, _, members) = at(companies, prescribers, place);
        let joined_at = calendar.moment(register.rng, calendar.ago(2_150));
        if register.join(user, organisation, joined_at, false, is_active) && is_active {
            members.push(user);
        }
    }
    known
}

fn at<'a>(
    companies: &'a mut [Company],
    prescribers: &'a mut [Prescriber],
    place: usize,
) -> (Uuid, String, &'a mut Vec<Uuid>) {
    match place.checked_sub(companies.len()) {
        None => {
            let company = &mut companies[place];
            (company.id, company.name.clone(), &mut company.members)
        }
        Some(place) => {
            let prescriber = &mut prescribers[place];
            (prescriber.id, prescriber.name.clone(), &mut prescriber.members)
        }
    }
}

fn known(
    register: &mut Register<'_>,
    companies: &mut [Company],
    prescribers: &mut [Prescriber],
    institutions: &[Institution],
) -> Vec<(Role, Uuid)> {
    let mut accounts = Vec::new();
    let ddets = |department| {
        institutions
            .iter()
            .find(|place| place.kind == InstitutionKind::DdetsIae && place.department == Some(department))
            .map(|place| place.id)
    };
    for person in KNOWN {
        let kind = match person.role {
            Role::Candidate | Role::WaitingCandidate => continue,
            Role::Staff => "itou_staff",
            _ => "professional",
        };
        let (user, joined_at) = register.account(kind, Some(person), "");
        accounts.push((person.role, user));
        let is_admin = matches!(
            person.role,
            Role::EmployerAdmin
                | Role::PrescriberAdmin
                | Role::OtherEmployer
                | Role::Orienter
                | Role::PendingOrganisation
        );
        let prescriber = |rank: usize| companies.len() + rank;
        let places = match person.role {
            Role::Employer | Role::EmployerAdmin | Role::DeactivatedMember => vec![companies::ACI],
            Role::OtherEmployer => vec![companies::EI],
            Role::Prescriber | Role::PrescriberAdmin => vec![prescriber(prescribers::MISSION_LOCALE)],
            Role::Orienter => vec![prescriber(prescribers::ORIENTER)],
            Role::TwoOrganisations => vec![prescriber(prescribers::PLIE), prescriber(prescribers::CCAS)],
            Role::PendingOrganisation => vec![prescriber(prescribers::PENDING)],
            Role::Inspector
            | Role::OtherInspector
            | Role::Staff
            | Role::Candidate
            | Role::WaitingCandidate => vec![],
        };
        let is_active = person.role != Role::DeactivatedMember;
        for place in places {
            let (organisation, _, members) = at(companies, prescribers, place);
            register.join(user, organisation, joined_at, is_admin, is_active);
            if is_active {
                members.push(user);
            }
        }
        let department = match person.role {
            Role::Inspector => ddets("57"),
            Role::OtherInspector => ddets("54"),
            _ => None,
        };
        if let Some(institution) = department {
            register.join(user, institution, joined_at, false, true);
        }
    }
    accounts
}
