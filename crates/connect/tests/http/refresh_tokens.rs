//! Refresh tokens (RFC 9700 §4.14), tokens taken back (RFC 7009), and what they are worth (RFC 7662).

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::relying_party::payload;
use crate::support::{
    Browser, CLIENT, EMAIL, OTHER_CLIENT, PASSWORD, Provider, RelyingParty, http, location, param, post_form,
    read_json,
};

const REFUSED: StatusCode = StatusCode::BAD_REQUEST;

/// A provider whose first relying party gets refresh tokens.
async fn start(db: PgPool) -> Provider {
    let provider = Provider::start(db).await;
    provider.register(CLIENT, |client| client.refresh_tokens = true).await;
    provider
}

fn text<'t>(tokens: &'t Value, name: &str) -> &'t str {
    tokens[name].as_str().unwrap_or_else(|| panic!("no {name} in {tokens}"))
}

impl Provider {
    async fn refresh(&self, client: RelyingParty, token: &str, more: &[(&str, &str)]) -> (StatusCode, Value) {
        let form = [&[("grant_type", "refresh_token"), ("refresh_token", token)][..], more].concat();
        read_json(self.ask(client, "/token", &form).await).await
    }

    async fn inspect(&self, client: RelyingParty, token: &str) -> Value {
        let (status, answer) = read_json(self.ask(client, "/introspect", &[("token", token)]).await).await;
        assert_eq!(status, StatusCode::OK);
        answer
    }

    async fn revoke(&self, client: RelyingParty, token: &str) -> StatusCode {
        self.ask(client, "/revoke_token", &[("token", token)]).await.status()
    }
}

#[tokio::test]
async fn a_refresh_token_is_exchanged_for_others_at_each_use() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (_, first) = provider.tokens(CLIENT).await;
    provider.clock.advance(TimeDelta::minutes(10));
    let (status, second) = provider.refresh(CLIENT, text(&first, "refresh_token"), &[]).await;
    assert_eq!(status, StatusCode::OK, "{second}");
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_eq!(second["scope"], "openid profile email");
    for tokens in [&first, &second] {
        assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    }
    let (before, after) = (payload(text(&first, "id_token")), payload(text(&second, "id_token")));
    for claim in ["iss", "sub", "aud", "auth_time", "acr", "amr", "sid"] {
        assert_eq!(before[claim], after[claim], "{claim}");
    }
    assert!(after.get("nonce").is_none(), "OpenID Connect Core §12.2");
    assert_eq!(after["iat"].as_i64().unwrap() - before["iat"].as_i64().unwrap(), 600);
    let (status, third) = provider.refresh(CLIENT, text(&second, "refresh_token"), &[]).await;
    assert_eq!(status, StatusCode::OK, "{third}");
}

#[tokio::test]
async fn a_refresh_token_used_again_ends_its_family() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (browser, first) = provider.tokens(CLIENT).await;
    let (_, second) = provider.refresh(CLIENT, text(&first, "refresh_token"), &[]).await;
    let (status, error) = provider.refresh(CLIENT, text(&first, "refresh_token"), &[]).await;
    assert_eq!((status, &error["error"]), (REFUSED, &"invalid_grant".into()));
    let (status, _) = provider.refresh(CLIENT, text(&second, "refresh_token"), &[]).await;
    assert_eq!(status, REFUSED, "nobody can tell whose it is any more");
    for tokens in [&first, &second] {
        assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    }
    assert!(browser.is_signed_in(&provider).await, "the person is still there");
    let told: i64 = sqlx::query_scalar(
        "select count(*) from connect.events where detail = 'refresh_token_reused' and account_id = $1",
    )
    .bind(provider.camille)
    .fetch_one(&provider.db)
    .await
    .unwrap();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn of_two_uses_at_once_one_is_a_theft() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (_, first) = provider.tokens(CLIENT).await;
    let token = text(&first, "refresh_token");
    let (one, other) =
        tokio::join!(provider.refresh(CLIENT, token, &[]), provider.refresh(CLIENT, token, &[]));
    let mut answers = [one.0, other.0];
    answers.sort();
    assert_eq!(answers, [StatusCode::OK, REFUSED]);
    let won = if one.0 == StatusCode::OK { one.1 } else { other.1 };
    assert_eq!(provider.refresh(CLIENT, text(&won, "refresh_token"), &[]).await.0, REFUSED);
}

#[tokio::test]
async fn a_refresh_token_is_of_its_client_its_session_and_its_scopes() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (browser, tokens) = provider.tokens(CLIENT).await;
    let token = text(&tokens, "refresh_token").to_owned();
    assert_eq!(provider.refresh(OTHER_CLIENT, &token, &[]).await.0, REFUSED);
    for scope in ["openid usual_name", "email", "openid phone"] {
        let (status, body) = provider.refresh(CLIENT, &token, &[("scope", scope)]).await;
        assert_eq!((status, &body["error"]), (REFUSED, &"invalid_scope".into()), "{scope}");
    }
    let (status, less) = provider.refresh(CLIENT, &token, &[("scope", "openid email")]).await;
    assert_eq!(status, StatusCode::OK, "another client and more scopes did not use it up: {less}");
    assert_eq!(less["scope"], "openid email");
    assert!(provider.userinfo(&less["access_token"]).await.1.get("given_name").is_none());
    let (_, all) = provider.refresh(CLIENT, text(&less, "refresh_token"), &[]).await;
    assert_eq!(all["scope"], "openid profile email", "what was granted stays granted");

    browser.post(&provider.url("/logout/confirmation"), &[]).await;
    let (status, error) = provider.refresh(CLIENT, text(&all, "refresh_token"), &[]).await;
    assert_eq!((status, &error["error"]), (REFUSED, &"invalid_grant".into()));

    let (_, tokens) = provider.tokens(CLIENT).await;
    provider.clock.advance(TimeDelta::minutes(30));
    let late = provider.refresh(CLIENT, text(&tokens, "refresh_token"), &[]).await;
    assert_eq!(late.0, REFUSED, "the session is over");
    assert_eq!(provider.refresh(CLIENT, "guess", &[]).await.0, REFUSED);
}

