//! The audit trail (C7): it only grows, each row is sealed after its transaction, and what was changed is found.

use chrono::{DateTime, Utc};
use iae_app::audit::chain::Broken;
use iae_app::audit::verify::{Anchor, Sound, verify};
use iae_app::audit::{purge, seal_all};
use iae_app::db::Role;
use iae_app::{Db, Tx};
use iae_tests::{Persona, TestApp};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

const INSERT: &str =
    "INSERT INTO audit_events (id, at, actor_kind, action, subject_kind, subject_id, payload, request_id)
     VALUES ($1, $2, 'system', 'test.happened', 'test', $1, '{\"of\": [1.50, \"é\\n\", null]}', $1)";

/// A row of this number and instant, written by the platform.
async fn write(tx: &mut Tx, number: u128, at: &str) -> Uuid {
    let id = Uuid::from_u128(number);
    sqlx::query(INSERT).bind(id).bind(instant(at)).execute(&mut **tx).await.unwrap();
    id
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn write_alone(app: &TestApp, number: u128, at: &str) -> Uuid {
    let mut tx = app.app.db.begin().await.unwrap();
    let id = write(&mut tx, number, at).await;
    tx.commit().await.unwrap();
    id
}

/// A minute of the worker.
async fn seal(app: &TestApp) -> u64 {
    seal_all(&app.worker().db, |_| ()).await.unwrap()
}

async fn verified(app: &TestApp) -> Result<Sound, Broken> {
    held_against(app, None).await
}

async fn held_against(app: &TestApp, anchor: Option<&Anchor>) -> Result<Sound, Broken> {
    verify(&app.db_as(Role::Reader), anchor, app.now(), |_, _| ()).await.unwrap()
}

/// What only the owner of the tables can do, and only on purpose.
async fn as_owner_by_force(app: &TestApp, statement: &str) {
    let mut tx = app.db().begin().await.unwrap();
    for statement in ["SET LOCAL session_replication_role = replica", statement] {
        sqlx::query(AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn refusal(db: &Db, statement: &str) -> String {
    let refused = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(db).await;
    let error = refused.expect_err(statement);
    error.as_database_error().and_then(|refusal| refusal.code().map(Into::into)).unwrap_or_default()
}

#[tokio::test]
async fn what_happens_on_the_platform_is_sealed_by_the_worker() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    app.browser(Persona::Staff).await.get("/admin/audit").await.is(200);
    let before = seal(&app).await;
    write_alone(&app, 1, "2026-05-04T09:00:00Z").await;
    assert_eq!(verified(&app).await.unwrap().waiting, 1);

    assert_eq!(seal(&app).await, 1);
    assert_eq!(seal(&app).await, 0, "nothing is sealed twice");
    let sound = verified(&app).await.unwrap();
    assert_eq!((sound.rows, sound.waiting), (i64::try_from(before).unwrap() + 1, 0));
}

#[tokio::test]
async fn nobody_but_the_owner_changes_the_trail_and_not_by_accident() {
    let app = TestApp::new().await;
    write_alone(&app, 1, "2026-05-04T09:00:00Z").await;
    seal(&app).await;
    let changes = [
        "UPDATE audit_events SET action = 'x'",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "DELETE FROM audit_unsealed",
        "INSERT INTO audit_unsealed VALUES (gen_random_uuid())",
        "UPDATE audit_chain SET purged_at = NULL",
        "DELETE FROM audit_chain",
        "DELETE FROM audit_seals",
        "ALTER TABLE audit_events DISABLE TRIGGER ALL",
        "SELECT set_config('session_replication_role', 'replica', false)",
    ];
    for role in [Role::Platform, Role::Worker, Role::Provider, Role::Reader] {
        let db = app.db_as(role);
        for change in changes {
            assert_eq!(refusal(&db, change).await, "42501", "{role:?} {change}");
        }
    }
    for role in [Role::Platform, Role::Provider, Role::Reader] {
        let seal = "SELECT seal_audit_events(10)";
        assert_eq!(refusal(&app.db_as(role), seal).await, "42501", "{role:?}");
    }
    for change in changes[..3].iter().chain(&changes[5..8]) {
        assert_eq!(refusal(app.db(), change).await, "23001", "{change}");
    }
    verified(&app).await.unwrap();
}

#[tokio::test]
async fn a_changed_row_is_named() {
    let app = TestApp::new().await;
    let first = write_alone(&app, 1, "2026-05-04T09:00:00Z").await;
    let second = write_alone(&app, 2, "2026-05-04T09:00:01Z").await;
    seal(&app).await;
    let sound = verified(&app).await.unwrap();
    let position = sound.rows;

    let set = |what: &str| format!("UPDATE audit_events SET {what} WHERE id = '{second}'");
    as_owner_by_force(&app, &set("action = 'test.forged'")).await;
    assert_eq!(verified(&app).await.unwrap_err(), Broken::Altered { position, event: second });
    as_owner_by_force(&app, &set("action = 'test.happened'")).await;
    verified(&app).await.unwrap();

    // With its digest, which is the owner's too: the seal tells.
    as_owner_by_force(&app, &set("payload = '{}'")).await;
    let digest =
        "UPDATE audit_chain c SET digest = audit_digest(e) FROM audit_events e WHERE e.id = c.event_id";
    as_owner_by_force(&app, digest).await;
    let number = sound.seal.number;
    assert!(matches!(verified(&app).await, Err(Broken::Seal { number: found, .. }) if found == number));

    // With all seals made again: what was noted elsewhere tells.
    as_owner_by_force(&app, "INSERT INTO audit_unsealed SELECT event_id FROM audit_chain").await;
    as_owner_by_force(&app, "DELETE FROM audit_chain").await;
    as_owner_by_force(&app, "DELETE FROM audit_seals").await;
    seal(&app).await;
    let again = verified(&app).await.unwrap();
    let anchor = Anchor { number: again.seal.number, hash: sound.seal.hash };
    assert_eq!(held_against(&app, Some(&anchor)).await.unwrap_err(), Broken::Anchor(anchor.number));
    let nowhere = Anchor { number: 0, hash: vec![0] };
    let unmet = held_against(&app, Some(&nowhere)).await.unwrap_err();
    assert_eq!(unmet, Broken::NoSeal(0), "what was not met proves nothing");

    as_owner_by_force(&app, &format!("DELETE FROM audit_events WHERE id = '{first}'")).await;
    assert!(matches!(verified(&app).await, Err(Broken::Removed { event, .. }) if event == first));
}

#[tokio::test]
async fn a_row_slipped_in_or_taken_out_before_its_seal_is_named() {
    let app = TestApp::new().await;
    seal(&app).await;
    let id = write_alone(&app, 1, "2026-05-04T09:00:00Z").await;
    as_owner_by_force(&app, "DELETE FROM audit_unsealed").await;
    assert_eq!(verified(&app).await.unwrap_err(), Broken::Unchained(id));
    as_owner_by_force(&app, &format!("INSERT INTO audit_unsealed VALUES ('{id}')")).await;
    as_owner_by_force(&app, &format!("DELETE FROM audit_events WHERE id = '{id}'")).await;
    assert_eq!(verified(&app).await.unwrap_err(), Broken::Lost(id));
    seal(&app).await;
    assert!(matches!(verified(&app).await, Err(Broken::Removed { event, .. }) if event == id));
}

/// The first seal, alone, made again as it would have been in 2019.
const SEALED_LONG_AGO: &str =
    "UPDATE audit_seals s
     SET sealed_at = a.past
       , hash = sha256(convert_to(json_build_array(s.number, s.first_position, s.last_position
                                                   , (extract(epoch FROM a.past) * 1000000)::bigint)::text, 'UTF8')
                       || s.previous_hash
                       || (SELECT string_agg(c.digest, ''::bytea ORDER BY c.position) FROM audit_chain c))
     FROM (SELECT timestamptz '2019-06-01T00:00:00Z' AS past) a";

/// What marks a row as purged is no seal: an owner who marks one that is not a year old is found out.
#[tokio::test]
async fn a_recent_row_said_to_be_purged_is_named() {
    let app = TestApp::new().await;
    let id = write_alone(&app, 1, "2019-05-04T09:00:00Z").await;
    seal(&app).await;
    let noted = verified(&app).await.unwrap().seal;
    assert_eq!(held_against(&app, Some(&noted)).await.unwrap().seal, noted);
    let mut tx = app.db().begin().await.unwrap();
    for statement in [
        "SELECT set_config('iae.audit_purge', 'on', true)".to_owned(),
        format!("DELETE FROM audit_events WHERE id = '{id}'"),
        format!("UPDATE audit_chain SET purged_at = now() WHERE event_id = '{id}'"),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    let found = held_against(&app, Some(&noted)).await;
    assert!(matches!(found, Err(Broken::Removed { event, .. }) if event == id), "{found:?}");
}

#[tokio::test]
async fn a_row_has_one_place_in_the_chain() {
    let app = TestApp::new().await;
    write_alone(&app, 1, "2026-05-04T09:00:00Z").await;
    seal(&app).await;
    let again = "INSERT INTO audit_chain (position, event_id, digest)
                 SELECT position + 1000000, event_id, digest FROM audit_chain";
    assert_eq!(refusal(app.db(), again).await, "23505");
}

#[tokio::test]
async fn what_retention_purges_keeps_its_digest() {
    let app = TestApp::new().await;
    write_alone(&app, 1, "2019-05-04T09:00:00Z").await;
    write_alone(&app, 2, "2026-05-04T09:00:00Z").await;
    let worker = &app.worker().db;
    assert_eq!(purge(worker, instant("2020-01-01T00:00:00Z")).await.unwrap(), 0, "it is not sealed yet");
    seal(&app).await;
    assert_eq!(purge(worker, instant("2020-01-01T00:00:00Z")).await.unwrap(), 0, "its seal is of today");
    as_owner_by_force(&app, SEALED_LONG_AGO).await;
    let before = verified(&app).await.unwrap();

    assert_eq!(purge(worker, instant("2020-01-01T00:00:00Z")).await.unwrap(), 1);
    let after = verified(&app).await.unwrap();
    assert_eq!((after.rows, after.purged, after.seal), (before.rows, 1, before.seal));
    assert!(purge(worker, instant("2999-01-01T00:00:00Z")).await.is_err(), "what is recent stays");
    write_alone(&app, 3, "2026-05-04T09:00:00Z").await;
    seal(&app).await;
    verified(&app).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_transaction_is_not_skipped() {
    let app = TestApp::new().await;
    seal(&app).await;
    // Begun first, with the lowest id, instant and place in the sequence; committed last.
    let mut long = app.app.db.begin().await.unwrap();
    let late = write(&mut long, 1, "2026-05-04T08:00:00Z").await;
    write_alone(&app, 2, "2026-05-04T09:00:00Z").await;
    assert_eq!(seal(&app).await, 1, "what is committed does not wait for what is not");
    write_alone(&app, 3, "2026-05-04T10:00:00Z").await;
    long.commit().await.unwrap();
    assert_eq!(seal(&app).await, 2);
    verified(&app).await.unwrap();
    let place: i64 = sqlx::query_scalar("SELECT position FROM audit_chain WHERE event_id = $1")
        .bind(late)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert!(place > 1);

    let mut given_up = app.app.db.begin().await.unwrap();
    write(&mut given_up, 4, "2026-05-04T10:00:00Z").await;
    given_up.rollback().await.unwrap();
    assert_eq!(seal(&app).await, 0);
    verified(&app).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_make_one_chain() {
    let app = TestApp::new().await;
    let sealed = seal(&app).await;
    let worker = &app.worker().db;
    for round in 0..5u128 {
        let writing = async {
            for number in 0..20 {
                write_alone(&app, 100 * (round + 1) + number, "2026-05-04T09:00:00Z").await;
            }
        };
        let sealing = async || {
            for _ in 0..10 {
                // A few at a time, so that they take turns.
                iae_app::audit::queries::seal(worker, 3).await.unwrap();
            }
        };
        tokio::join!(writing, sealing(), sealing());
    }
    seal(&app).await;
    let sound = verified(&app).await.unwrap();
    assert_eq!((sound.rows, sound.waiting), (i64::try_from(sealed).unwrap() + 100, 0));
}
