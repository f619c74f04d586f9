//! Rights that start later, and orders that do not follow each other without a gap (D15).

use chrono::{Days, Months, TimeDelta};
use iae_app::Ctx;
use iae_app::habilitations::follow_terms;
use iae_domain::ids::HabilitationId;
use iae_tests::{Persona, TestApp, world};

use super::{five_years, granted, heard, is_authorised, ordered, page, submitted, submitted_again};

/// The prefect authorises the association from so many days on.
async fn granted_in(app: &TestApp, id: HabilitationId, days: u64) {
    let form = ordered(page(app, id, "/grant").await.form("#grant-form"), app.today(), five_years(app));
    let start = app.today() + Days::new(days);
    form.fill("order_number", "2026-57-13").fill("starts_on", &start.to_string()).submit().await.is(303);
}

/// What is granted from later on is neither a right today, nor one that is over.
#[tokio::test]
async fn a_right_that_starts_later_is_said_so() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    heard(&app, id).await;
    granted_in(&app, id, 10).await;
    let browser = app.browser(Persona::Orienter).await;
    for address in ["/habilitation", "/dashboard"] {
        let read = browser.get(address).await.is(200);
        assert!(read.says("n’a pas commencé") && read.says("14 mai 2026"), "{read:?}");
        assert!(!read.says("arrivée à terme"), "{read:?}");
    }
    browser.get("/habilitation/request").await.is(303);
    browser.get("/prolongations").await.is(403);
    app.advance(TimeDelta::days(10));
    app.browser(Persona::Orienter).await.get("/prolongations").await.is(200);
}

/// The right stops on its last day, and that is told, even when another starts later.
#[tokio::test]
async fn a_gap_between_two_orders_is_announced_and_told() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let first = submitted(&app).await;
    heard(&app, first).await;
    let end = app.today() + Days::new(20);
    granted(&app, first, end).await;
    let second = submitted_again(&app).await;
    heard(&app, second).await;
    granted_in(&app, second, 40).await;
    let read = app.browser(Persona::Orienter).await.get("/habilitation").await.is(200);
    assert!(read.says("jusqu’au 24 mai 2026 inclus"), "the right of today: {read:?}");
    let register = app.visitor().get("/prescribers/register?department=57").await.is(200);
    assert!(register.says("24 mai 2026") && register.says("2026-57-12"), "{register:?}");
    assert!(!register.says("2026-57-13"), "the order that is in force: {register:?}");
    let ctx = || Ctx::system(app.now());
    assert_eq!(follow_terms(&app.app, &ctx()).await.unwrap(), (1, 0), "it is announced");
    app.advance(TimeDelta::days(21));
    assert!(!is_authorised(&app, app.today()).await);
    assert_eq!(follow_terms(&app.app, &ctx()).await.unwrap(), (0, 1));
    let told: i64 = sqlx::query_scalar("SELECT count(*) FROM emails WHERE kind = 'habilitation_ended'")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(told, 1, "its members are told");
}

/// A right whose order was never entered runs until the first order that is: an order to come takes nothing away.
#[tokio::test]
async fn a_right_without_dates_runs_until_its_first_order() {
    let app = TestApp::new().await;
    app.ignore_mails();
    sqlx::query(
        "WITH named AS (UPDATE organisations SET kind = 'OHPD' WHERE id = $1)
         UPDATE prescriber_organisations SET kind = 'OHPD', authorisation_status = 'VALIDATED' WHERE organisation_id = $1",
    )
    .bind(world::ASSOCIATION)
    .execute(app.db())
    .await
    .unwrap();
    let renewal = submitted_again(&app).await;
    heard(&app, renewal).await;
    granted_in(&app, renewal, 10).await;
    for days in [0, 9, 10] {
        assert!(is_authorised(&app, app.today() + Days::new(days)).await, "{days} days later");
    }
    assert!(!is_authorised(&app, app.today() + Months::new(60)).await, "D15");
}
