//! Who is behind a session, and in what capacity, on this very request (SES-1, SES-2).

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::accounts::gate::{Standing, needs_second_factor};
use iae_domain::accounts::{UserKind, are_outdated};
use iae_domain::actor::{
    ActorRecord, CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor,
};
use iae_domain::announcements::{Reader, ReaderKind};
use iae_domain::ids::{AnnouncementEditionId, ImpersonationId, OrganisationId, UserId};
use iae_domain::organisations::{CompanyKind, InstitutionKind, PrescriberKind};
use iae_domain::staff::StaffGroup;
use iae_domain::text::Email;
use iae_domain::time::paris_date;

use super::queries;
use crate::error::Result;
use crate::{AppConfig, Db};

/// A person who signed in, with every organisation they may act for today.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Their name, as shown: « Prénom NOM ».
    pub name: String,
    /// Whether they hold every right of the staff area.
    pub is_superuser: bool,
    /// The groups of the team they are in (STF-1).
    pub groups: Vec<StaffGroup>,
    /// The version of the terms they accepted last (SES-10).
    pub terms: Option<String>,
    /// Whether they saw what the service is for (SES-12).
    pub is_welcomed: bool,
    /// Whether they have a second factor here.
    pub has_second_factor: bool,
    /// Their address.
    pub email: Option<Email>,
    /// The announcements of the team that they read and hid.
    pub dismissed: Vec<AnnouncementEditionId>,
    /// The département where they live, of a candidate.
    pub department: Option<String>,
    /// Usable memberships, the default first.
    pub memberships: Vec<Membership>,
    /// The organisation they act for; none for candidates and staff, and for professionals without any.
    pub current: Option<OrganisationId>,
    /// The member of the team who sees the platform as them; none when they are behind their pages themselves.
    pub impersonator: Option<Impersonator>,
}

/// A member of the team who sees the platform as somebody (AUT-30): the session is theirs.
#[derive(Debug, Clone)]
pub struct Impersonator {
    /// Which time.
    pub impersonation: ImpersonationId,
    /// Their account.
    pub user: UserId,
    /// Their name, as shown.
    pub name: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when at the latest.
    pub until: DateTime<Utc>,
}

impl Impersonator {
    /// What the audit trail keeps of what they do in their own name: leave, sign out.
    pub const fn record(&self) -> ActorRecord {
        ActorRecord { kind: "staff", user: Some(self.user), organisation: None }
    }
}

/// A membership someone may act under.
#[derive(Debug, Clone)]
pub struct Membership {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name as shown (ORG-7).
    pub name: String,
    /// What the person is there.
    pub role: Role,
    /// Its département.
    pub department: Option<String>,
    /// Whether they administer it.
    pub is_admin: bool,
    /// End of the grace period of a company whose convention was deactivated.
    pub grace_until: Option<DateTime<Utc>>,
}

/// What a member is, from the family and the state of their organisation (USR-2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Member of a company.
    Employer(CompanyKind),
    /// Prescripteur habilité when authorised, else orienteur.
    Prescriber {
        /// Kind of the organisation.
        kind: PrescriberKind,
        /// Whether its authorisation is validated.
        authorised: bool,
    },
    /// Member of an institution.
    Inspector {
        /// Kind of the institution.
        kind: InstitutionKind,
        /// Its département, for a DDETS.
        department: Option<String>,
    },
}

impl Role {
    /// The label of the switcher (ORG-8).
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Employer(_) => "employeur",
            Self::Prescriber { authorised: true, .. } => "prescripteur habilité",
            Self::Prescriber { authorised: false, .. } => "orienteur",
            Self::Inspector { .. } => "institutionnel",
        }
    }
}

impl SignedIn {
    /// The same person acting for the wanted organisation if they may, else for the first of theirs.
    pub(super) fn acting_for(self, wanted: Option<OrganisationId>) -> Self {
        let usable = |wanted: &OrganisationId| self.memberships.iter().any(|m| m.organisation == *wanted);
        let first = || self.memberships.first().map(|membership| membership.organisation);
        Self { current: wanted.filter(usable).or_else(first), ..self }
    }

    /// The account of whoever is at the keyboard: the member of the team, when one sees the platform as the person.
    pub fn behind(&self) -> UserId {
        self.impersonator.as_ref().map_or(self.user, |by| by.user)
    }

