//! Who may do what, printed: every action, every kind of actor, on a thing of their own organisation and on one of
//! another. The snapshot is reviewed as a diff: a changed letter is a changed permission.

mod cast;
mod permission_table;

use std::fmt::Write as _;

use chrono::DateTime;
use iae_domain::Actor;
use iae_domain::actor::{
    AuthorisedPrescriber, Colleague, EmployerActor, HireCanceller, InspectorActor, PrescriberActor,
    Professional, StaffActor,
};
use iae_domain::applications::policy::{Scope, Side, read};
use iae_domain::applications::{self, Application};
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy as candidates;
use iae_domain::candidates::policy::Standing;
use iae_domain::control::policy as control;
use iae_domain::documents::About;
use iae_domain::documents::policy as documents;
use iae_domain::documents::policy::{Concerned, Readers};
use iae_domain::eligibility::policy as eligibility;
use iae_domain::event::Aggregate;
use iae_domain::exports::prepared::{Owner, may_take};
use iae_domain::habilitations::policy as habilitations;
use iae_domain::habilitations::policy::Instructor;
use iae_domain::ids::{CandidateId, HabilitationId, OrganisationId};
use iae_domain::organisations::policy as organisations;
use iae_domain::organisations::sync;
use iae_domain::pass::policy as pass;
use iae_domain::pass::suspension::Asker;
use iae_domain::policy::{Action, Denied};
use iae_domain::staff::StaffRight;

use self::cast::{ELSEWHERE, OWN, Relation, SOMEONE_ELSE, USER, actors, application};

/// What is printed in a cell.
enum Cell {
    /// The rule allows it.
    Allowed,
    /// The rule denies it.
    Denied(Denied),
    /// The thing is not found: nothing says that it exists (TEN-1).
    Invisible,
    /// The signature of the use case takes another kind of actor.
    OtherType,
}

impl Cell {
    fn letters(&self) -> &'static str {
        match self {
            Self::Allowed => "A",
            Self::Denied(Denied::Role) => "role",
            Self::Denied(Denied::NotAuthorised) => "auth",
            Self::Denied(Denied::OtherOrganisation) => "org",
            Self::Denied(Denied::NotSiae) => "siae",
            Self::Invisible => "N",
            Self::OtherType => "-",
        }
    }
}

impl From<Result<(), Denied>> for Cell {
    fn from(decision: Result<(), Denied>) -> Self {
        decision.map_or_else(Self::Denied, |()| Self::Allowed)
    }
}

/// A thing of a tenant, found by whoever has the right to a list: theirs, else there is nothing.
fn found<T: PartialEq>(listed: Result<T, Denied>, tenant: &T) -> Cell {
    match listed {
        Ok(listed) if listed == *tenant => Cell::Allowed,
        Ok(_) => Cell::Invisible,
        Err(denied) => Cell::Denied(denied),
    }
}

/// What is there for who may read it, and does not exist for the others.
const fn visible(is_visible: bool) -> Cell {
    if is_visible { Cell::Allowed } else { Cell::Invisible }
}

/// What the signature of a use case lets in.
fn only<A>(actor: &Actor, rule: impl FnOnce(A) -> Cell) -> Cell
where
    A: TryFrom<Actor>,
{
    A::try_from(actor.clone()).map_or(Cell::OtherType, rule)
}

fn cancel_hire(actor: &Actor, received: &Application) -> Cell {
    only(actor, |canceller: HireCanceller| applications::policy::cancel(&canceller, received).into())
}

