use super::super::tests::now;
use super::*;
use crate::actor::{CandidateActor, EmployerActor, InspectorActor, PrescriberActor, StaffActor};
use crate::control::Withdrawal;
use crate::ids::{ControlId, UserId};
use crate::organisations::{InstitutionKind, PrescriberKind};

fn org(n: u128) -> OrganisationId {
    OrganisationId(uuid::Uuid::from_u128(n))
}

fn person() -> CandidateId {
    CandidateId(uuid::Uuid::from_u128(77))
}

fn job(n: u128) -> JobDescriptionId {
    JobDescriptionId(uuid::Uuid::from_u128(n))
}

fn prescriber(authorised: bool) -> Actor {
    let user = UserId(uuid::Uuid::from_u128(5));
    let kind = PrescriberKind::Ccas;
    PrescriberActor { user, organisation: org(9), kind, authorised, is_admin: false }.into()
}

fn employer(organisation: u128) -> Actor {
    let user = UserId(uuid::Uuid::from_u128(6));
    EmployerActor { user, organisation: org(organisation), kind: CompanyKind::Ei, is_admin: false }.into()
}

fn facts() -> SubmitFacts {
    SubmitFacts {
        company: org(1),
        company_is_listed: true,
        company_kind: CompanyKind::Ei,
        company_has_members: true,
        company_blocks: false,
        spontaneous_open: true,
        open_jobs: vec![job(1), job(2)],
        last_submitted_at: None,
        waiting_until: None,
        has_prescriber_diagnosis: false,
        has_valid_pass: Some(false),
        withdrawals: vec![],
    }
}

fn command() -> Submit {
    Submit {
        id: ApplicationId::at(now()),
        candidate: person(),
        jobs: vec![job(1)],
        message: Message::parse("Motivée par les espaces verts.").ok(),
        consent: Some(ConsentId(uuid::Uuid::from_u128(3))),
    }
}

fn refused(actor: &Actor, command: Submit, facts: &SubmitFacts) -> SubmitRefused {
    submit(actor, command, facts, now()).unwrap_err()
}

#[test]
fn a_sent_application_is_new_and_tells_it_was_submitted() {
    let (new, events) = submit(&prescriber(true), command(), &facts(), now()).unwrap().into_parts();
    assert_eq!(new.application.state, State::New);
    assert_eq!(new.application.sender.organisation, Some(org(9)));
    assert_eq!(events.len(), 1);
}

#[test]
fn inspectors_and_staff_send_nothing() {
    let user = UserId(uuid::Uuid::from_u128(8));
    let inspector = InspectorActor {
        user,
        organisation: org(4),
        kind: InstitutionKind::DdetsIae,
        department: Some("57".into()),
        is_admin: true,
    };
    assert_eq!(refused(&inspector.into(), command(), &facts()), SubmitRefused::Role);
    let staff = StaffActor { user, is_superuser: true, groups: vec![] };
    assert_eq!(refused(&staff.into(), command(), &facts()), SubmitRefused::Role);
}

#[test]
fn a_candidate_applies_for_themselves_without_recorded_consent() {
    let actor: Actor = CandidateActor { user: person().into(), candidate: person() }.into();
    let own = Submit { consent: None, ..command() };
    assert!(submit(&actor, own.clone(), &facts(), now()).is_ok());
    let other = Submit { candidate: CandidateId(uuid::Uuid::from_u128(78)), ..own };
    assert_eq!(refused(&actor, other, &facts()), SubmitRefused::OtherCandidate);
}

#[test]
fn a_professional_records_consent_first() {
    let without = Submit { consent: None, ..command() };
    assert_eq!(
        refused(&prescriber(true), without, &facts()),
        SubmitRefused::Consent(ConsentRefused::NotGiven)
    );
}

#[test]
fn the_24_hour_rule_holds_for_everyone_but_the_company_itself() {
    let recent = SubmitFacts { last_submitted_at: Some(now() - TimeDelta::hours(23)), ..facts() };
    assert_eq!(refused(&prescriber(true), command(), &recent), SubmitRefused::AppliedRecently);
    assert!(submit(&employer(1), command(), &recent, now()).is_ok(), "auto-prescription");
    assert_eq!(refused(&employer(2), command(), &recent), SubmitRefused::AppliedRecently);
    let a_day_ago = SubmitFacts { last_submitted_at: Some(now() - TimeDelta::hours(24)), ..facts() };
    assert!(submit(&prescriber(true), command(), &a_day_ago, now()).is_ok());
}

