//! Many recipients, many events: the number of statements does not follow.

use iae_app::notifications::queue;
use iae_domain::Event;
use iae_domain::actor::Actor;
use iae_domain::applications::{
    ApplicationChange, ApplicationEvent, RefusalReason, Sender, SenderKind, StateCode,
};
use iae_tests::{Persona, TestApp, world};

use crate::application_drafts::{agreed, at_summary};

#[tokio::test]
async fn three_hundred_members_are_told_in_as_many_statements_as_two() {
    let app = TestApp::new().await;
    let summary = at_summary(&app.browser(Persona::Prescriber).await).await;
    let few = agreed(&summary).submit().await.is(303).statements.len();
    assert_eq!(app.run_jobs_and_mails().await.len(), 4);

    let app = TestApp::new().await;
    sqlx::query(
        "WITH joined AS (
             INSERT INTO users (id, kind, email, first_name, last_name, created_at)
             SELECT gen_random_uuid(), 'professional', 'membre' || n || '@jardins.exemple.fr', 'Membre', 'N' || n, $2
             FROM generate_series(1, 300) AS n
             RETURNING id
         )
         INSERT INTO memberships (id, user_id, organisation_id, joined_at, updated_at)
         SELECT gen_random_uuid(), id, $1, $2, $2 FROM joined",
    )
    .bind(world::ACI)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let summary = at_summary(&app.browser(Persona::Prescriber).await).await;
    let page = agreed(&summary).submit().await.is(303);
    assert_eq!(page.statements.len(), few, "{:#?}", page.statements);
    assert_eq!(app.run_jobs_and_mails().await.len(), 304);
}

#[tokio::test]
async fn fifty_refusals_at_once_take_as_many_statements_as_one() {
    let app = TestApp::new().await;
    let mut events = Vec::new();
    for _ in 0..50 {
        let application = app.scenario().application().state(StateCode::Refused).insert().await;
        let sender = Sender {
            kind: SenderKind::Prescriber,
            user: Some(world::PRESCRIBER),
            organisation: Some(world::MISSION_LOCALE),
        };
        events.push(Event::from(ApplicationEvent {
            application,
            candidate: world::CANDIDATE,
            company: world::ACI,
            sender,
            change: ApplicationChange::Refused { from: StateCode::New, reason: RefusalReason::NoPosition },
        }));
    }
    let by = Actor::System.record();
    let mut db = app.db().begin().await.unwrap();
    let mut counts = Vec::new();
    for events in [&events[..1], &events[..]] {
        let queued = queue(&app.app.config, &mut db, &by, app.now(), events);
        let (queued, statements) = app.statements(queued).await;
        assert_eq!(queued.unwrap().len(), 2 * events.len(), "the candidate and the prescriber");
        counts.push(statements);
    }
    assert_eq!(counts, [3, 3], "facts, addresses, outbox");
}
