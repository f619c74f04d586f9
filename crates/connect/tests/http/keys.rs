//! The signing keys: turned while the provider runs, and unreadable at rest.

use chrono::{DateTime, TimeDelta, Utc};
use iae_connect::keys::{
    Keyring, KeysSecret, PUBLISHED_AFTER_USE, PUBLISHED_BEFORE_USE, PrivateKey, Rotation,
};
use iae_connect::{Clock, Config, Connect, Error, purge};
use iae_test_database::migrated;
use serde_json::Value;
use sqlx::PgPool;

use crate::relying_party::header;
use crate::support::{CLIENT, Provider, http, keyring, read_json, signing_key};

fn now() -> DateTime<Utc> {
    "2026-09-01T08:00:00Z".parse().unwrap()
}

impl Provider {
    async fn jwks(&self) -> Vec<Value> {
        let response = http().get(self.url("/.well-known/jwks.json")).send().await.unwrap();
        assert_eq!(response.headers()["cache-control"], "public, max-age=300");
        read_json(response).await.1["keys"].as_array().unwrap().clone()
    }

    async fn signed_with(&self) -> Value {
        let (_, tokens) = self.tokens(CLIENT).await;
        header(tokens["id_token"].as_str().unwrap())["kid"].clone()
    }
}

#[tokio::test]
async fn a_new_key_is_published_a_day_before_it_signs_and_the_old_one_until_its_last_token_is_dead() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let before = provider.jwks().await;
    assert_eq!(before.len(), 1);
    assert_eq!(before[0]["kty"], "RSA");
    for private in ["d", "p", "q", "dp", "dq", "qi"] {
        assert!(before[0].get(private).is_none(), "{private} is published");
    }

    let signs_from = now() + PUBLISHED_BEFORE_USE;
    let others_until = signs_from + PUBLISHED_AFTER_USE;
    let rotation = keyring(&provider.db).rotate(now()).await.unwrap();
    assert_eq!(rotation, Rotation::Begun { signs_from, others_until });
    assert_eq!(provider.jwks().await.len(), 2);
    assert_eq!(provider.signed_with().await, before[0]["kid"]);

    provider.clock.advance(PUBLISHED_BEFORE_USE);
    assert_ne!(provider.signed_with().await, before[0]["kid"]);
    provider.clock.advance(TimeDelta::minutes(34));
    assert_eq!(provider.jwks().await.len(), 2, "tokens of 30 minutes, on clocks that differ by less than 5");

    provider.clock.advance(TimeDelta::minutes(1));
    let after = provider.jwks().await;
    assert_eq!(after.len(), 1);
    assert_ne!(after[0]["kid"], before[0]["kid"]);

    let kept = |kept_until| {
        let db = provider.db.clone();
        async move {
            purge(&db, kept_until).await.unwrap();
            sqlx::query_scalar::<_, i64>("select count(*) from connect.signing_keys")
                .fetch_one(&db)
                .await
                .unwrap()
        }
    };
    assert_eq!(kept(others_until + TimeDelta::days(30)).await, 2, "still recognised in logout hints");
    assert_eq!(kept(others_until + TimeDelta::days(31)).await, 1);
    assert_eq!(provider.jwks().await, after);
}

#[tokio::test]
async fn rotations_asked_at_once_and_again_make_one_key() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let keyring = keyring(&provider.db);
    let (one, other) = tokio::join!(keyring.rotate(now()), keyring.rotate(now()));
    let begun = [one.unwrap(), other.unwrap(), keyring.rotate(now() + TimeDelta::hours(1)).await.unwrap()]
        .iter()
        .filter(|rotation| matches!(rotation, Rotation::Begun { .. }))
        .count();
    assert_eq!(begun, 1);
    assert_eq!(provider.jwks().await.len(), 2);

    let later = now() + PUBLISHED_BEFORE_USE;
    assert!(
        matches!(keyring.rotate(later).await.unwrap(), Rotation::Begun { .. }),
        "it signs: another may come"
    );
}

#[tokio::test]
async fn a_key_that_leaked_is_replaced_at_once() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let leaked = provider.jwks().await;
    keyring(&provider.db).replace(now()).await.unwrap();
    let published = provider.jwks().await;
    assert_eq!(published.len(), 1);
    assert_ne!(published, leaked);
    assert_eq!(provider.signed_with().await, published[0]["kid"]);
}

#[tokio::test]
async fn instances_that_start_together_make_one_key() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let keyring = keyring(&db);
    let (one, other) = tokio::join!(keyring.prepare(now()), keyring.prepare(now()));
    one.unwrap();
    other.unwrap();
    let keys: i64 =
        sqlx::query_scalar("select count(*) from connect.signing_keys").fetch_one(&db).await.unwrap();
    assert_eq!(keys, 1);
}

