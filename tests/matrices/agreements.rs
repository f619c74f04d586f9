//! The database and the rules say the same thing: lists of values, and the activity of companies.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::accounts::{LetterKind, Provider, UserKind};
use iae_domain::announcements::{AnnouncementLevel, ReaderKind};
use iae_domain::applications::draft::NotSent;
use iae_domain::applications::{RefusalReason, SenderKind, StateCode};
use iae_domain::budget::Budget;
use iae_domain::candidates::{
    Assessment, Certifier, EducationLevel, Field, FranceTravailIdMissingReason, NirMissingReason,
    RelationOrigin, Title, Topic, TransferPart,
};
use iae_domain::control::{FinalState, NegativeReason, Review};
use iae_domain::directory::ContractType;
use iae_domain::documents::DocumentKind;
use iae_domain::eligibility::AuthorKind;
use iae_domain::exports::ListKind;
use iae_domain::exports::prepared::ExportState;
use iae_domain::habilitations::{Authorisation, HabilitationState, Opinion};
use iae_domain::ids::{ConventionId, OrganisationId};
use iae_domain::imports::{ImportKind, ImportOutcome};
use iae_domain::notifications::EmailStatus;
use iae_domain::organisations::members::{Followed, Held};
use iae_domain::organisations::succession::SuccessionKind;
use iae_domain::organisations::transfer::TransferKind;
use iae_domain::organisations::{
    Activity, ActivityFacts, AnnexState, AuthorisationStatus, CompanyKind, CompanySource, ConventionFacts,
    InstitutionKind, OrganisationFamily, PrescriberKind, activity,
};
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::prolongation::{DenialReason, ProposedAction, RequestState};
use iae_domain::pass::{CorrectionReason, ProlongationReason, SuspensionReason};
use iae_domain::staff::ImpersonationEnd;
use iae_domain::staff::StaffGroup;
use iae_domain::text::full_name;
use iae_domain::time::Period;
use iae_tests::TestApp;

/// Lists that only the database knows, each with its reason.
const WITHOUT_ENUM: &[&str] = &[
    "application_departments_direction_check", // written by a trigger, read by the two lists
    "applications_pass_delivery_check",        // read as PassDelivery by the store
    "applications_processed_at_check",         // the final states, a subset of the states
    "communes_zrr_status_check",               // an official column kept as it came
];

macro_rules! lists {
    ($( $constraint:literal => $values:expr; )+) => {
        BTreeMap::from([ $( ($constraint, $values.iter().map(|value| value.code()).collect::<BTreeSet<_>>()), )+ ])
    };
}

