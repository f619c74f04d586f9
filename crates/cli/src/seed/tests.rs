//! The data is the same at every run, and keeps the rules it is there to show.

mod country;

use chrono::TimeDelta;
use iae_app::audit::verify::verify;
use iae_app::doctor;
use iae_domain::candidates::{BirthDate, Nir, Title, check_consistency};
use iae_domain::pass::PassNumber;
use iae_tests::TestApp;

use super::calendar::Calendar;
use super::random::Random;
use super::ranks::Ranks;
use super::size::Size;
use super::store::{Commune, Department};
use super::tables::Tables;
use super::world::World;
use super::write::Writer;
use super::{Options, SEED, Site, check, life, load, scripted, story};

const SILENT: fn(&str, u64, u64) = |_, _, _| {};
/// Nothing but the country reads its départements.
const NOWHERE: &[Department] = &[];

fn communes() -> Vec<Commune> {
    let commune = |(code, name, population): (&str, &str, i32)| Commune {
        insee_code: code.to_owned(),
        name: name.to_owned(),
        post_code: "57000".to_owned(),
        department_code: "57".to_owned(),
        population,
        latitude: 49.1,
        longitude: 6.2,
    };
    [("57463", "Metz", 122_572), ("57672", "Thionville", 42_658), ("57089", "Bitche", 4_966)]
        .map(commune)
        .to_vec()
}

/// A world and the rows of its first candidates.
fn first_candidates(today: &str) -> (World, String) {
    let mut tables = Tables::new();
    let calendar = Calendar { today: today.parse().unwrap() };
    let world = World::build(SEED, calendar, &Size::S.counts(), (NOWHERE, communes()), &mut tables);
    let config = iae_tests::config();
    let parcours: Vec<_> = (0..200).map(|index| story::tell(&world, index)).collect();
    let ranks = Ranks::of(&parcours);
    let writer = Writer::new(&world, &config, &ranks);
    for (number, told) in (0..).zip(parcours) {
        writer.write(number, told, &mut tables).unwrap();
    }
    let fingerprint = hex::encode(tables.fingerprint());
    (world, fingerprint)
}

#[test]
fn the_same_day_gives_the_same_rows() {
    let (_, first) = first_candidates("2026-05-04");
    assert_eq!(first_candidates("2026-05-04").1, first);
    assert_ne!(first_candidates("2026-05-05").1, first);
}

/// What the demonstration tells of its PASS is allowed, on a Monday as on a Sunday.
#[test]
fn the_rules_let_the_story_happen() {
    for today in ["2026-05-04", "2026-05-09", "2026-05-10", "2028-02-29"] {
        let calendar = Calendar { today: today.parse().unwrap() };
        let world =
            World::build(SEED, calendar, &Size::S.counts(), (NOWHERE, communes()), &mut Tables::new());
        let number = PassNumber::new(&iae_tests::config().pass_prefix, 1).unwrap();
        for (place, mut told) in scripted::tell(&world).into_iter().enumerate() {
            let turns = told.turns.clone().unwrap_or_default();
            let rng = &mut Random::stream(SEED, u64::try_from(place).unwrap());
            for pass in 0..told.passes.len() {
                let life = life::live(&world, rng, &mut told, pass, number.clone());
                assert_eq!(life.refused, 0, "{} on {today}: {turns:?}", told.person.full_name());
                assert!(life.acts.len() >= turns.len());
            }
        }
        let (mut done, mut refused) = (0, 0);
        for index in 0..2_000 {
            let mut told = story::tell(&world, index);
            let rng = &mut Random::stream(SEED, u64::from(index));
            for pass in 0..told.passes.len() {
                let life = life::live(&world, rng, &mut told, pass, number.clone());
                done += life.acts.len();
                refused += life.refused;
            }
        }
        assert!(done > 150 && refused * 20 < done, "{done} acts, {refused} refused, on {today}");
    }
}

#[tokio::test]
async fn a_departement_keeps_every_rule() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let site = Site { db: app.db(), connect: Some(app.db()), config: &app.app.config, now: app.now() };
    let refused = load(site, Options { size: Size::S, reset: false, one_in: 1 }, &SILENT).await;
    assert!(refused.is_err(), "a base in use is left alone");
    load(site, Options { size: Size::S, reset: true, one_in: 1 }, &SILENT).await.unwrap();
    sqlx::query("UPDATE connect.accounts SET email = 'ancienne.' || email").execute(app.db()).await.unwrap();
    load(site, Options { size: Size::S, reset: true, one_in: 1 }, &SILENT)
        .await
        .expect("accounts of another day do no harm");

    assert_eq!(check(app.db(), app.now()).await.unwrap(), []);
    let mut found = vec![];
    let examined = doctor::examine(app.db(), |finding| found.push(finding)).await.unwrap();
    assert_eq!(found, [], "{examined:?}");
    nirs_are_their_holders(&app, 1_800).await;
    its_trail_is_sealed(&app).await;
    shape(&app).await;
}

async fn its_trail_is_sealed(app: &TestApp) {
    let rows: i64 =
        sqlx::query_scalar("SELECT count(*) FROM audit_events").fetch_one(app.db()).await.unwrap();
    let sound = verify(app.db(), None, app.now(), |_, _| ()).await.unwrap().unwrap();
    assert_eq!((sound.rows, sound.purged, sound.waiting), (rows, 0, 0));
    assert!(rows > 10_000 && sound.seal.number > 1, "{rows} rows, {sound:?}");
}

