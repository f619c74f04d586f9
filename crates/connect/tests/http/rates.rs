//! What an address and an account may ask for in a minute (SES-15).

use iae_server::AddressSource;
use iae_test_database::migrated;
use reqwest::{Response, StatusCode};

use crate::support::{Browser, CLIENT, OTHER_CLIENT, Page, Provider, http, post_form};

fn waits(response: &Response) -> u64 {
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    response.headers()["retry-after"].to_str().unwrap().parse().unwrap()
}

/// Pages are an address's; the sign-ins of a relying party, which all come from its own, go on whatever is asked beside.
#[tokio::test]
async fn an_address_has_so_many_pages_a_minute_and_relying_parties_are_not_held_back() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_with(db, "", |config| {
        config.client_ip = AddressSource::ForwardedByProxy;
        config.rates.anonymous_pages_per_minute = 4.try_into().unwrap();
    })
    .await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    let paths = ["/authorize", "/login", "/logout", "/", "/.well-known/openid-configuration"];
    for path in paths.iter().cycle().take(20) {
        http().get(provider.url(path)).send().await.unwrap();
    }
    for path in paths.into_iter().chain(["/.well-known/jwks.json"]) {
        let response = http().get(provider.url(path)).send().await.unwrap();
        assert!((1..=16).contains(&waits(&response)), "{path}");
        let page = Page::read(response).await;
        assert!(page.text().contains("Trop de demandes en peu de temps"), "{path}: {}", page.text());
    }
    let confirmed = Browser::new().post(&provider.url("/logout/confirmation"), &[]).await;
    waits(&confirmed);
    let elsewhere = http().get(provider.authorize_url(CLIENT, &[])).header("x-forwarded-for", "192.0.2.7");
    assert_eq!(elsewhere.send().await.unwrap().status(), StatusCode::SEE_OTHER);
    let (status, tokens) = provider.exchange(CLIENT, &code, &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(provider.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
}

/// Who fails to prove who they are is told to wait; who proves it behind the same address is served.
#[tokio::test]
async fn failures_of_relying_parties_are_counted_and_stop_nobody_else() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let code = Browser::new().log_in(&provider, CLIENT).await;
    let guess = async || {
        let request = http().post(provider.url("/token")).basic_auth(OTHER_CLIENT.id, Some("guess"));
        post_form(request, &[("grant_type", "authorization_code"), ("code", "guess")]).await
    };
    for _ in 0..30 {
        assert_eq!(guess().await.status(), StatusCode::UNAUTHORIZED);
    }
    let mut refused = guess().await;
    if refused.status() == StatusCode::UNAUTHORIZED {
        // A slow machine gave one back meanwhile.
        refused = guess().await;
    }
    waits(&refused);
    assert_eq!(crate::support::read_json(refused).await.1["error"], "temporarily_unavailable");
    waits(&http().get(provider.url("/userinfo")).bearer_auth("guess").send().await.unwrap());
    assert_eq!(provider.exchange(CLIENT, &code, &[]).await.0, StatusCode::OK);
}

/// An open session asks for codes without a word: each is a row, so each account has so many.
#[tokio::test]
async fn an_account_has_so_many_codes_a_minute() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start_with(db, "", |config| {
        config.rates.account_pages_per_minute = 3.try_into().unwrap();
    })
    .await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    for _ in 0..3 {
        browser.log_in_again(&provider, CLIENT).await;
    }
    let response = browser.get(&provider.authorize_url(CLIENT, &[])).await;
    assert!((1..=20).contains(&waits(&response)));
    assert!(Page::read(response).await.text().contains("Attendez une minute"));
    assert_eq!(
        Browser::new().get(&provider.authorize_url(CLIENT, &[])).await.status(),
        StatusCode::SEE_OTHER,
        "the address is not the account's"
    );
}
