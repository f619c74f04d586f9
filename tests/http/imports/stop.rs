//! The safety stop (CMP-11): held back from January to June, confirmed by the team from July on.

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::imports::ImportError;
use iae_app::imports::structures::Asked;
use iae_domain::Actor;
use iae_domain::actor::StaffActor;
use iae_domain::imports::{ImportCount, ImportOutcome};
use iae_tests::{TestApp, world};

use super::{asked, counts, import, import_as, number, world_files};

/// 200 SIAE with a convention in force, of which the files say nothing.
pub(super) async fn two_hundred_siae(app: &TestApp) {
    sqlx::query(
        "WITH numbers AS MATERIALIZED (
             SELECT n, gen_random_uuid() AS convention, gen_random_uuid() AS company, (60000000000000 + n)::text AS siret
             FROM generate_series(1, 200) AS n
         ), conventions AS (
             INSERT INTO conventions (id, asp_id, kind, siret_signature, is_active, created_at)
             SELECT convention, 90000 + n, 'EI', siret, true, $1 FROM numbers
         ), organisations AS (
             INSERT INTO organisations (id, family, kind, siret, name, created_at, updated_at)
             SELECT company, 'company', 'EI', siret, 'Structure ' || n, $1, $1 FROM numbers
         )
         INSERT INTO companies (organisation_id, source, convention_id)
         SELECT company, 'ASP', convention FROM numbers",
    )
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
}

const IN_FORCE: &str = "SELECT count(*) FROM conventions WHERE is_active";

fn staff(app: &TestApp, is_superuser: bool) -> Ctx<Actor> {
    let staff = StaffActor { user: world::STAFF, is_superuser, groups: vec![] };
    Ctx::system(app.now()).with(Actor::Staff(staff))
}

#[tokio::test]
async fn from_january_to_june_none_falls_and_the_team_is_told() {
    let app = TestApp::new().await;
    two_hundred_siae(&app).await;
    let files = world_files().with_newcomer("2026-12-31");
    let confirmed = Asked { confirmed: Some(200), ..asked(app.today()) };
    let report = import_as(&app, &staff(&app, true), &files, confirmed).await.unwrap();
    assert_eq!(report.import.outcome, ImportOutcome::HeldBack, "whatever is confirmed");
    assert_eq!(number(&app, IN_FORCE).await, 204, "the rest is written: the newcomer came in");
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().any(|mail| mail.subject.contains("200 conventions")), "CMP-11: an alert");
}

#[tokio::test]
async fn from_july_on_nothing_is_written_before_the_team_confirms() {
    let app = TestApp::new().await;
    two_hundred_siae(&app).await;
    app.advance(TimeDelta::days(70));
    let files = world_files().with_newcomer("2026-12-31");
    let refused = import(&app, &files).await;
    assert_eq!(refused.import.outcome, ImportOutcome::Refused);
    assert_eq!(refused.import.count(ImportCount::ConventionsFalling), 200);
    assert_eq!(number(&app, IN_FORCE).await, 203, "not even the newcomer");
    assert_eq!(app.audit_trail().await, ["import.refused"]);
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "the team is told");

    let asked = |confirmed| Asked { confirmed: Some(confirmed), ..asked(app.today()) };
    for ctx in [Ctx::system(app.now()), staff(&app, false)] {
        let denied = import_as(&app, &ctx, &files, asked(200)).await;
        assert!(matches!(denied, Err(ImportError::NotAllowed)), "{denied:?}");
    }
    let other = import_as(&app, &staff(&app, true), &files, asked(199)).await.unwrap();
    assert_eq!(other.import.outcome, ImportOutcome::Refused, "another number than the one that was read");
    assert_eq!(app.run_jobs_and_mails().await.len(), 1);

    let done = import_as(&app, &staff(&app, true), &files, asked(200)).await.unwrap();
    assert_eq!(done.import.outcome, ImportOutcome::Done);
    assert!(counts(&done).contains(&(ImportCount::ConventionsDeactivated, 200)));
    assert_eq!(number(&app, IN_FORCE).await, 4);
    assert_eq!(app.run_jobs_and_mails().await.len(), 1, "the newcomer is invited");
    let by = "SELECT count(*) FROM audit_events WHERE action = 'convention.updated' AND actor_kind = 'staff'";
    assert_eq!(number(&app, by).await, 200, "who confirmed is in the trail");
    assert!(counts(&import(&app, &files).await).is_empty(), "once");
}

/// CMP-10.
#[tokio::test]
async fn what_the_team_reactivated_stands_for_ninety_days() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE conventions SET reactivated_at = $1 WHERE asp_id = 5702")
        .bind(app.now() - TimeDelta::days(30))
        .execute(app.db())
        .await
        .unwrap();
    let mut files = world_files();
    let stays = |line: &&str| !line.starts_with("5702");
    files.annexes = files.annexes.lines().filter(stays).map(|line| format!("{line}\n")).collect();
    let report = import(&app, &files).await;
    assert_eq!(number(&app, IN_FORCE).await, 3);
    assert!(report.remarks.iter().any(|one| one.says.contains("CMP-10")), "{report:?}");
    app.advance(TimeDelta::days(61));
    import(&app, &files).await;
    assert_eq!(number(&app, IN_FORCE).await, 2);
}
