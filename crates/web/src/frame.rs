//! Fills the frame of a page from the request: who is signed in, where they can go, what was just done.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, Uri};
use axum_extra::routing::TypedPath as _;
use iae_app::App;
use iae_app::accounts::{Membership, Role, SignedIn};
use iae_domain::Actor;
use iae_domain::accounts::UserKind;
use iae_domain::actor::{Professional, StaffActor};
use iae_domain::applications::policy::submit;
use iae_domain::habilitations::policy::Instructor;
use iae_domain::organisations::policy::{publish_profile, read_access_log, read_members, read_presentation};
use iae_domain::staff::StaffRight;
use iae_domain::time::paris_date;
use tower_sessions::Session;
use url::form_urlencoded;

use crate::announcements;
use crate::impersonation::banner::SeenAs;
use crate::kept_form::GivenBack;
use crate::layout::{Flash, Grace, HeaderUser, Layout, NavItem, OrganisationChoice};
use crate::paths::{
    AccessLogPath, AdminDataTransferPath, AdminDeparturePath, AdminInvitationsPath, AdminJobsPath,
    AdminOrganisationsPath, AdminUsersPath, ApplicationsPath, AuditPath, AuthorisationsPath, CandidatesPath,
    ControlCampaignsPath, DashboardPath, EmailsPath, EmployersPath, HabilitationsPath, MembersPath,
    MyFilePath, NirCorrectionsPath, OrganisationPath, OrganisationProfilePath, PassesPath,
    SelfPrescribersPath, SentApplicationsPath,
};
use crate::session;
use crate::state::WebState;
use crate::visitor::Visitor;

impl Layout {
    /// The frame of the page at `path` for this visitor.
    pub fn of(app: &App, visitor: Option<&Visitor>, path: String, flash: Option<Flash>) -> Self {
        let demo = app.config.demo.is_some();
        let support_email = app.config.support_email.to_string();
        let announcements = announcements::shown(app, visitor);
        let Some(person) = visitor.and_then(|visitor| visitor.person.as_deref()) else {
            let nav = nav(None, &path);
            return Self { nav, flash, demo, announcements, support_email, ..Self::anonymous(path) };
        };
        Self {
            user: Some(user(person)),
            organisations: person.memberships.iter().map(|membership| choice(person, membership)).collect(),
            own: person.membership().map_or("", own_word),
            nav: nav(person.actor().as_ref(), &path),
            is_candidate: person.kind == UserKind::JobSeeker,
            grace: person.membership().and_then(grace),
            never_applies: person.actor().is_some_and(|actor| submit(&actor).is_err()),
            flash,
            impersonation: visitor.and_then(SeenAs::of),
            demo,
            support_email,
            announcements,
            may_dismiss: false,
            page: None,
            gives_back: false,
            return_to: path.clone(),
            path,
        }
    }
}

impl FromRequestParts<WebState> for Layout {
    type Rejection = Infallible;

    /// The message left by the previous action is taken by the page that shows it, never by an action.
    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let path = parts.uri.path().to_owned();
        let visitor = parts.extensions.get::<Visitor>().cloned();
        let signed_in = visitor.as_ref().is_some_and(|visitor| visitor.person.is_some());
        // Left as well for who is not signed in any more, or was refused (OID-20).
        let may_be_left = parts.method == Method::GET && session::is_named(&parts.headers, state);
        let flash = match Session::from_request_parts(parts, state).await {
            Ok(session) if may_be_left => session::take_flash(&session).await,
            Ok(_) | Err(_) => None,
        };
        let page = page_of(parts.uri.query().unwrap_or_default());
        let gives_back = parts.extensions.get::<GivenBack>().is_some();
        let return_to = same_for_another(&parts.uri);
        // Who helps somebody hides nothing from them.
        let is_seen = visitor.as_ref().is_some_and(|visitor| SeenAs::of(visitor).is_some());
        let may_dismiss = parts.method == Method::GET && signed_in && !is_seen;
        Ok(Self {
            return_to,
            gives_back,
            may_dismiss,
            page,
            ..Self::of(state, visitor.as_ref(), path, flash)
        })
    }
}

/// What an address says of a place in a list, or of a file to take away: of another organisation it says nothing.
const OF_ONE_ORGANISATION: [&str; 4] = ["after", "before", "page", "format"];

/// The address of a page, as another organisation may be shown it: filters and order stay.
pub(crate) fn same_for_another(uri: &Uri) -> String {
    let asked = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let kept = asked.filter(|(name, _)| !OF_ONE_ORGANISATION.contains(&name.as_ref()));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    if query.is_empty() { uri.path().to_owned() } else { format!("{}?{query}", uri.path()) }
}

/// Which page of a list an address asks for, from the second.
fn page_of(query: &str) -> Option<u32> {
    let asked = |wanted: &str| form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted);
    let (_, page) = asked("page")?;
    let is_further = asked("after").is_some() || asked("before").is_some();
    page.parse().ok().filter(|page| is_further && *page > 1)
}

/// The end of the access of a company whose convention was deactivated, for its members.
fn grace(membership: &Membership) -> Option<Grace> {
    let until = paris_date(membership.grace_until?);
    Some(Grace { until, is_administrator: membership.is_admin })
}

fn user(person: &SignedIn) -> HeaderUser {
    let membership = person.membership();
    let role_label = match person.kind {
        UserKind::JobSeeker => "Compte personnel".to_owned(),
        UserKind::Staff => "Équipe du service".to_owned(),
        UserKind::Professional => membership.map(|m| capitalised(m.role.label())).unwrap_or_default(),
    };
    HeaderUser {
        name: person.name.clone(),
        role_label,
        organisation: membership.map(|membership| membership.name.clone()),
        is_staff: person.kind == UserKind::Staff,
    }
}