/// OpenID Connect Core §11.
#[tokio::test]
async fn the_scope_offline_access_gives_one_to_whom_it_is_allowed() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    assert!(tokens.get("refresh_token").is_none());
    provider.register(CLIENT, |client| client.scopes = "openid offline_access".to_owned()).await;
    let browser = Browser::new();
    let url = provider.authorize_url(CLIENT, &[("scope", "openid offline_access")]);
    let login = browser.open_login(&url).await;
    let back = login.submit(&browser, EMAIL, PASSWORD).await;
    let code = param(&location(&back), "code").unwrap();
    let (_, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    assert_eq!(tokens["scope"], "openid offline_access");
    assert_eq!(provider.refresh(CLIENT, text(&tokens, "refresh_token"), &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_replayed_code_ends_what_was_refreshed_from_it() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    let (_, first) = provider.exchange(CLIENT, &code, &[]).await;
    let (_, second) = provider.refresh(CLIENT, text(&first, "refresh_token"), &[]).await;
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, REFUSED);
    assert_eq!(provider.refresh(CLIENT, text(&second, "refresh_token"), &[]).await.0, REFUSED);
    assert_eq!(provider.userinfo(&second["access_token"]).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_client_learns_what_its_own_tokens_are_worth_and_nothing_of_others() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    for (name, kind) in [("access_token", "access_token"), ("refresh_token", "refresh_token")] {
        let token = text(&tokens, name);
        let live = provider.inspect(CLIENT, token).await;
        assert_eq!(live["active"], true);
        assert_eq!(live["token_type"], kind);
        assert_eq!(live["client_id"], CLIENT.id);
        assert_eq!(live["sub"], provider.camille.to_string());
        assert_eq!(live["scope"], "openid profile email");
        assert_eq!(live["exp"].as_i64().unwrap() - live["iat"].as_i64().unwrap(), 1800);
        assert_eq!(provider.inspect(OTHER_CLIENT, token).await, json!({"active": false}));
    }
    assert_eq!(provider.inspect(CLIENT, "guess").await, json!({"active": false}));
    let (_, second) = provider.refresh(CLIENT, text(&tokens, "refresh_token"), &[]).await;
    assert_eq!(provider.inspect(CLIENT, text(&tokens, "refresh_token")).await, json!({"active": false}));
    provider.clock.advance(TimeDelta::minutes(30));
    assert_eq!(provider.inspect(CLIENT, text(&second, "access_token")).await, json!({"active": false}));
}

#[tokio::test]
async fn a_client_takes_its_own_tokens_back_and_no_others() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    assert_eq!(provider.revoke(OTHER_CLIENT, access).await, StatusCode::OK, "as good as taken back");
    assert_eq!(provider.revoke(OTHER_CLIENT, refresh).await, StatusCode::OK);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    assert_eq!(provider.revoke(CLIENT, access).await, StatusCode::OK);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    let (status, second) = provider.refresh(CLIENT, refresh, &[]).await;
    assert_eq!(status, StatusCode::OK, "an access token goes alone");
    assert_eq!(provider.revoke(CLIENT, text(&second, "refresh_token")).await, StatusCode::OK);
    assert_eq!(provider.userinfo(&second["access_token"]).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(provider.refresh(CLIENT, text(&second, "refresh_token"), &[]).await.0, REFUSED);
    assert_eq!(provider.revoke(CLIENT, "guess").await, StatusCode::OK);
}

#[tokio::test]
async fn who_does_not_prove_who_they_are_is_told_nothing() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    let token = text(&tokens, "refresh_token");
    for path in ["/introspect", "/revoke_token", "/token"] {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token), ("token", token)];
        for request in [
            http().post(provider.url(path)),
            http().post(provider.url(path)).basic_auth(CLIENT.id, Some("wrong")),
            http().post(provider.url(path)).basic_auth(CLIENT.id, Some(OTHER_CLIENT.secret)),
        ] {
            let response = post_form(request, &form).await;
            assert!(response.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));
            let (status, error) = read_json(response).await;
            assert_eq!(
                (status, &error["error"]),
                (StatusCode::UNAUTHORIZED, &"invalid_client".into()),
                "{path}"
            );
        }
    }
    for path in ["/introspect", "/revoke_token"] {
        assert_eq!(provider.ask(CLIENT, path, &[]).await.status(), REFUSED, "no token is named");
    }
    // In an address a token would end up in logs.
    let got = http().get(provider.url("/introspect")).basic_auth(CLIENT.id, Some(CLIENT.secret)).send().await;
    assert_eq!(got.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(provider.refresh(CLIENT, token, &[]).await.0, StatusCode::OK, "none of it used it up");
}
