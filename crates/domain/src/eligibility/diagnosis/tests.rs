use chrono::{TimeDelta, TimeZone};

use super::*;
use crate::candidates::{Assessment, Topic};
use crate::control::Withdrawal;
use crate::eligibility::{AgeContradicted, Criterion};
use crate::ids::ControlId;
use crate::organisations::{CompanyKind, PrescriberKind};

fn at(day: &str) -> DateTime<Utc> {
    Utc.from_utc_datetime(&day.parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap())
}

fn org(n: u8) -> OrganisationId {
    OrganisationId(uuid::Uuid::from_u128(u128::from(n)))
}

fn candidate() -> CandidateId {
    CandidateId(uuid::Uuid::from_u128(77))
}

fn diagnosis(author_kind: AuthorKind, organisation: u8, created: &str, expires: &str) -> Diagnosis {
    Diagnosis {
        id: DiagnosisId::at(at(created)),
        candidate: candidate(),
        author_kind,
        organisation: org(organisation),
        created_at: at(created),
        expires_on: expires.parse().unwrap(),
    }
}

fn prescriber(authorised: bool) -> PrescriberActor {
    PrescriberActor {
        user: UserId::at(at("2026-01-01")),
        organisation: org(9),
        kind: PrescriberKind::Ml,
        authorised,
        is_admin: false,
    }
}

fn employer(kind: CompanyKind) -> EmployerActor {
    EmployerActor { user: UserId::at(at("2026-01-01")), organisation: org(1), kind, is_admin: false }
}

/// Someone with these diagnoses and no valid PASS.
fn holding(diagnoses: &[Diagnosis]) -> DiagnosisFacts<'_> {
    DiagnosisFacts { diagnoses, has_valid_pass: false, birth_date: None, withdrawals: &[] }
}

#[test]
fn a_prescriber_diagnosis_lasts_six_calendar_months_and_an_employer_one_92_days() {
    assert_eq!(prescriber_diagnosis_expiry("2026-08-31".parse().unwrap()), "2027-02-28".parse().unwrap());
    assert_eq!(employer_diagnosis_expiry("2026-01-01".parse().unwrap()), "2026-04-03".parse().unwrap());
}

#[test]
fn the_day_of_expiry_is_the_first_day_it_no_longer_holds() {
    let it = diagnosis(AuthorKind::Prescriber, 9, "2026-01-01", "2026-07-01");
    assert!(it.is_unexpired("2026-06-30".parse().unwrap()));
    assert!(!it.is_unexpired("2026-07-01".parse().unwrap()));
}

#[test]
fn a_prescriber_diagnosis_beats_a_more_recent_employer_one() {
    let all = [
        diagnosis(AuthorKind::Prescriber, 9, "2026-01-01", "2026-07-01"),
        diagnosis(AuthorKind::Employer, 1, "2026-03-01", "2026-06-01"),
    ];
    let today = "2026-04-01".parse().unwrap();
    let counted = last_considered_valid(&all, Viewer::Siae(org(1)), false, today).unwrap();
    assert_eq!(counted.author_kind, AuthorKind::Prescriber);
}

#[test]
fn with_a_valid_pass_even_an_expired_prescriber_diagnosis_counts_first() {
    let all = [
        diagnosis(AuthorKind::Prescriber, 9, "2024-01-01", "2024-07-01"),
        diagnosis(AuthorKind::Employer, 1, "2026-03-01", "2026-06-01"),
    ];
    let today = "2026-04-01".parse().unwrap();
    let with_pass = last_considered_valid(&all, Viewer::Siae(org(1)), true, today).unwrap();
    let without = last_considered_valid(&all, Viewer::Siae(org(1)), false, today).unwrap();
    assert_eq!((with_pass.author_kind, without.author_kind), (AuthorKind::Prescriber, AuthorKind::Employer));
}

#[test]
fn an_employer_diagnosis_counts_for_its_author_only() {
    let all = [diagnosis(AuthorKind::Employer, 1, "2026-03-01", "2026-06-01")];
    let today = "2026-04-01".parse().unwrap();
    assert!(last_considered_valid(&all, Viewer::Siae(org(1)), false, today).is_some());
    assert!(last_considered_valid(&all, Viewer::Siae(org(2)), false, today).is_none());
    assert!(last_considered_valid(&all, Viewer::Prescriber, false, today).is_none());
}

