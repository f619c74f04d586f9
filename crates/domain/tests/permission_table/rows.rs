//! What decides each row of the matrix: policies, or what stands before a page.

use chrono::{DateTime, TimeDelta};
use iae_domain::Actor;
use iae_domain::accounts::UserKind;
use iae_domain::accounts::gate::{Asks, Gate, Standing, closed, needs_second_factor};
use iae_domain::actor::Colleague;
use iae_domain::candidates::policy::Caseload;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::members::{Membership, ask_to_administer};
use iae_domain::policy::Action as A;
use uuid::Uuid;

use super::columns::Column;
use crate::cast::Relation::{self, Made, Other, Own};
use crate::cast::{OWN, USER};
use crate::{Cell, decide};

/// What ✓ is said of: a thing of their own scope.
const SCOPE: &[Relation] = &[Own];
/// Where the note tells things apart: made by themselves, of their organisation, of another one.
const ANY: &[Relation] = &[Made, Own, Other];

/// A row whose screens exist.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its number in the rule book.
    pub id: &'static str,
    /// The actions it stands for.
    pub actions: &'static [A],
    /// Done to these things.
    over: &'static [Relation],
    /// By these actors; to others its screens do not exist, whatever else the actions are for.
    family: fn(&Actor) -> bool,
    rule: Rule,
}

#[derive(Clone, Copy)]
enum Rule {
    /// Each action counts by itself: whoever may some of them has the row on a condition.
    Each,
    /// Only together are they what the row says.
    All,
    /// Policies, and what the note says besides.
    Actor(fn(&Actor) -> Vec<bool>),
    /// What stands before a page, whoever one acts for.
    Visitor(fn(Option<UserKind>) -> Vec<bool>),
}

impl Row {
    const fn new(id: &'static str, actions: &'static [A], over: &'static [Relation], rule: Rule) -> Self {
        Self { id, actions, over, family: anyone, rule }
    }

    const fn of(self, family: fn(&Actor) -> bool) -> Self {
        Self { family, ..self }
    }

    /// ✓ when all that the column stands for may, c when some may, – when nobody may.
    pub fn letter(&self, column: &Column) -> &'static str {
        let answers = self.answers(column);
        if !answers.contains(&true) {
            "–"
        } else if answers.contains(&false) {
            "c"
        } else {
            "✓"
        }
    }

    fn answers(&self, column: &Column) -> Vec<bool> {
        let actors = column.actors.iter().filter(|actor| (self.family)(actor));
        match self.rule {
            Rule::Visitor(rule) => rule(column.kind),
            Rule::Actor(rule) => actors.flat_map(rule).collect(),
            Rule::Each => actors.flat_map(|actor| self.policies(actor)).flatten().collect(),
            Rule::All => {
                actors.flat_map(|actor| self.policies(actor)).map(|said| !said.contains(&false)).collect()
            }
        }
    }

    /// What policies say of the actions, for one thing after the other.
    fn policies(&self, actor: &Actor) -> Vec<Vec<bool>> {
        let of = |thing: &Relation| self.actions.iter().map(|action| may(*action, actor, *thing)).collect();
        self.over.iter().map(of).collect()
    }
}

const fn each(id: &'static str, actions: &'static [A], over: &'static [Relation]) -> Row {
    Row::new(id, actions, over, Rule::Each)
}

const fn all(id: &'static str, actions: &'static [A], over: &'static [Relation]) -> Row {
    Row::new(id, actions, over, Rule::All)
}

const fn by_actor(id: &'static str, actions: &'static [A], rule: fn(&Actor) -> Vec<bool>) -> Row {
    Row::new(id, actions, SCOPE, Rule::Actor(rule))
}

const fn by_visitor(id: &'static str, rule: fn(Option<UserKind>) -> Vec<bool>) -> Row {
    Row::new(id, &[], SCOPE, Rule::Visitor(rule))
}