/// More than `least` of them.
async fn nirs_are_their_holders(app: &TestApp, least: usize) {
    let people: Vec<(String, String, chrono::NaiveDate)> = sqlx::query_as(
        "SELECT c.nir, u.title, c.birth_date FROM candidates c JOIN users u USING (id) WHERE c.nir IS NOT NULL",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    assert!(people.len() > least, "{} people", people.len());
    for (nir, title, born) in people {
        let parsed = Nir::parse(&nir).unwrap_or_else(|refused| panic!("{nir}: {refused}"));
        let title = Title::parse(&title);
        let born = BirthDate::new(born, app.today()).unwrap();
        assert_eq!(check_consistency(&parsed, title, Some(born)), Ok(()), "{nir}");
    }
}

/// Rule book 06: sizes, outcomes by kind of sender, skew, the wave of PASS that end.
async fn shape(app: &TestApp) {
    let count =
        async |sql: &'static str| -> f64 { sqlx::query_scalar(sql).fetch_one(app.db()).await.unwrap() };
    let near = |name: &str, found: f64, wanted: f64, tolerance: f64| {
        assert!((found - wanted).abs() <= tolerance, "{name}: {found} instead of {wanted} ± {tolerance}");
    };
    for (name, sql, wanted) in [
        ("candidates", "SELECT count(*)::float8 FROM candidates", 2_500.0),
        ("applications", "SELECT count(*)::float8 FROM applications", 6_000.0),
        ("PASS", "SELECT count(*)::float8 FROM passes", 1_200.0),
        ("transitions", "SELECT count(*)::float8 FROM application_transitions", 15_000.0),
        ("posts", "SELECT count(*)::float8 FROM job_descriptions", 250.0),
        ("professionals", "SELECT count(*)::float8 FROM users WHERE kind = 'professional'", 300.0),
        ("audit", "SELECT count(*)::float8 FROM audit_events", 30_000.0),
        ("mails", "SELECT count(*)::float8 FROM emails", 3_000.0),
    ] {
        near(name, count(sql).await, wanted, wanted * 0.2);
    }
    for (name, filter, wanted, tolerance) in [
        ("prescripteurs", "s.authorisation_status = 'VALIDATED'", 0.175, 0.05),
        ("candidates alone", "a.sender_kind = 'job_seeker'", 0.045, 0.03),
        ("employers", "a.sender_kind = 'employer'", 0.94, 0.06),
    ] {
        let sql = format!(
            "SELECT avg((a.state = 'accepted')::int)::float8 FROM applications a
             LEFT JOIN prescriber_organisations s ON s.organisation_id = a.sender_organisation_id WHERE {filter}"
        );
        let rate: f64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(app.db()).await.unwrap();
        near(name, rate, wanted, tolerance);
    }
    let states: i64 = sqlx::query_scalar("SELECT count(DISTINCT state) FROM applications")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(states, 9, "applications in every state");
    let soon = app.today() + TimeDelta::days(90);
    let wave: i64 = sqlx::query_scalar("SELECT count(*) FROM passes WHERE ends_on BETWEEN $1 AND $2")
        .bind(app.today())
        .bind(soon)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert!(wave > 100, "a wave of PASS that end soon: {wave}");
    lives(&count, app).await;
}

/// What happens to PASS, about as often as it does.
async fn lives(count: &impl AsyncFn(&'static str) -> f64, app: &TestApp) {
    let passes = count("SELECT count(*)::float8 FROM passes").await;
    for (name, sql, least, most) in [
        ("suspended once", "SELECT count(DISTINCT pass_id)::float8 FROM suspensions", 0.12, 0.35),
        (
            "suspended by prescribers",
            "SELECT count(*)::float8 FROM suspensions s JOIN prescriber_organisations USING (organisation_id)",
            0.01,
            0.1,
        ),
        ("prolonged", "SELECT count(DISTINCT pass_id)::float8 FROM prolongations", 0.015, 0.1),
        (
            "waiting for an answer",
            "SELECT count(*)::float8 FROM prolongation_requests WHERE state = 'pending'",
            0.004,
            0.05,
        ),
        ("refused", "SELECT count(*)::float8 FROM prolongation_denials", 0.002, 0.05),
        ("closed", "SELECT count(*)::float8 FROM pass_closures", 0.001, 0.05),
    ] {
        let share = count(sql).await / passes;
        assert!((least..=most).contains(&share), "{name}: {share} of {passes} PASS");
    }
    let reminded: Vec<String> = sqlx::query_scalar(
        "SELECT u.last_name FROM prolongation_requests r JOIN passes p ON p.id = r.pass_id JOIN users u ON u.id = p.candidate_id
         JOIN users t ON t.id = r.assignee_id
         WHERE r.state = 'pending' AND t.last_name IN ('Weber', 'Muller') AND t.email LIKE '%mission-locale-metz%'
         ORDER BY r.created_at",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    for name in ["Camara", "Nguema", "Schmitt"] {
        assert!(reminded.iter().any(|found| found == name), "{name} waits for Claire Weber: {reminded:?}");
    }
}