fn choice(person: &SignedIn, membership: &Membership) -> OrganisationChoice {
    let kind_label = match &membership.role {
        Role::Employer(kind) => kind.label().to_owned(),
        Role::Prescriber { .. } | Role::Inspector { .. } => capitalised(membership.role.label()),
    };
    OrganisationChoice {
        key: membership.organisation.to_string(),
        name: membership.name.clone(),
        kind_label,
        current: person.current == Some(membership.organisation),
    }
}

/// What an organisation is called to its members.
const fn own_word(membership: &Membership) -> &'static str {
    match &membership.role {
        Role::Employer(_) => "structure",
        Role::Prescriber { .. } => "organisation",
        Role::Inspector { .. } => "institution",
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The way to one's own organisation: its presentation, or what its administrators publish where there is none.
fn own_organisation(actor: &Actor) -> Option<(&'static str, &'static str)> {
    let member = Professional::try_from(actor.clone()).ok()?;
    let label = match member {
        Professional::Employer(_) => "Structure",
        Professional::Prescriber(_) => "Organisation",
    };
    if read_presentation(&member).is_some() {
        return Some((label, OrganisationPath::PATH));
    }
    publish_profile(&member).ok().map(|_| (label, OrganisationProfilePath::PATH))
}

fn is_under(path: &str, href: &str) -> bool {
    path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))
}

/// What stands before the id of what a page is of.
fn before_id(path: &'static str) -> &'static str {
    path.split_once('{').map_or(path, |(before, _)| before.trim_end_matches('/'))
}

/// The pages of the team whose address is not under that of the entry they belong to.
fn entry_of(path: &str) -> &str {
    let of_organisations = [AdminInvitationsPath::PATH, AuthorisationsPath::PATH, AdminDeparturePath::PATH];
    if of_organisations.iter().any(|href| is_under(path, before_id(href))) {
        return AdminOrganisationsPath::PATH;
    }
    let of_people = [NirCorrectionsPath::PATH, AdminDataTransferPath::PATH];
    if of_people.iter().any(|href| is_under(path, before_id(href))) { AdminUsersPath::PATH } else { path }
}

/// The entries of a member of the team: the pages that their groups let them read (STF-1).
fn of_team(staff: &StaffActor) -> Vec<(&'static str, &'static str)> {
    let entries = [
        (StaffRight::ReadApplications, "Candidatures", ApplicationsPath::PATH),
        (StaffRight::ReadCampaigns, "Contrôles", ControlCampaignsPath::PATH),
        (StaffRight::ReadEmails, "Envois", EmailsPath::PATH),
        (StaffRight::ReadJobs, "Tâches", AdminJobsPath::PATH),
        (StaffRight::ReadAudit, "Audit", AuditPath::PATH),
        (StaffRight::ReadUsers, "Comptes", AdminUsersPath::PATH),
        (StaffRight::ReadOrganisations, "Structures", AdminOrganisationsPath::PATH),
    ];
    let read = entries.into_iter().filter(|(right, ..)| staff.holds(*right));
    read.map(|(_, label, href)| (label, href)).collect()
}

/// The main navigation of each actor: few entries, the one shown marked.
fn nav(actor: Option<&Actor>, path: &str) -> Vec<NavItem> {
    let search = ("Rechercher un employeur", EmployersPath::PATH);
    let dashboard = ("Tableau de bord", DashboardPath::PATH);
    let mut entries: Vec<(&str, &str)> = match actor {
        None => vec![search],
        Some(Actor::Candidate(_)) => {
            vec![
                dashboard,
                ("Mes candidatures", ApplicationsPath::PATH),
                ("Mon dossier", MyFilePath::PATH),
                search,
            ]
        }
        Some(Actor::Prescriber(prescriber)) => {
            let sent = ("Candidatures envoyées", ApplicationsPath::PATH);
            let mut entries = vec![dashboard, sent, ("Mes candidats", CandidatesPath::PATH)];
            // Orienteurs read no PASS.
            if prescriber.authorised {
                entries.push(("PASS IAE", PassesPath::PATH));
            }
            entries.push(search);
            entries
        }
        Some(Actor::Employer(_)) => {
            vec![
                dashboard,
                ("Candidatures reçues", ApplicationsPath::PATH),
                ("Candidatures envoyées", SentApplicationsPath::PATH),
                ("Salariés et PASS IAE", PassesPath::PATH),
                // In short: whoever administers an SIAE has eight entries, on one line.
                ("Employeurs", EmployersPath::PATH),
            ]
        }
        Some(Actor::Inspector(inspector)) => {
            let mut entries = vec![dashboard, ("Auto-prescriptions", SelfPrescribersPath::PATH)];
            if Instructor::try_from(Actor::Inspector(inspector.clone())).is_ok() {
                entries.push(("Habilitations", HabilitationsPath::PATH));
            }
            entries.push(search);
            entries
        }
        Some(Actor::Staff(staff)) => of_team(staff),
        Some(Actor::System) => vec![],
    };
    entries.extend(actor.and_then(own_organisation));
    if actor.is_some_and(|actor| read_members(actor).is_ok()) {
        entries.push(("Collaborateurs", MembersPath::PATH));
    }
    if actor.is_some_and(|actor| read_access_log(actor).is_ok()) {
        entries.push(("Journal des accès", AccessLogPath::PATH));
    }
    let entry = entry_of(path);
    let item = |(label, href): (&str, &str)| NavItem {
        label: label.to_owned(),
        href: href.to_owned(),
        current: is_under(entry, href),
        count: None,
    };
    entries.into_iter().map(item).collect()
}