#[expect(clippy::too_many_lines, reason = "some lines an action, read as a table")]
fn decide(action: Action, actor: &Actor, relation: Relation) -> Cell {
    let own = !matches!(relation, Relation::Other);
    let created_by = matches!(relation, Relation::Made).then_some(USER);
    let holder: CandidateId = if own { USER.into() } else { SOMEONE_ELSE.into() };
    let organisation = if own { OWN } else { ELSEWHERE };
    let related = pass::PassRelation { hired_with_it: own, exchanged_application: own, in_caseload: own };
    let standing = Standing { is_related: own, ..Standing::related(holder, created_by) };
    let received = application(actor, relation, true);
    let sent = application(actor, relation, false);
    let employer = |rule: fn(&EmployerActor, &Application) -> Result<(), Denied>| {
        only(actor, |employer: EmployerActor| rule(&employer, &received).into())
    };
    match action {
        Action::OpenCandidateFile => visible(candidates::may_open(actor, &standing)),
        Action::SeeIdentity => {
            let name = PersonName::of("Amel", "Benali");
            visible(candidates::shown_name(actor, &standing, name.clone()) != name.masked())
        }
        Action::CheckIdentity => {
            let name = PersonName::of("Amel", "Benali");
            visible(candidates::checked_name(actor, &standing, name.clone()) != name.masked())
        }
        Action::ListCandidates => {
            found(candidates::Caseload::of(actor).map(|caseload| caseload.organisation), &organisation)
        }
        Action::LookUpCandidate | Action::CreateCandidate => candidates::look_up(actor).into(),
        Action::UpdateCandidate | Action::AskNirCorrection => match candidates::change_files(actor) {
            Ok(()) => candidates::update(actor, &standing).map_or(Cell::Invisible, Into::into),
            denied => denied.into(),
        },
        Action::AttachNir => match candidates::change_files(actor) {
            Ok(()) => candidates::attach_nir(actor, &standing).map_or(Cell::Invisible, Into::into),
            denied => denied.into(),
        },
        Action::DecideNirCorrection | Action::ChangeAccounts | Action::TransferCandidateData => {
            holds(actor, StaffRight::ChangeUsers)
        }
        Action::DeliverPass | Action::CorrectPass => holds(actor, StaffRight::ChangePasses),
        Action::SendEmailAgain => holds(actor, StaffRight::SendEmails),
        Action::SubmitApplication => applications::policy::submit(actor).into(),
        Action::ListApplications => match Scope::of(actor, DateTime::UNIX_EPOCH) {
            Ok(Scope::Received { company, .. }) => found(Ok(company), &organisation),
            Ok(Scope::Sent { organisation: sender, .. }) => found(Ok(sender), &organisation),
            Ok(Scope::Own { candidate }) => found(Ok(candidate), &holder),
            Ok(Scope::All) => Cell::Allowed,
            Err(denied) => Cell::Denied(denied),
        },
        Action::ListSentElsewhere => only(actor, |employer: EmployerActor| {
            found(Ok(applications::policy::sent_elsewhere(&employer)), &organisation)
        }),
        Action::ReadSentApplication => {
            visible(matches!(read(actor, &sent.exchange()), Some(Side::Sent | Side::Own)))
        }
        Action::ReadReceivedApplication => visible(read(actor, &received.exchange()) == Some(Side::Received)),
        Action::ProcessApplication => employer(applications::policy::process),
        Action::PostponeApplication => employer(applications::policy::postpone),
        Action::RefuseApplication => employer(applications::policy::refuse),
        Action::RemindApplication => visible(applications::policy::remind(actor, &sent.exchange()).is_some()),
        Action::AcceptApplication => employer(applications::policy::accept),
        Action::CancelHire => cancel_hire(actor, &received),
        Action::ReadDocument => {
            let exchanged = if matches!(actor, Actor::Employer(_)) { &received } else { &sent };
            let concerned =
                Concerned::Application { sender: Some(SOMEONE_ELSE), exchange: exchanged.exchange() };
            let readers = Readers { about: holder.into(), created_by, concerned };
            visible(documents::may_read(actor, &readers))
        }
        Action::MakePrescriberDiagnosis => {
            only(actor, |prescriber: PrescriberActor| eligibility::prescribe(&prescriber).into())
        }
        Action::MakeEmployerDiagnosis => {
            only(actor, |employer: EmployerActor| eligibility::self_prescribe(&employer).into())
        }
        Action::ListPasses => found(pass::Scope::of(actor).map(pass::Scope::organisation), &organisation),
        Action::ReadPass => pass::read(actor, holder, related).into(),
        Action::SuspendPass | Action::ClosePass => {
            only(actor, |professional: Professional| match Asker::of(&professional) {
                Ok(asker) => visible(asker.is_concerned(related)),
                Err(denied) => Cell::Denied(denied),
            })
        }
        Action::PrintCertificate => pass::print_certificate(actor, holder, related).into(),
        Action::ProlongPass => {
            only(actor, |employer: EmployerActor| visible(pass::prolong(&employer, related)))
        }
        Action::ListProlongations => found(pass::list_prolongations(actor), &organisation),
        Action::DecideProlongation => only(actor, |prescriber: AuthorisedPrescriber| {
            visible(pass::decide_prolongation(&prescriber, organisation))
        }),
        Action::ReadProlongationDenial => {
            visible(pass::read_denial(actor, holder, (organisation, organisation)))
        }
        Action::ReadProlongationReport => visible(reads_report(actor, holder, organisation)),
        Action::ReadSelfPrescriptions => only(actor, |inspector: InspectorActor| {
            found(eligibility::read_self_prescriptions(&inspector), &if own { "57" } else { "67" })
        }),
        Action::TurnCampaign => only(actor, |staff: StaffActor| control::turn(&staff).into()),
        Action::ReadCampaigns => control::list_campaigns(actor).into(),
        Action::SetRatio | Action::ReviewControl | Action::DecideControl => {
            only(actor, |inspector: InspectorActor| found(control::control(&inspector), &organisation))
        }
        Action::ReadDraw => visible(control::read_draw(actor, organisation, own)),
        Action::DefendControl => {
            only(actor, |employer: EmployerActor| visible(control::defend(&employer, organisation)))
        }
        Action::ReadProof => visible(reads_proof(actor, holder, organisation, true)),
        Action::ReadControlOutcome => visible(control::read_outcome(actor, (organisation, organisation))),
        Action::TakeControlFile => visible(control::read_file(actor, (organisation, organisation), true)),
        Action::KeepEligibilityProof => visible(keeps_proof(actor, holder, organisation)),
        Action::ReadPresentation => only(actor, |member: Professional| {
            visible(organisations::read_presentation(&member) == Some(organisation))
        }),
        Action::PublishProfile => {
            only(actor, |member: Professional| found(organisations::publish_profile(&member), &organisation))
        }
        Action::TurnOpenings => only(actor, |member: EmployerActor| {
            found(Ok(organisations::turn_openings(&member)), &organisation)
        }),
        Action::ReadAnnexes => {
            only(actor, |member: EmployerActor| found(organisations::read_annexes(&member), &organisation))
        }
        Action::AddAntenna => {
            only(actor, |member: EmployerActor| found(organisations::add_antenna(&member), &organisation))
        }
        Action::ListAgreed => {
            only(actor, |member: PrescriberActor| found(organisations::list_agreed(&member), &organisation))
        }
        Action::ReadMembers => found(organisations::read_members(actor), &organisation),
        Action::AdministerMembers => {
            only(actor, |colleague: Colleague| found(organisations::administer(&colleague), &organisation))
        }
        Action::AskToAdminister => only(actor, |employer: EmployerActor| {
            found(organisations::ask_to_administer(&employer), &organisation)
        }),
        Action::InviteMember => {
            only(actor, |colleague: Colleague| found(Ok(organisations::invite(&colleague)), &organisation))
        }
        Action::RevokeInvitation => only(actor, |colleague: Colleague| {
            found(organisations::revoke_invitation(&colleague, SOMEONE_ELSE), &organisation)
        }),
        Action::ApplyForHabilitation => only(actor, |prescriber: PrescriberActor| {
            visible(habilitations::apply(&prescriber) == organisation)
        }),
        Action::ReadHabilitation => {
            only(actor, |instructor: Instructor| visible(instructor.reads(if own { "57" } else { "67" })))
        }
        Action::InstructHabilitation => only(actor, |instructor: Instructor| {
            let department = if own { "57" } else { "67" };
            if instructor.reads(department) {
                instructor.instructs(department, true).into()
            } else {
                Cell::Invisible
            }
        }),
        Action::ReadHabilitationPiece => visible(reads_piece(actor, organisation, own)),
        Action::DecideAuthorisation | Action::ChangeInvitations | Action::TendOrganisations => {
            holds(actor, StaffRight::ChangeOrganisations)
        }
        Action::RecordSuccession => only(actor, |staff: StaffActor| {
            iae_domain::staff::ensure(&staff, iae_domain::staff::StaffRight::MergeOrganisations).into()
        }),
        Action::TransferOrganisation => holds(actor, StaffRight::MergeOrganisations),
        Action::WriteAnnouncement => holds(actor, StaffRight::Announce),
        Action::ReadInvitations | Action::ReadOrganisations => holds(actor, StaffRight::ReadOrganisations),
        Action::Impersonate => holds(actor, StaffRight::Impersonate),
        Action::ReadAccounts => holds(actor, StaffRight::ReadUsers),
        Action::ClosePasswords => holds(actor, StaffRight::DisablePasswords),
        Action::MergeAccounts => holds(actor, StaffRight::MergeUsers),
        Action::ReadAccessLog => {
            found(iae_domain::organisations::policy::read_access_log(actor), &organisation)
        }
        Action::TakeExport => {
            let user = if own { USER } else { SOMEONE_ELSE };
            visible(Owner::of(actor).is_some_and(|owner| may_take(actor, &Owner { user, ..owner })))
        }
        Action::ConfirmDeactivations => only(actor, |staff: StaffActor| sync::may_confirm(&staff).into()),
        Action::ReadOutbox => holds(actor, StaffRight::ReadEmails),
        Action::ReadImports => holds(actor, StaffRight::ReadImports),
        Action::ReadJobs => holds(actor, StaffRight::ReadJobs),
        Action::ReadAudit => holds(actor, StaffRight::ReadAudit),
    }
}

