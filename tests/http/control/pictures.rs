//! A page of a proof takes a share of the machine each time it is drawn: it is counted (`domain/src/budget.rs`, ADR 34).

use chrono::TimeDelta;
use iae_app::control::controls::{self, SeenChoice};
use iae_domain::budget::Budget;
use iae_domain::eligibility::{Criteria, Criterion};
use iae_tests::{Page, Persona, TestApp, world};

use super::{Drawn, drawn, siae};

/// The agent looked at pages until so many are left, now.
async fn look_until(app: &TestApp, left: i64) {
    sqlx::query(
        "INSERT INTO spendings (id, budget, user_id, organisation_id, at, is_told)
         SELECT gen_random_uuid(), 'picture', $1, $2, $3, false FROM generate_series(1, $4)",
    )
    .bind(world::INSPECTOR)
    .bind(world::DDETS_57)
    .bind(app.now())
    .bind(i32::try_from(Budget::Picture.limits().account_while - left).unwrap())
    .execute(app.db())
    .await
    .unwrap();
}

fn pictures(page: &Page) -> usize {
    page.html.matches("<img class=\"proof__page\"").count()
}

async fn told(app: &TestApp) -> usize {
    let mails = app.run_jobs_and_mails().await;
    mails.iter().filter(|mail| mail.recipient.as_str() == "equipe@parcours.exemple.fr").count()
}

/// A control whose agent has looked at as many pictures as one may in ten minutes.
async fn all_seen(app: &TestApp) -> Drawn {
    let drawn = drawn(app).await;
    drawn.submit(app).await;
    app.run_jobs_and_mails().await;
    look_until(app, 0).await;
    drawn
}

/// More than anyone reads in ten minutes: no more is drawn, the team is told once, and the file is still there to download.
#[tokio::test]
async fn an_agent_reads_six_hundred_pages_in_ten_minutes() {
    let app = TestApp::new().await;
    let drawn = all_seen(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let proof = format!("/control-criteria/{}", drawn.criteria(&app).await[0]);
    for _ in 0..2 {
        let page = agent.get(&format!("{proof}/picture?page=1")).await.is(429);
        assert!(page.headers.contains_key("retry-after"));
    }
    agent.get(&format!("{proof}/proof")).await.is(200);
    assert_eq!(told(&app).await, 1, "told once");
}

/// The page of the hire says it, in the place of the pictures that would not come, and until when.
#[tokio::test]
async fn a_page_says_that_its_pictures_are_not_shown() {
    let app = TestApp::new().await;
    let drawn = all_seen(&app).await;
    let agent = app.browser(Persona::Inspector).await;
    let hire = format!("/control-hires/{}", drawn.hires[0]);
    let file = format!("/control-criteria/{}/proof", drawn.criteria(&app).await[0]);
    for _ in 0..2 {
        let page = agent.get(&hire).await.is(200);
        assert_eq!(pictures(&page), 0);
        assert!(page.says("de nouveau montrées à partir du 4 mai 2026 à 11 h 10"), "{page:?}");
        assert!(page.says("en sont informés"), "{page:?}");
        assert_eq!(page.links().iter().filter(|link| **link == file).count(), 2, "there, and as ever");
    }
    assert_eq!(told(&app).await, 1, "told once, and no picture was asked for");
    let again = agent.get(&hire).await;
    assert!(again.statements.len() <= 8, "{:#?}", again.statements);
    app.advance(TimeDelta::minutes(10));
    let page = agent.get(&hire).await.is(200);
    assert_eq!(pictures(&page), 1);
    assert!(!page.says("de nouveau montrées"), "{page:?}");
}

/// One is left, for two proofs of a page each: the first is shown, and nobody was told anything yet.
#[tokio::test]
async fn what_is_left_is_shown() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let employer = siae(&app).await;
    for (hire, wanted) in [(0, &[Criterion::Rsa, Criterion::Qpv][..]), (1, &[Criterion::Rsa][..])] {
        let wanted = Criteria::choose(wanted.iter().copied()).unwrap();
        let none = SeenChoice::default();
        controls::choose(&app.app, &employer, drawn.hires[hire], &wanted, &none).await.unwrap();
    }
    drawn.give_all(&app).await;
    controls::submit(&app.app, &employer, drawn.control, None).await.unwrap();
    look_until(&app, 1).await;
    let agent = app.browser(Persona::Inspector).await;
    let page = agent.get(&format!("/control-hires/{}", drawn.hires[0])).await.is(200);
    assert_eq!(pictures(&page), 1);
    assert!(page.says("de nouveau montrées") && !page.says("en sont informés"), "{page:?}");
    app.run_jobs().await;
}
