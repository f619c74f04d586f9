//! Requests that wait are reminded (rule book 03 §6.7).

use chrono::TimeDelta;
use iae_app::Ctx;
use iae_app::pass::prolongation::remind_all;
use iae_domain::ids::UserId;
use iae_tests::{Persona, TestApp, world};

use super::{asked, hired};

/// The task runs every day at the same hour; answers who was told, day by day.
async fn days(app: &TestApp, days: i64) -> Vec<(i64, Vec<String>)> {
    let mut told = vec![];
    for day in 1..=days {
        app.advance(TimeDelta::days(1));
        remind_all(&app.app, &Ctx::system(app.now())).await.unwrap();
        let mails = app.run_jobs_and_mails().await;
        if !mails.is_empty() {
            told.push((day, mails.into_iter().map(|mail| mail.recipient).collect()));
        }
    }
    told
}

#[tokio::test]
async fn at_10_20_and_30_days_then_silence() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    asked(&app, pass).await;
    app.run_jobs_and_mails().await;
    let told = days(&app, 45).await;
    assert_eq!(told.iter().map(|(day, _)| *day).collect::<Vec<_>>(), [10, 20, 30]);
    for (_, recipients) in told {
        assert!(recipients.contains(&Persona::Prescriber.email().to_owned()), "{recipients:?}");
        assert!(recipients.contains(&Persona::PrescriberAdmin.email().to_owned()), "{recipients:?}");
    }
}

/// The prescriber and ten colleagues at most, those who administer the organisation first.
#[tokio::test]
async fn no_more_than_ten_colleagues_are_reminded() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    asked(&app, pass).await;
    app.run_jobs_and_mails().await;
    for rank in 0..15_u128 {
        let id = UserId(uuid::Uuid::from_u128(0x9000 + rank));
        sqlx::query(
            "WITH person AS (
                 INSERT INTO users (id, kind, email, first_name, last_name, phone, created_at)
                 VALUES ($1, 'professional', $2, 'Zoé', 'Durand', '0387000000', $4)
             )
             INSERT INTO memberships (id, user_id, organisation_id, joined_at, updated_at) VALUES ($1, $1, $3, $4, $4)",
        )
        .bind(id)
        .bind(format!("zoe.durand{rank}@ml.exemple.fr"))
        .bind(world::MISSION_LOCALE)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    }
    let told = days(&app, 11).await;
    let [(10, recipients)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(recipients.len(), 11, "{recipients:?}");
    assert!(recipients.contains(&Persona::PrescriberAdmin.email().to_owned()), "{recipients:?}");
}
