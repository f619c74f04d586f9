//! What must be true of both servers and their database once all has ended.

use std::time::Duration;

use iae_app::Db;
use sqlx::Executor as _;
use tokio::time::sleep;

use super::Servers;

/// Each finds what breaks a rule: half of something, or something twice.
const BROKEN: &[(&str, &str)] = &[
    (
        "an application is on hold once, with one line of history, one event and its mails",
        "SELECT a.id::text FROM applications a
         CROSS JOIN LATERAL (
             SELECT count(*) AS lines FROM application_transitions t
             WHERE t.application_id = a.id AND t.to_state = 'postponed') history
         CROSS JOIN LATERAL (
             SELECT count(*) AS events FROM audit_events e
             WHERE e.subject_id = a.id AND e.action = 'application.postponed') trail
         CROSS JOIN LATERAL (SELECT count(*) > 0 AS sent FROM emails m WHERE m.about_id = a.id) mails
         WHERE (history.lines, trail.events) <> (CASE a.state WHEN 'postponed' THEN (1::bigint, 1::bigint) ELSE (0::bigint, 0::bigint) END)
            OR mails.sent <> (a.state = 'postponed')",
    ),
    (
        "a mail has its task",
        "SELECT m.id::text FROM emails m
         WHERE m.status = 'queued'
           AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs j WHERE j.payload::text LIKE '%' || m.id || '%')",
    ),
    (
        "a code that was used gave a token, and no other did",
        "SELECT c.id::text FROM connect.authorization_codes c
         WHERE (c.used_at IS NOT NULL) <> EXISTS (SELECT FROM connect.access_tokens t WHERE t.code_id = c.id)",
    ),
    (
        "every session that stays was said when it opened, and every token",
        "SELECT a.email FROM connect.accounts a
         WHERE a.email NOT IN (SELECT b.email FROM connect.accounts b JOIN connect.events e ON e.account_id = b.id AND e.name = 'logout')
           AND ((SELECT count(*) FROM connect.sessions s WHERE s.account_id = a.id)
                    <> (SELECT count(*) FROM connect.events e WHERE e.account_id = a.id AND e.name = 'login')
             OR (SELECT count(*) FROM connect.access_tokens t WHERE t.account_id = a.id)
                    <> (SELECT count(*) FROM connect.events e WHERE e.account_id = a.id AND e.name = 'token')
             OR (SELECT count(*) FROM connect.authorization_codes c WHERE c.account_id = a.id)
                    <> (SELECT count(*) FROM connect.events e WHERE e.account_id = a.id AND e.name = 'redirect'))",
    ),
    (
        "who signed out is signed out",
        "SELECT s.id::text FROM connect.sessions s
         JOIN connect.accounts a ON a.id = s.account_id
         WHERE (SELECT max(e.id::text) FROM connect.events e WHERE e.account_id = a.id AND e.name = 'logout') > s.id::text",
    ),
];

/// Waits for what was abandoned to end, then looks.
pub async fn hold(servers: &Servers) {
    let db = servers.app.db();
    quiet(db).await;
    for (rule, query) in BROKEN {
        let broken: Vec<String> = sqlx::query_scalar(*query).fetch_all(db).await.unwrap();
        assert!(broken.is_empty(), "{rule}: {broken:?}");
    }
    let keys: Vec<String> =
        sqlx::query_scalar("SELECT storage_key FROM documents").fetch_all(db).await.unwrap();
    for key in keys {
        assert!(servers.app.files().join(&key).exists(), "a document has its content");
    }
    for pool in &servers.pools {
        whole(pool).await;
    }
}

/// Nothing runs any more: no transaction was left open, and every attempt to sign in is decided.
async fn quiet(db: &Db) {
    let busy = "SELECT state FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
                UNION ALL SELECT 'a password is being checked' FROM connect.login_failures WHERE is_pending";
    let (mut left, mut calm) = (Vec::<String>::new(), 0);
    for _ in 0..200 {
        left = sqlx::query_scalar(busy).fetch_all(db).await.unwrap();
        calm = if left.is_empty() { calm + 1 } else { 0 };
        if calm == 5 {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("something never ends: {left:?}");
}

/// Every connection can be had at once, and works: those of the pool, and those of the reserve.
async fn whole(db: &Db) {
    let pool = db.pool();
    let mut held = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = pool.acquire().await.expect("a place of the pool was lost");
        connection.execute("SELECT").await.unwrap();
        held.push(connection);
    }
    drop(held);
    let mut lent = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        let mut connection = db.acquire().await.expect("a place of the reserve was lost");
        connection.execute("SELECT").await.unwrap();
        lent.push(connection);
    }
}
