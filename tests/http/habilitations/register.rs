//! The public register (PRE-28).

use chrono::Days;
use iae_tests::{Persona, TestApp};

use super::{granted, heard, submitted};

#[tokio::test]
async fn anyone_reads_who_is_authorised_today_and_until_when() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let before = app.visitor().get("/prescribers/register").await.is(200);
    assert!(before.says("Mission locale du pays messin") && !before.says("Le Fil"), "{before:?}");
    let id = submitted(&app).await;
    heard(&app, id).await;
    granted(&app, id, app.today() + Days::new(10)).await;
    let during = app.visitor().get("/prescribers/register?department=57").await.is(200);
    assert!(during.says("Le Fil") && during.says("14 mai 2026") && during.says("2026-57-12"), "{during:?}");
    let elsewhere = app.visitor().get("/prescribers/register?department=54").await.is(200);
    assert!(!elsewhere.says("Le Fil"), "{elsewhere:?}");
    app.advance(chrono::TimeDelta::days(11));
    let after = app.visitor().get("/prescribers/register").await.is(200);
    assert!(!after.says("Le Fil"), "D15: {after:?}");
}

#[tokio::test]
async fn the_register_is_taken_away_by_who_is_signed_in() {
    let app = TestApp::new().await;
    app.visitor().get("/prescribers/register?format=csv").await.is(303);
    let taken = app.browser(Persona::Employer).await.get("/prescribers/register?format=csv").await.is(200);
    assert!(taken.text().contains("Mission locale du pays messin"));
}
