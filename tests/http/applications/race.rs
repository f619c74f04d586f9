//! Two acceptances at the same instant (rule book 03 §8, C1 and C3).

mod numbers;

use chrono::TimeDelta;
use iae_app::applications::{HireRefused, accept};
use iae_app::{Ctx, Failure};
use iae_domain::Actor;
use iae_domain::actor::EmployerActor;
use iae_domain::applications::draft::Advisor;
use iae_domain::applications::{Accept, AcceptRefused, Overtaken, StateCode};
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, RequestId, UserId};
use iae_domain::pass::default_end;
use iae_tests::{TestApp, world};
use sqlx::types::chrono::NaiveDate;

use self::numbers::{consecutive, numbers};

pub(crate) async fn employer(app: &TestApp, user: UserId, company: OrganisationId) -> Ctx<EmployerActor> {
    let Actor::Employer(actor) = app.scenario().actor(user, Some(company)).await else {
        panic!("not an employer")
    };
    Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None }
}

pub(crate) fn contract(app: &TestApp, days: i64) -> Accept {
    Accept {
        starts_on: app.today() + TimeDelta::days(days),
        ends_on: None,
        job: None,
        answer: None,
        advisor: Advisor::Sender,
    }
}

/// A person nobody knows yet, whose file has no NIR, is complete, and still allows an automatic delivery.
pub(crate) async fn person(app: &TestApp, n: u128) -> CandidateId {
    let id = CandidateId(uuid::Uuid::from_u128(0xacce_0000 + n));
    sqlx::query(
        "INSERT INTO users (id, kind, first_name, last_name, created_at) VALUES ($1, 'job_seeker', 'Lise', 'Kauffmann', $2)",
    )
    .bind(id)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO candidates
             (id, birth_date, birth_country_code, nir_missing_reason, france_travail_id_missing_reason,
              address_line_1, post_code, city, created_at, updated_at)
         VALUES ($1, '1985-06-14', '109', 'NO_NIR', 'NOT_REGISTERED', '3 rue Serpenoise', '57000', 'Metz', $2, $2)",
    )
    .bind(id)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    app.scenario().diagnosis().of(id).insert().await;
    id
}

/// The state every application of these tests is decided from.
pub(crate) const NEW: Option<StateCode> = Some(StateCode::New);

/// Accepts again, knowing that the person was hired elsewhere.
async fn confirm(
    app: &TestApp,
    ctx: &Ctx<EmployerActor>,
    id: ApplicationId,
    days: i64,
    late: Failure<HireRefused>,
) {
    let refused = AcceptRefused::Overtaken(Overtaken { still_possible: true });
    assert!(matches!(late, Failure::Refused(HireRefused::Rules(late)) if late == refused), "{late:?}");
    accept(&app.app, ctx, id, Some(StateCode::Obsolete), contract(app, days).into()).await.unwrap();
}

pub(crate) async fn application(
    app: &TestApp,
    person: CandidateId,
    company: OrganisationId,
) -> ApplicationId {
    app.scenario().application().of(person).to(company).insert().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_rounds_of_two_companies_at_once_give_one_pass_each() {
    let app = TestApp::new().await;
    let first = employer(&app, world::EMPLOYER, world::ACI).await;
    let second = employer(&app, world::OTHER_EMPLOYER, world::EI).await;
    for round in 0..50_u128 {
        let person = person(&app, round).await;
        let (a, b) =
            (application(&app, person, world::ACI).await, application(&app, person, world::EI).await);
        // The later contract comes first as often as the earlier one.
        let (days_a, days_b) = if round % 2 == 0 { (3, 10) } else { (10, 3) };
        let (one, other) = tokio::join!(
            accept(&app.app, &first, a, NEW, contract(&app, days_a).into()),
            accept(&app.app, &second, b, NEW, contract(&app, days_b).into()),
        );
        // The second learns that the person was hired elsewhere, and confirms (D32).
        match (one, other) {
            (Ok(_), Err(late)) => confirm(&app, &second, b, days_b, late).await,
            (Err(late), Ok(_)) => confirm(&app, &first, a, days_a, late).await,
            both => panic!("round {round}: {both:?}"),
        }
        let passes: Vec<(uuid::Uuid, NaiveDate, NaiveDate)> =
            sqlx::query_as("SELECT id, starts_on, ends_on FROM passes WHERE candidate_id = $1")
                .bind(person)
                .fetch_all(app.db())
                .await
                .unwrap();
        let start = app.today() + TimeDelta::days(3);
        let [(pass, starts_on, ends_on)] = passes[..] else { panic!("round {round}: {passes:?}") };
        assert_eq!((starts_on, ends_on), (start, default_end(start)), "round {round}: the earliest contract");
        let hires: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM applications WHERE candidate_id = $1 AND state = 'accepted' AND pass_id = $2",
        )
        .bind(person)
        .bind(pass)
        .fetch_one(app.db())
        .await
        .unwrap();
        assert_eq!(hires, 2, "round {round}: both hires rest on it");
    }
    assert_eq!(numbers(&app).await, consecutive(50), "without gap nor double (ACC-35)");
    app.ignore_mails();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_hired_at_once_by_one_company_get_a_pass_each_and_consecutive_numbers() {
    let app = TestApp::new().await;
    let ctx = employer(&app, world::EMPLOYER, world::ACI).await;
    let colleague = employer(&app, world::EMPLOYER_ADMIN, world::ACI).await;
    for round in 0..20_u128 {
        let (first, second) = (person(&app, 2 * round).await, person(&app, 2 * round + 1).await);
        let a = application(&app, first, world::ACI).await;
        let b = application(&app, second, world::ACI).await;
        let (one, other) = tokio::join!(
            accept(&app.app, &ctx, a, NEW, contract(&app, 1).into()),
            accept(&app.app, &colleague, b, NEW, contract(&app, 1).into()),
        );
        one.unwrap();
        other.unwrap();
        let holders: Vec<CandidateId> = sqlx::query_scalar(
            "SELECT p.candidate_id FROM passes p JOIN applications a ON a.pass_id = p.id
             WHERE a.id IN ($1, $2) AND a.candidate_id = p.candidate_id ORDER BY p.candidate_id",
        )
        .bind(a)
        .bind(b)
        .fetch_all(app.db())
        .await
        .unwrap();
        assert_eq!(holders, [first, second], "round {round}: each hire rests on the PASS of its person");
    }
    assert_eq!(numbers(&app).await, consecutive(40), "without gap nor double (ACC-35)");
    app.ignore_mails();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_application_accepted_twice_at_once_is_accepted_once() {
    let app = TestApp::new().await;
    let ctx = employer(&app, world::EMPLOYER, world::ACI).await;
    let colleague = employer(&app, world::EMPLOYER_ADMIN, world::ACI).await;
    for round in 0..10 {
        let person = person(&app, round).await;
        let id = application(&app, person, world::ACI).await;
        let (one, other) = tokio::join!(
            accept(&app.app, &ctx, id, NEW, contract(&app, 1).into()),
            accept(&app.app, &colleague, id, NEW, contract(&app, 1).into()),
        );
        let lost = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            both => panic!("round {round}: {both:?}"),
        };
        let refused = AcceptRefused::Overtaken(Overtaken { still_possible: false });
        assert!(matches!(lost, Failure::Refused(HireRefused::Rules(lost)) if lost == refused), "{lost:?}");
    }
    app.ignore_mails();
}