/// Rule book 03 §1, 02 §11.3 CAN-C and ELI-5: who sees a prescriber's diagnosis, the ACI's own, the AI's.
#[test]
fn who_sees_which_diagnosis() {
    let today = "2026-04-01".parse().unwrap();
    let by_prescriber = [diagnosis(AuthorKind::Prescriber, 9, "2026-03-01", "2026-09-01")];
    let (own, other) = (
        [diagnosis(AuthorKind::Employer, 1, "2026-03-01", "2026-06-01")],
        [diagnosis(AuthorKind::Employer, 2, "2026-03-01", "2026-06-01")],
    );
    let sees = |viewer: Viewer| {
        [&by_prescriber, &own, &other].map(|all| last_considered_valid(all, viewer, false, today).is_some())
    };
    for (actor, received, sent) in [
        (employer(CompanyKind::Aci).into(), [true, true, false], [true, false, false]),
        (employer(CompanyKind::Geiq).into(), [false; 3], [false; 3]),
        (employer(CompanyKind::Opcs).into(), [false; 3], [false; 3]),
        (prescriber(true).into(), [true, false, false], [true, false, false]),
        (prescriber(false).into(), [true, false, false], [true, false, false]),
    ] {
        let actor: Actor = actor;
        assert_eq!(
            (sees(Viewer::of(&actor)), sees(Viewer::of_sender(&actor))),
            (received, sent),
            "{actor:?}"
        );
        assert_eq!(Viewer::of(&actor).is_of_iae(), received[0], "{actor:?}");
    }
}

#[test]
fn an_orienteur_never_validates() {
    let facts = holding(&[]);
    let now = at("2026-04-01");
    let result =
        prescribe(&prescriber(false), candidate(), Criteria::default(), facts, DiagnosisId::at(now), now);
    assert_eq!(result, Err(DiagnosisRefused::Denied(Denied::NotAuthorised)));
}

#[test]
fn renewing_creates_a_new_diagnosis_and_ends_the_old_one_today() {
    let old = [diagnosis(AuthorKind::Prescriber, 3, "2026-01-10", "2026-07-10")];
    let facts = holding(&old);
    let now = at("2026-04-01");
    let made =
        prescribe(&prescriber(true), candidate(), Criteria::default(), facts, DiagnosisId::at(now), now)
            .unwrap();
    let replaced = made.replaced.unwrap();
    assert_eq!(replaced.value().expires_on, "2026-04-01".parse().unwrap());
    assert_eq!(made.new.value().diagnosis.expires_on, "2026-10-01".parse().unwrap());
}

#[test]
fn the_points_of_a_structured_diagnosis_come_with_it_and_change_nothing_else() {
    let facts = holding(&[]);
    let now = at("2026-04-01");
    let made =
        prescribe(&prescriber(true), candidate(), Criteria::default(), facts, DiagnosisId::at(now), now)
            .unwrap();
    let alone = made.new.value().clone();
    let (topic, assessment) = (Topic::ALL[0], Assessment::ALL[0]);
    let points =
        vec![SituationPoint { topic, assessment, note: "Permis en cours.".to_owned(), shared: false }];
    let made = made.with_points(points.clone());
    assert_eq!(made.new.value(), &NewDiagnosis { points, ..alone });
    assert_eq!(made.replaced, None);
}

#[test]
fn a_prescriber_leaves_a_running_employer_diagnosis_untouched() {
    let running = [diagnosis(AuthorKind::Employer, 1, "2026-03-01", "2026-06-01")];
    let facts = holding(&running);
    let now = at("2026-04-01");
    let made =
        prescribe(&prescriber(true), candidate(), Criteria::default(), facts, DiagnosisId::at(now), now)
            .unwrap();
    assert_eq!(made.replaced, None);
}

#[test]
fn nothing_is_validated_while_a_pass_is_valid() {
    let facts = DiagnosisFacts { has_valid_pass: true, ..holding(&[]) };
    let now = at("2026-04-01");
    let id = DiagnosisId::at(now);
    let prescribed = prescribe(&prescriber(true), candidate(), Criteria::default(), facts, id, now);
    assert_eq!(prescribed, Err(DiagnosisRefused::ValidPass));
    let rsa = Criteria::choose([Criterion::Rsa]).unwrap();
    let self_prescribed = self_prescribe(&employer(CompanyKind::Ai), candidate(), rsa, facts, id, now);
    assert_eq!(self_prescribed, Err(DiagnosisRefused::ValidPass));
}