    /// The membership they act under.
    pub fn membership(&self) -> Option<&Membership> {
        let current = self.current?;
        self.memberships.iter().find(|membership| membership.organisation == current)
    }

    /// Whether they are an agent of France Travail and a member of no agency: they do nothing before they join one, whatever
    /// else they belong to (PRE-18).
    pub fn lacks_agency(&self) -> bool {
        let is_agency = |membership: &Membership| {
            matches!(membership.role, Role::Prescriber { kind: PrescriberKind::Ft, .. })
        };
        self.kind == UserKind::Professional
            && self.email.as_ref().is_some_and(Email::is_france_travail_agent)
            && !self.memberships.iter().any(is_agency)
    }

    /// The actor of this request; none for a professional without any usable organisation (SES-7), nor for an agent of France
    /// Travail without agency.
    pub fn actor(&self) -> Option<Actor> {
        match self.kind {
            UserKind::JobSeeker => {
                Some(CandidateActor { user: self.user, candidate: self.user.into() }.into())
            }
            UserKind::Staff => {
                let Self { user, is_superuser, .. } = *self;
                Some(StaffActor { user, is_superuser, groups: self.groups.clone() }.into())
            }
            UserKind::Professional if self.lacks_agency() => None,
            UserKind::Professional => self.membership().map(|membership| self.professional(membership)),
        }
    }

    /// Who they are to the announcements of the team, in the organisation they act for.
    pub fn reader(&self) -> Reader<'_> {
        let there = self.membership().and_then(|membership| membership.department.as_deref());
        let kind = self.actor().as_ref().and_then(ReaderKind::of);
        Reader { kind, department: there.or(self.department.as_deref()) }
    }

    /// What the gates look at (rule book 01 §9.2), in a session where a second factor was shown or not. A demonstration asks
    /// for none: its people are invented, and share a password that it shows. Neither a code, nor the terms, nor the welcome are
    /// asked of the team in the person's place (AUT-30, AUT-31).
    pub fn standing(&self, config: &AppConfig, showed_second_factor: bool, now: DateTime<Utc>) -> Standing {
        let is_listed = |membership: &Membership| config.second_factor_for.contains(&membership.organisation);
        let is_of_listed = self.memberships.iter().any(is_listed);
        let role = self.membership().map(|membership| &membership.role);
        let is_of_the_state = matches!(role, Some(Role::Inspector { .. }));
        let needs = needs_second_factor(self.kind, self.has_second_factor, is_of_listed);
        let is_seen = self.impersonator.is_some();
        Standing {
            kind: self.kind,
            needs_second_factor: needs && config.demo.is_none() && !is_seen,
            has_second_factor: self.has_second_factor,
            showed_second_factor,
            has_organisation: self.actor().is_some(),
            accepted_terms: is_seen || !are_outdated(self.terms.as_deref(), paris_date(now)),
            // SES-12: neither the State nor the team is toured.
            is_welcomed: is_seen || self.is_welcomed || is_of_the_state,
        }
    }

    /// What the audit trail keeps of them, also when they act for no organisation.
    pub fn record(&self) -> ActorRecord {
        let alone = ActorRecord { kind: "professional", user: Some(self.user), organisation: None };
        self.actor().map_or(alone, |actor| actor.record())
    }

    fn professional(&self, membership: &Membership) -> Actor {
        let Membership { organisation, is_admin, .. } = *membership;
        let user = self.user;
        match membership.role.clone() {
            Role::Employer(kind) => EmployerActor { user, organisation, kind, is_admin }.into(),
            Role::Prescriber { kind, authorised } => {
                PrescriberActor { user, organisation, kind, authorised, is_admin }.into()
            }
            Role::Inspector { kind, department } => {
                InspectorActor { user, organisation, kind, department, is_admin }.into()
            }
        }
    }
}

/// The person behind an account, with what they may act for at `now`; none when the account is closed. The wanted
/// organisation becomes current when it is among their usable ones, else the first of them does (SES-2): a member
/// who was deactivated loses access on their very next request.
pub async fn signed_in(
    db: &Db,
    user: UserId,
    wanted: Option<OrganisationId>,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>> {
    let person = queries::signed_in(&mut *db.acquire().await?, user, now).await?;
    Ok(person.map(|person| person.acting_for(wanted)))
}