/// Screens of the team that ask for a right (STF-1).
fn holds(actor: &Actor, right: StaffRight) -> Cell {
    only(actor, |staff: StaffActor| iae_domain::staff::ensure(&staff, right).into())
}

/// The report of a request between this organisation and itself.
fn reads_report(actor: &Actor, holder: CandidateId, organisation: OrganisationId) -> bool {
    let concerned = Concerned::ProlongationReport { company: organisation, addressed: Some(organisation) };
    documents::may_read(actor, &Readers { about: holder.into(), created_by: None, concerned })
}

/// The proof of a criterion of a control between this organisation and itself.
fn reads_proof(actor: &Actor, holder: CandidateId, organisation: OrganisationId, is_submitted: bool) -> bool {
    let concerned =
        Concerned::ControlCriterion { company: organisation, institution: organisation, is_submitted };
    documents::may_read(actor, &Readers { about: holder.into(), created_by: None, concerned })
}

/// A proof that this organisation keeps of its own auto-prescriptions.
fn keeps_proof(actor: &Actor, holder: CandidateId, organisation: OrganisationId) -> bool {
    let concerned = Concerned::EligibilityProof { company: organisation };
    documents::may_read(actor, &Readers { about: holder.into(), created_by: None, concerned })
}

/// A piece of a request that was submitted in this département.
fn reads_piece(actor: &Actor, organisation: OrganisationId, own: bool) -> bool {
    let department = if own { "57" } else { "67" }.to_owned();
    let concerned = Concerned::HabilitationPiece { organisation, department, is_submitted: true };
    let about = About::Habilitation(HabilitationId(uuid::Uuid::from_u128(9)), organisation);
    documents::may_read(actor, &Readers { about, created_by: None, concerned })
}