/// Whether a part of the private key, of any length worth having, is in the table in any spelling.
async fn readable(db: &PgPool, key: &PrivateKey) -> bool {
    let rows: Vec<String> =
        sqlx::query_scalar("select k::text from connect.signing_keys k").fetch_all(db).await.unwrap();
    let hex = key.as_pkcs8().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let parts = hex.as_bytes().chunks_exact(32).map(|part| std::str::from_utf8(part).unwrap());
    // rsaEncryption, which begins every PKCS#8 RSA key; the header of a PEM, as text and as bytea.
    let marks = ["2a864886f70d010101", "PRIVATE KEY", "50524956415445204b4559"];
    parts.chain(marks).any(|part| rows.iter().any(|row| row.contains(part)))
}

#[tokio::test]
async fn nothing_of_a_private_key_is_readable_at_rest() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let key = signing_key().await;
    assert!(!readable(&provider.db, &key).await);
    keyring(&provider.db).rotate(now()).await.unwrap();
    assert!(!readable(&provider.db, &key).await);
}

#[tokio::test]
async fn keys_an_older_version_kept_as_they_were_are_sealed_and_replaced() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let key = signing_key().await;
    let former = "the thumbprint of the key";
    sqlx::query(
        "insert into connect.signing_keys (kid, pkcs8, created_at, active_from) values ($1, $2, $3, $3)",
    )
    .bind(former)
    .bind(key.as_pkcs8())
    .bind(now() - TimeDelta::days(100))
    .execute(&db)
    .await
    .unwrap();
    assert!(readable(&db, &key).await);

    let keyring = keyring(&db);
    let (one, other) = tokio::join!(keyring.prepare(now()), keyring.prepare(now()));
    one.unwrap();
    other.unwrap();
    assert!(!readable(&db, &key).await);

    sqlx::query("update connect.signing_keys set kid = 'x' where kid = $1")
        .bind(former)
        .execute(&db)
        .await
        .unwrap();
    assert!(matches!(keyring.prepare(now()).await, Err(Error::KeysSecret)), "a row is bound to its key id");
    sqlx::query("update connect.signing_keys set kid = $1 where kid = 'x'")
        .bind(former)
        .execute(&db)
        .await
        .unwrap();

    let provider = Provider::start_without_key(db).await;
    assert_eq!(provider.jwks().await.len(), 2, "the one of before and the one that replaces it");
    let before = provider.signed_with().await;
    provider.clock.advance(PUBLISHED_BEFORE_USE);
    assert_ne!(provider.signed_with().await, before);
}

/// A start that fails leaves the keys as they were: sealed and replaced, or neither.
#[tokio::test]
async fn keys_are_sealed_and_replaced_together_or_not_at_all() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let key = signing_key().await;
    sqlx::query(
        "insert into connect.signing_keys (kid, pkcs8, created_at, active_from) values ('k', $1, $2, $2)",
    )
    .bind(key.as_pkcs8())
    .bind(now())
    .execute(&db)
    .await
    .unwrap();
    // Something the second half stumbles on.
    sqlx::query("alter table connect.signing_keys add constraint one_key check (kid = 'k')")
        .execute(&db)
        .await
        .unwrap();
    assert!(keyring(&db).prepare(now()).await.is_err());
    assert!(readable(&db, &key).await, "not sealed either: the next start begins again");
    sqlx::query("alter table connect.signing_keys drop constraint one_key").execute(&db).await.unwrap();
    keyring(&db).prepare(now()).await.unwrap();
    assert!(!readable(&db, &key).await);
    let keys: i64 =
        sqlx::query_scalar("select count(*) from connect.signing_keys").fetch_one(&db).await.unwrap();
    assert_eq!(keys, 2);
}

#[tokio::test]
async fn a_secret_that_does_not_open_the_keys_stops_the_start_and_a_rotation() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    keyring(&db).prepare(now()).await.unwrap();
    let other = || KeysSecret::new(&[9; 32]).unwrap();
    let config = Config::new("http://127.0.0.1:8071".parse().unwrap());
    let started = Connect::new(db.clone(), config.clone(), other(), Clock::fixed(now())).await;
    assert!(matches!(started, Err(Error::KeysSecret)));
    let with_other = Keyring::new(db.clone(), other());
    assert!(matches!(with_other.rotate(now()).await, Err(Error::KeysSecret)));

    with_other.replace(now()).await.unwrap();
    assert!(Connect::new(db, config, other(), Clock::fixed(now())).await.is_ok(), "the secret was lost");
}