#[test]
fn only_an_authorised_prescriber_or_their_diagnosis_lifts_the_waiting_period() {
    let until = "2027-01-31".parse().unwrap();
    let waiting = SubmitFacts { waiting_until: Some(until), ..facts() };
    assert!(submit(&prescriber(true), command(), &waiting, now()).is_ok());
    assert_eq!(refused(&prescriber(false), command(), &waiting), SubmitRefused::WaitingPeriod { until });
    assert_eq!(refused(&employer(1), command(), &waiting), SubmitRefused::WaitingPeriod { until });
    let diagnosed = SubmitFacts { has_prescriber_diagnosis: true, ..waiting.clone() };
    assert!(submit(&prescriber(false), command(), &diagnosed, now()).is_ok());
    let geiq = SubmitFacts { company_kind: CompanyKind::Geiq, ..waiting };
    assert!(submit(&prescriber(false), command(), &geiq, now()).is_ok(), "no waiting period outside SIAE");
}

#[test]
fn closed_doors_are_refused_except_to_the_company_itself() {
    let blocked = SubmitFacts { company_blocks: true, ..facts() };
    assert_eq!(refused(&prescriber(true), command(), &blocked), SubmitRefused::CompanyBlocks);
    assert!(submit(&employer(1), command(), &blocked, now()).is_ok());

    let closed = SubmitFacts { spontaneous_open: false, open_jobs: vec![], ..facts() };
    assert_eq!(refused(&prescriber(true), command(), &closed), SubmitRefused::JobsClosed);
    let spontaneous = Submit { jobs: vec![], ..command() };
    assert_eq!(refused(&prescriber(true), spontaneous, &closed), SubmitRefused::SpontaneousClosed);

    let empty = SubmitFacts { company_has_members: false, ..facts() };
    assert_eq!(refused(&employer(1), command(), &empty), SubmitRefused::CompanyNotRegistered);
}

#[test]
fn one_job_closed_meanwhile_is_told() {
    let two = Submit { jobs: vec![job(1), job(7)], ..command() };
    assert_eq!(refused(&prescriber(true), two.clone(), &facts()), SubmitRefused::JobsClosed, "D35");
    assert_eq!(refused(&employer(1), two, &facts()), SubmitRefused::JobsClosed, "SUB-11: members too");
}

#[test]
fn the_message_is_optional_in_auto_prescription_only() {
    let silent = Submit { message: None, ..command() };
    assert_eq!(refused(&prescriber(true), silent.clone(), &facts()), SubmitRefused::MessageMissing);
    assert!(submit(&employer(1), silent, &facts(), now()).is_ok());
}

/// SUB-60: 20 characters.
#[test]
fn a_message_says_something() {
    for (text, says) in [("Bonjour", false), ("Motivée, disponible", false), ("Motivée, disponible.", true)]
    {
        let short = Submit { message: Message::parse(text).ok(), ..command() };
        assert_eq!(submit(&prescriber(true), short.clone(), &facts(), now()).is_ok(), says, "{text}");
        assert!(submit(&employer(1), short, &facts(), now()).is_ok(), "{text}");
    }
}

#[test]
fn an_employer_that_left_the_directory_gets_nothing() {
    let left = SubmitFacts { company_is_listed: false, ..facts() };
    assert_eq!(refused(&prescriber(true), command(), &left), SubmitRefused::CompanyLeft);
}

/// SUB-4, HIR-4, 04 §1.16: a company that may not prescribe to itself records nobody for itself who would be hired on its word alone;
/// others may be, and nobody else is concerned.
#[test]
fn a_company_that_may_not_prescribe_to_itself_records_only_whoever_stands_without_its_word() {
    let today = paris_date(now());
    let withdrawn = |from: NaiveDate, to| Withdrawn {
        days: Withdrawal { from, to },
        control: ControlId(uuid::Uuid::from_u128(8)),
    };
    let holds = withdrawn(today, Some(today));
    let facts = || SubmitFacts { withdrawals: vec![holds], ..facts() };
    let may = |actor: &Actor, facts: SubmitFacts| may_apply(actor, &facts, now());
    assert_eq!(may(&employer(1), facts()), Err(SubmitRefused::Withdrawn(holds)));
    for (has_valid_pass, has_prescriber_diagnosis) in
        [(Some(true), false), (Some(false), true), (None, false)]
    {
        let other = SubmitFacts { has_prescriber_diagnosis, has_valid_pass, ..facts() };
        assert_eq!(may(&employer(1), other), Ok(()), "{has_valid_pass:?} {has_prescriber_diagnosis}");
    }
    for actor in [employer(2), prescriber(true), prescriber(false)] {
        assert_eq!(may(&actor, facts()), Ok(()), "{actor:?}");
    }
    let geiq = SubmitFacts { company_kind: CompanyKind::Geiq, ..facts() };
    assert_eq!(may(&employer(1), geiq), Ok(()));
    let day = TimeDelta::days(1);
    for days in [withdrawn(today + day, None), withdrawn(today - day, Some(today - day))] {
        let outside = SubmitFacts { withdrawals: vec![days], ..facts() };
        assert_eq!(may(&employer(1), outside), Ok(()), "{days:?}");
    }
}