/// The rows, in the order of the rule book.
pub const ROWS: &[Row] = &[
    by_visitor("P1", is_open_to_all),
    by_visitor("P2", is_open_to_all),
    by_visitor("P4", is_open_to_accounts),
    by_visitor("P7", shows_second_factor),
    by_actor("P8", &[], chooses_organisation),
    by_actor("P10", &[A::ListCandidates], has_own_list),
    each("P11", &[A::ListCandidates], SCOPE),
    each("P12", &[A::LookUpCandidate, A::CreateCandidate], SCOPE),
    each("P13", &[A::OpenCandidateFile], ANY),
    each("P14", &[A::SeeIdentity, A::CheckIdentity], ANY),
    each("P15", &[A::UpdateCandidate], ANY),
    each("P16", &[A::AttachNir], ANY),
    each("P17", &[A::AskNirCorrection], ANY),
    each("P22", &[A::SubmitApplication], SCOPE).of(candidate),
    all("P23", &[A::SubmitApplication, A::LookUpCandidate], SCOPE),
    each("P24", &[A::MakeEmployerDiagnosis], SCOPE),
    each("P25", &[A::MakePrescriberDiagnosis], SCOPE),
    each("P26", &[A::MakePrescriberDiagnosis], SCOPE),
    each("P27", &[A::MakeEmployerDiagnosis], SCOPE),
    by_actor("P29", &[A::ListApplications, A::ListSentElsewhere, A::ReadSentApplication], reads_sent),
    all("P30", &[A::ListApplications, A::ReadReceivedApplication], SCOPE),
    each(
        "P31",
        &[
            A::ProcessApplication,
            A::PostponeApplication,
            A::RefuseApplication,
            A::AcceptApplication,
            A::CancelHire,
        ],
        SCOPE,
    ),
    each("P35", &[A::ReadDocument], ANY),
    each("P36", &[A::ReadPass, A::ListPasses], ANY),
    each("P37", &[A::SuspendPass], ANY),
    each("P38", &[A::ProlongPass], ANY),
    each("P39", &[A::ListProlongations, A::DecideProlongation], ANY),
    all("P41", &[A::ReadPresentation, A::TurnOpenings], SCOPE).of(employer),
    each("P42", &[A::PublishProfile], SCOPE).of(employer),
    each("P43", &[A::ReadAnnexes], SCOPE),
    each("P44", &[A::AddAntenna], SCOPE),
    each(
        "P46",
        &[A::DefendControl, A::ReadProof, A::ReadControlOutcome, A::TakeControlFile, A::ReadDraw],
        ANY,
    )
    .of(employer),
    each(
        "P47",
        &[
            A::ReadSelfPrescriptions,
            A::SetRatio,
            A::ReadDraw,
            A::ReviewControl,
            A::ReadProof,
            A::DecideControl,
            A::ReadControlOutcome,
            A::TakeControlFile,
        ],
        ANY,
    )
    .of(state_or_team),
    each("P48", &[A::ReadPresentation], SCOPE).of(prescriber),
    each("P49", &[A::PublishProfile], SCOPE).of(prescriber),
    each("P50", &[A::ListAgreed], SCOPE),
    each("P51", &[A::ReadMembers], SCOPE),
    each("P52", &[A::InviteMember], SCOPE),
    each("P53", &[A::AdministerMembers], SCOPE),
    by_actor("P54", &[A::AskToAdminister], asks_to_administer),
    by_visitor("P63", is_asked_for_terms),
    each(
        "P64",
        &[
            A::DecideNirCorrection,
            A::DeliverPass,
            A::CorrectPass,
            A::TurnCampaign,
            A::ReadCampaigns,
            A::DecideAuthorisation,
            A::RecordSuccession,
            A::TransferOrganisation,
            A::ReadOutbox,
            A::SendEmailAgain,
            A::ReadImports,
            A::ConfirmDeactivations,
            A::ReadJobs,
            A::WriteAnnouncement,
            A::ReadInvitations,
            A::ChangeInvitations,
            A::ReadOrganisations,
            A::TendOrganisations,
            A::ReadAudit,
            A::Impersonate,
            A::ReadAccounts,
            A::ChangeAccounts,
            A::ClosePasswords,
            A::MergeAccounts,
            A::TransferCandidateData,
        ],
        SCOPE,
    ),
];

fn may(action: A, actor: &Actor, thing: Relation) -> bool {
    matches!(decide(action, actor, thing), Cell::Allowed)
}

const fn anyone(_: &Actor) -> bool {
    true
}

const fn candidate(actor: &Actor) -> bool {
    matches!(actor, Actor::Candidate(_))
}

const fn prescriber(actor: &Actor) -> bool {
    matches!(actor, Actor::Prescriber(_))
}

const fn employer(actor: &Actor) -> bool {
    matches!(actor, Actor::Employer(_))
}

const fn state_or_team(actor: &Actor) -> bool {
    matches!(actor, Actor::Inspector(_) | Actor::Staff(_))
}

/// Whoever nothing but this page stands in the way of.
fn standing(kind: UserKind) -> Standing {
    Standing {
        kind,
        needs_second_factor: false,
        has_second_factor: false,
        showed_second_factor: false,
        has_organisation: true,
        accepted_terms: true,
        is_welcomed: true,
    }
}

fn comes_to(kind: Option<UserKind>, asks: Asks) -> bool {
    closed(kind.map(standing).as_ref(), asks).is_none()
}

fn is_open_to_all(kind: Option<UserKind>) -> Vec<bool> {
    vec![comes_to(kind, Asks::default())]
}

fn is_open_to_accounts(kind: Option<UserKind>) -> Vec<bool> {
    vec![comes_to(kind, Asks { account: true, ..Asks::default() })]
}

/// AUT-20: before anybody has one, in the organisations that the operator lists and in the others.
fn shows_second_factor(kind: Option<UserKind>) -> Vec<bool> {
    let needed = |kind| [false, true].map(|is_of_listed| needs_second_factor(kind, false, is_of_listed));
    kind.map(needed).into_iter().flatten().collect()
}

/// SES-10.
fn is_asked_for_terms(kind: Option<UserKind>) -> Vec<bool> {
    let newcomer = kind.map(|kind| Standing { accepted_terms: false, ..standing(kind) });
    let asks = Asks { account: true, organisation: true, terms: true, ..Asks::default() };
    vec![closed(newcomer.as_ref(), asks) == Some(Gate::Terms)]
}

fn chooses_organisation(actor: &Actor) -> Vec<bool> {
    vec![Colleague::try_from(actor.clone()).is_ok()]
}

fn has_own_list(actor: &Actor) -> Vec<bool> {
    vec![Caseload::of(actor).is_ok_and(|caseload| caseload.has_own)]
}

/// A company lists what it sent apart from what it received (TEN-3).
fn reads_sent(actor: &Actor) -> Vec<bool> {
    let list = if employer(actor) { A::ListSentElsewhere } else { A::ListApplications };
    [list, A::ReadSentApplication].map(|action| may(action, actor, Own)).to_vec()
}

/// MEM-11: as long as nobody administers the company.
fn asks_to_administer(actor: &Actor) -> Vec<bool> {
    let at = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
    let member = Membership {
        id: MembershipId(Uuid::from_u128(8)),
        user: USER,
        organisation: OWN,
        is_admin: false,
        is_active: true,
        joined_at: at,
        updated_at: at,
    };
    let asks = |has_admins| {
        may(A::AskToAdminister, actor, Own) && ask_to_administer(Some(member), has_admins, true, at).is_ok()
    };
    [false, true].map(asks).to_vec()
}