/// What keeps events and no action of a policy is done to, and why.
const WITHOUT_ROWS: [(Aggregate, &str); 2] = [
    (Aggregate::Letter, "opened by whoever holds its link"),
    (Aggregate::Convention, "imported, read with its company"),
];

/// Something new to which things happen comes with its scope and the rows that print it.
#[test]
fn every_aggregate_has_its_rows() {
    for aggregate in Aggregate::ALL {
        let has_rows = Action::ALL.iter().any(|action| action.aggregate() == Some(*aggregate));
        let is_excepted = WITHOUT_ROWS.iter().any(|(excepted, _)| excepted == aggregate);
        assert!(
            has_rows != is_excepted,
            "{aggregate:?}: say in its policy.rs who reads it (list, page, counts, export), name these actions in \
             domain/src/policy.rs and decide them here; or take it out of WITHOUT_ROWS"
        );
    }
}

#[test]
fn who_may_do_what() {
    let actors = actors();
    let mut matrix = String::from(
        "A allowed; N not found; - another kind of actor by type; else why it is denied: role, auth (not authorised),\n\
         org (another organisation), siae (not an SIAE). + administers the organisation, or holds every\n\
         right of the team.\n\n",
    );
    for (relation, title) in [(Relation::Own, "OF THEIR OWN"), (Relation::Other, "OF OTHERS")] {
        write!(matrix, "{title:<30}").unwrap();
        for (name, _) in &actors {
            write!(matrix, "{name:<7}").unwrap();
        }
        matrix = matrix.trim_end().to_owned() + "\n";
        for action in Action::ALL {
            write!(matrix, "{:<30}", action.code()).unwrap();
            for (_, actor) in &actors {
                write!(matrix, "{:<7}", decide(*action, actor, relation).letters()).unwrap();
            }
            matrix = matrix.trim_end().to_owned() + "\n";
        }
        matrix.push('\n');
    }
    insta::assert_snapshot!(matrix.trim_end());
}

/// Rule book 04 §1.19: the DDETS sees no proof before it is submitted, its SIAE does.
#[test]
fn a_proof_is_the_siae_s_alone_until_it_is_submitted() {
    let holder = CandidateId(uuid::Uuid::from_u128(9));
    for (name, actor) in actors() {
        let reads = reads_proof(&actor, holder, OWN, false);
        assert_eq!(reads, matches!(actor, Actor::Employer(_)), "{name}");
    }
}

/// TEN-1, ACL-2: nothing that belongs to another organisation may be acted on.
#[test]
fn no_employer_touches_what_another_company_received() {
    for (name, actor) in actors() {
        for action in [
            Action::ReadReceivedApplication,
            Action::ProcessApplication,
            Action::PostponeApplication,
            Action::RefuseApplication,
            Action::AcceptApplication,
        ] {
            let cell = decide(action, &actor, Relation::Other);
            assert!(!matches!(cell, Cell::Allowed), "{name}: {}", action.code());
        }
    }
}