#[test]
fn an_auto_prescription_is_refused_without_enough_criteria_or_when_a_diagnosis_counts() {
    let now = at("2026-04-01");
    let id = DiagnosisId::at(now);
    let none = holding(&[]);
    let two = Criteria::choose([Criterion::Qpv, Criterion::Zrr]).unwrap();
    let missing = CriteriaMissing { level_2_required: 3, level_2_chosen: 2 };
    assert_eq!(
        self_prescribe(&employer(CompanyKind::Aci), candidate(), two.clone(), none, id, now),
        Err(DiagnosisRefused::CriteriaMissing(missing))
    );
    let own = [diagnosis(AuthorKind::Employer, 1, "2026-03-01", "2026-06-01")];
    let valid = holding(&own);
    assert_eq!(
        self_prescribe(&employer(CompanyKind::Ai), candidate(), two.clone(), valid, id, now),
        Err(DiagnosisRefused::AlreadyValid)
    );
    let later = now + TimeDelta::days(61);
    let expired = self_prescribe(&employer(CompanyKind::Ai), candidate(), two, valid, id, later).unwrap();
    assert_eq!(expired.value().diagnosis.author_kind, AuthorKind::Employer);
}

#[test]
fn a_geiq_makes_no_iae_diagnosis() {
    let now = at("2026-04-01");
    let none = holding(&[]);
    let rsa = Criteria::choose([Criterion::Rsa]).unwrap();
    let result =
        self_prescribe(&employer(CompanyKind::Geiq), candidate(), rsa, none, DiagnosisId::at(now), now);
    assert_eq!(result, Err(DiagnosisRefused::Denied(Denied::NotSiae)));
}

/// D12: prescribers too; the order of the law leaves them free of criteria, not of the calendar.
#[test]
fn a_criterion_of_age_contrary_to_the_birth_date_is_refused_to_everyone() {
    let now = at("2026-04-01");
    let id = DiagnosisId::at(now);
    let facts = DiagnosisFacts { birth_date: "1990-03-02".parse().ok(), ..holding(&[]) };
    let senior = Criteria::choose([Criterion::Rsa, Criterion::Senior]).unwrap();
    let refused =
        DiagnosisRefused::AgeContradicted(AgeContradicted { criterion: Criterion::Senior, years: 36 });
    let prescribed = prescribe(&prescriber(true), candidate(), senior.clone(), facts, id, now);
    assert_eq!(prescribed, Err(refused));
    let self_prescribed =
        self_prescribe(&employer(CompanyKind::Aci), candidate(), senior.clone(), facts, id, now);
    assert_eq!(self_prescribed, Err(refused));
    let unknown = DiagnosisFacts { birth_date: None, ..facts };
    assert!(prescribe(&prescriber(true), candidate(), senior, unknown, id, now).is_ok());
}

/// An AI prescribes to itself on that day.
fn made(on: &str, facts: DiagnosisFacts<'_>) -> Result<Changed<NewDiagnosis>, DiagnosisRefused> {
    let rsa = Criteria::choose([Criterion::Rsa]).unwrap();
    let now = at(on);
    self_prescribe(&employer(CompanyKind::Ai), candidate(), rsa, facts, DiagnosisId::at(now), now)
}

/// 04 §1.16, 03 §2.13: on the days of a withdrawal, bounds included, an SIAE makes no diagnosis; a prescripteur habilité does. What
/// makes the criteria needless is said first.
#[test]
fn an_siae_does_not_prescribe_to_itself_while_its_right_is_withdrawn() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let withdrawn = |from, to: Option<&str>| Withdrawn {
        days: Withdrawal { from: day(from), to: to.map(day) },
        control: ControlId(uuid::Uuid::from_u128(8)),
    };
    let temporary = withdrawn("2026-04-02", Some("2026-04-10"));
    let permanent = withdrawn("2026-04-20", None);
    let withdrawals = [temporary, permanent];
    let facts = DiagnosisFacts { withdrawals: &withdrawals, ..holding(&[]) };
    for (on, expected) in [
        ("2026-04-01", None),
        ("2026-04-02", Some(temporary)),
        ("2026-04-10", Some(temporary)),
        ("2026-04-11", None),
        ("2026-04-19", None),
        ("2026-04-20", Some(permanent)),
        ("2036-04-20", Some(permanent)),
    ] {
        assert_eq!(made(on, facts).err(), expected.map(DiagnosisRefused::Withdrawn), "{on}");
    }
    let in_parcours = DiagnosisFacts { has_valid_pass: true, ..facts };
    assert_eq!(made("2026-04-02", in_parcours), Err(DiagnosisRefused::ValidPass));
    let prescribed = [diagnosis(AuthorKind::Prescriber, 9, "2026-03-01", "2026-09-01")];
    let diagnosed = DiagnosisFacts { diagnoses: &prescribed, ..facts };
    assert_eq!(made("2026-04-02", diagnosed), Err(DiagnosisRefused::AlreadyValid));
    let now = at("2026-04-02");
    let rsa = Criteria::choose([Criterion::Rsa]).unwrap();
    assert!(prescribe(&prescriber(true), candidate(), rsa, facts, DiagnosisId::at(now), now).is_ok());
}