#[tokio::test]
async fn every_list_of_values_is_the_same_in_postgres_and_in_rust() {
    let app = TestApp::new().await;
    let rust = lists! {
        "users_kind_check" => UserKind::ALL;
        "users_title_check" => Title::ALL;
        "staff_groups_code_check" => StaffGroup::ALL;
        "identities_provider_check" => Provider::ALL;
        "sessions_provider_check" => Provider::ALL;
        "logout_tokens_provider_check" => Provider::ALL;
        "account_letters_kind_check" => LetterKind::ALL;
        "sign_ups_title_check" => Title::ALL;
        "conventions_kind_check" => CompanyKind::SIAE;
        "controls_final_state_check" => FinalState::ALL;
        "control_criteria_review_check" => Review::ALL;
        "control_decisions_reason_check" => NegativeReason::ALL;
        "financial_annexes_state_check" => AnnexState::ALL;
        "organisations_family_check" => OrganisationFamily::ALL;
        "organisations_company_kind_check" => CompanyKind::ALL;
        "organisations_prescriber_kind_check" => PrescriberKind::ALL;
        "organisations_institution_kind_check" => InstitutionKind::ALL;
        "companies_source_check" => CompanySource::ALL;
        "prescriber_organisations_authorisation_status_check" => AuthorisationStatus::ALL;
        "job_descriptions_contract_type_check" => ContractType::ALL;
        "candidates_nir_missing_reason_check" => NirMissingReason::ALL;
        "candidates_france_travail_id_missing_reason_check" => FranceTravailIdMissingReason::ALL;
        "candidate_relations_origin_check" => RelationOrigin::ALL;
        "documents_kind_check" => DocumentKind::ALL;
        "draft_applications_refusal_check" => NotSent::ALL;
        "eligibility_diagnoses_author_kind_check" => AuthorKind::ALL;
        "applications_sender_kind_check" => SenderKind::ALL;
        "applications_state_check" => StateCode::ALL;
        "applications_refusal_reason_check" => RefusalReason::ALL;
        "application_transitions_from_state_check" => StateCode::ALL;
        "application_transitions_to_state_check" => StateCode::ALL;
        "candidates_education_level_check" => EducationLevel::ALL;
        "situation_points_topic_check" => Topic::ALL;
        "situation_points_assessment_check" => Assessment::ALL;
        "passes_origin_company_kind_check" => CompanyKind::ALL;
        "passes_origin_sender_kind_check" => SenderKind::ALL;
        "passes_origin_prescriber_kind_check" => PrescriberKind::ALL;
        "suspensions_reason_check" => SuspensionReason::ALL;
        "pass_closures_reason_check" => ClosureReason::ALL;
        "pass_corrections_reason_check" => CorrectionReason::ALL;
        "prolongations_reason_check" => ProlongationReason::ALL;
        "prolongation_requests_reason_check" => ProlongationReason::ALL.iter().filter(|reason| reason.needs_prescriber()).copied().collect::<Vec<_>>();
        "prolongation_requests_state_check" => RequestState::ALL;
        "prolongation_denials_reason_check" => DenialReason::ALL;
        "prolongation_denials_actions_check" => ProposedAction::ALL;
        "habilitations_state_check" => HabilitationState::ALL;
        "habilitations_opinion_check" => Opinion::ALL;
        "emails_status_check" => EmailStatus::ALL;
        "impersonations_end_reason_check" => ImpersonationEnd::ALL;
        "imports_kind_check" => ImportKind::ALL;
        "imports_outcome_check" => ImportOutcome::ALL;
        "organisation_transfers_kind_check" => TransferKind::ALL;
        "candidate_field_changes_field_check" => Field::ALL;
        "identity_certifications_certifier_check" => Certifier::ALL;
        "exports_list_check" => ListKind::ALL;
        "exports_state_check" => ExportState::ALL;
        "spendings_budget_check" => Budget::ALL;
        "member_handovers_held_check" => Held::ALL;
        "followers_subject_kind_check" => Followed::ALL;
        "structure_successions_kind_check" => SuccessionKind::ALL;
        "candidate_transfers_parts_check" => TransferPart::ALL;
        "announcements_level_check" => AnnouncementLevel::ALL;
        "announcements_kinds_check" => ReaderKind::ALL;
    };
    let constraints: Vec<(String, String)> = sqlx::query_as(
        "SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let listed = |definition: &str| definition.contains("ARRAY['");
    let unknown: Vec<&String> = constraints
        .iter()
        .filter(|(name, definition)| {
            listed(definition) && !rust.contains_key(name.as_str()) && !WITHOUT_ENUM.contains(&name.as_str())
        })
        .map(|(name, _)| name)
        .collect();
    assert!(unknown.is_empty(), "lists of values no enum is compared with: {unknown:?}");
    for (name, codes) in rust {
        let (_, definition) =
            constraints.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(&values(definition), &codes, "{name}");
    }
}

/// The values of a list; for a rule of the form « family <> 'x' OR kind IN (…) », those after OR.
fn values(definition: &str) -> BTreeSet<&str> {
    let list = definition.rsplit_once("ARRAY[").map_or(definition, |(_, list)| list);
    // A list of one value is written as an equality.
    list.split('\'').skip(1).step_by(2).collect()
}

/// Rule book 01 §1.2.
#[tokio::test]
async fn people_are_named_alike_by_postgres_and_by_rust() {
    let app = TestApp::new().await;
    for (first, last) in
        [("AMEL", "benali"), ("jean-pierre", "d’Arc"), ("éLODIE  marie", "Müller"), ("Ö", "")]
    {
        let said: String = sqlx::query_scalar("SELECT full_name($1, $2)")
            .bind(first)
            .bind(last)
            .fetch_one(app.db())
            .await
            .unwrap();
        assert_eq!(said, full_name(first, last));
    }
}

/// PRE-11, D15: one definition, written twice.
#[tokio::test]
async fn the_schema_says_who_is_authorised_as_the_rule_does() {
    let app = TestApp::new().await;
    let today = app.today();
    let ending = |from: i64, to: i64| Period {
        start: today + TimeDelta::days(from),
        end: today + TimeDelta::days(to),
    };
    let rights: [Option<Vec<Period>>; 7] = [
        None,
        Some(vec![]),
        Some(vec![ending(-10, -1)]),
        Some(vec![ending(-10, 0)]),
        Some(vec![ending(0, 10)]),
        Some(vec![ending(1, 10)]),
        Some(vec![ending(-10, -5), ending(-1, 10)]),
    ];
    for kind in [PrescriberKind::Ml, PrescriberKind::Ohpd, PrescriberKind::Other] {
        for status in AuthorisationStatus::ALL.iter().copied() {
            let is_other = kind == PrescriberKind::Other;
            // PRE-5: the database holds no other.
            if (status == AuthorisationStatus::Validated && is_other)
                || (status == AuthorisationStatus::NotRequired && !is_other)
            {
                continue;
            }
            for days in &rights {
                let ranges = days.as_ref().map(|days| {
                    let ranges = days.iter().map(|days| format!("[{},{}]", days.start, days.end));
                    format!("{{{}}}", ranges.collect::<Vec<_>>().join(","))
                });
                let said: bool = sqlx::query_scalar(
                    "WITH written AS (
                         UPDATE prescriber_organisations
                         SET kind = $2, authorisation_status = $3, authorised_days = $4::text::datemultirange
                         WHERE organisation_id = $1
                         RETURNING prescriber_organisations
                     )
                     SELECT is_authorised(prescriber_organisations, $5) FROM written",
                )
                .bind(iae_tests::world::ASSOCIATION)
                .bind(kind.code())
                .bind(status.code())
                .bind(ranges.as_deref())
                .bind(today)
                .fetch_one(app.db())
                .await
                .unwrap();
                let rule = Authorisation { kind, status, days: days.clone() };
                assert_eq!(said, rule.is_on(today), "{kind:?} {status:?} {ranges:?}");
            }
        }
    }
}

/// ADR 16: functions of the schema that lists call are written inside their statements by the planner.
#[tokio::test]
async fn what_is_said_once_costs_no_call() {
    let app = TestApp::new().await;
    for (function, explain) in [
        (
            "company_sees",
            "EXPLAIN VERBOSE SELECT count(*) FROM applications a WHERE company_sees(a.company_id, a, a.updated_at)",
        ),
        (
            "few_applications",
            "EXPLAIN VERBOSE SELECT r.few FROM job_descriptions j, LATERAL few_applications(j.id, j.created_at) r",
        ),
        (
            "followed_applications",
            "EXPLAIN VERBOSE SELECT ARRAY(SELECT f.application_id FROM followed_applications(u.id) f) FROM users u",
        ),
        (
            "counted_as",
            "EXPLAIN VERBOSE SELECT c.month
             FROM applications a, counted_as(a.company_id, a.sender_kind, a.sender_organisation_id, a.state, a.submitted_at) c",
        ),
        (
            "read_received_states",
            "EXPLAIN VERBOSE SELECT r.counted FROM organisations o, read_received_states(o.id, o.created_at) r",
        ),
        (
            "read_sent_states",
            "EXPLAIN VERBOSE SELECT r.counted FROM organisations o, read_sent_states(o.id) r",
        ),
        (
            "is_authorised",
            "EXPLAIN VERBOSE SELECT count(*) FROM prescriber_organisations p WHERE is_authorised(p, '2026-05-04')",
        ),
        ("has_address", "EXPLAIN VERBOSE SELECT count(*) FROM candidates c WHERE has_address(c)"),
        ("has_birth_place", "EXPLAIN VERBOSE SELECT count(*) FROM candidates c WHERE has_birth_place(c)"),
    ] {
        let plan: Vec<String> = sqlx::query_scalar(explain).fetch_all(app.db()).await.unwrap();
        let plan = plan.join("\n");
        assert!(!plan.contains(&format!("{function}(")), "{function} is called for each row:\n{plan}");
    }
}

/// Rule book 01 §3.4: one definition, written twice.
#[tokio::test]
async fn the_view_of_activity_says_what_the_rule_says() {
    let app = TestApp::new().await;
    let now = app.now();
    let deactivated =
        |days| Some(ConventionFacts { is_active: false, deactivated_at: Some(now - TimeDelta::days(days)) });
    let conventions = [
        None,
        Some(ConventionFacts { is_active: true, deactivated_at: None }),
        Some(ConventionFacts { is_active: false, deactivated_at: None }),
        deactivated(1),
        deactivated(30),
        deactivated(31),
    ];
    let mut rank = 0;
    for kind in CompanyKind::ALL {
        for source in CompanySource::ALL {
            for is_searchable in [true, false] {
                for convention in
                    conventions.iter().filter(|convention| convention.is_none() || kind.is_siae())
                {
                    rank += 1;
                    let facts = ActivityFacts {
                        kind: *kind,
                        source: *source,
                        is_searchable,
                        convention: *convention,
                    };
                    let company = insert(&app, &facts, rank).await;
                    let said = view(&app, company, now).await;
                    assert_eq!(said, activity(&facts, now), "{facts:?}");
                }
            }
        }
    }
    assert!(rank > 100);
}

async fn insert(app: &TestApp, facts: &ActivityFacts, rank: i32) -> OrganisationId {
    let id = OrganisationId::at(app.now());
    let convention = ConventionId::at(app.now());
    sqlx::query(
        "INSERT INTO organisations (id, family, kind, siret, name, created_at, updated_at)
         VALUES ($1, 'company', $2, lpad($3::text, 14, '9'), 'Structure', $4, $4)",
    )
    .bind(id)
    .bind(facts.kind.code())
    .bind(rank)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    if let Some(known) = facts.convention {
        sqlx::query(
            "INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, deactivated_at, created_at)
             VALUES ($1, $2, $3, lpad($2::text, 14, '9'), $4, $5, $6)",
        )
        .bind(convention)
        .bind(90_000 + rank)
        .bind(facts.kind.code())
        .bind(known.is_active)
        .bind(known.deactivated_at)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    }
    sqlx::query("INSERT INTO companies (organisation_id, source, is_searchable, convention_id) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(facts.source.code())
        .bind(facts.is_searchable)
        .bind(facts.convention.map(|_| convention))
        .execute(app.db())
        .await
        .unwrap();
    id
}

async fn view(app: &TestApp, company: OrganisationId, now: DateTime<Utc>) -> Activity {
    let (active, until): (bool, Option<DateTime<Utc>>) = sqlx::query_as(
        "SELECT active_until IS NOT DISTINCT FROM 'infinity', nullif(active_until, 'infinity')
         FROM company_activity WHERE organisation_id = $1",
    )
    .bind(company)
    .fetch_one(app.db())
    .await
    .unwrap();
    match until {
        None if active => Activity::Active,
        Some(until) if until >= now => Activity::Grace { until },
        None | Some(_) => Activity::Expired,
    }
}

/// What all prolongations of a PASS may add for each reason: the rule, the trigger that holds it, `iae doctor` that looks for what
/// passes it (rule book 03 §6.1).
#[tokio::test]
async fn the_caps_of_prolongations_are_the_same_in_postgres_and_in_rust() {
    let app = TestApp::new().await;
    let trigger: String =
        sqlx::query_scalar("SELECT prosrc FROM pg_proc WHERE proname = 'check_prolongation_cap'")
            .fetch_one(app.db())
            .await
            .unwrap();
    let doctor = include_str!("../../crates/app/src/doctor/queries.rs");
    let rules: BTreeMap<String, u64> = ProlongationReason::ALL
        .iter()
        .filter_map(|reason| Some((reason.code().to_owned(), reason.cap()?)))
        .collect();
    for (place, source) in [("the trigger", trigger.as_str()), ("iae doctor", doctor)] {
        let cases = source.split("WHEN '").skip(1).filter_map(|case| {
            let (reason, rest) = case.split_once("' THEN ")?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let reason = ProlongationReason::parse(reason)?;
            Some((reason.code().to_owned(), digits.parse().ok()?))
        });
        assert_eq!(cases.collect::<BTreeMap<String, u64>>(), rules, "{place}");
    }
}
