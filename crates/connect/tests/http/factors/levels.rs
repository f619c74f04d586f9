//! `acr`, `acr_values`, `claims`: a relying party that asks for two factors gets them.

use chrono::TimeDelta;
use iae_test_database::migrated;
use reqwest::StatusCode;
use serde_json::json;
use url::Url;

use super::{SecondPage, add_application, claims, now, with_application};
use crate::support::{Browser, CLIENT, EMAIL, PASSWORD, Provider, location, param, sign_up};

const ESSENTIAL: &str = r#"{"id_token": {"acr": {"essential": true, "values": ["eidas2"]}}}"#;

#[tokio::test]
async fn who_has_no_second_factor_adds_one_and_goes_on() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    for (index, asked) in [("acr_values", "eidas2"), ("claims", ESSENTIAL)].into_iter().enumerate() {
        let email = format!("agent{index}@structure.example");
        sign_up(&provider.db, &email, now(&provider)).await;
        let browser = Browser::new();
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[asked])).await;
        let factors = location(&login.submit(&browser, &email, PASSWORD).await);
        assert!(factors.starts_with("/factors?request="), "{factors}");
        // Asking again without a page is refused, with one leads to the same place.
        let silent = provider.authorize_url(CLIENT, &[asked, ("prompt", "none")]);
        let refused = location(&browser.get(&silent).await);
        assert_eq!(param(&refused, "error").as_deref(), Some("interaction_required"));
        let again = location(&browser.get(&provider.authorize_url(CLIENT, &[asked])).await);
        assert!(again.starts_with("/factors?request="), "{again}");

        let add = factors.replace("/factors?", "/factors/application?");
        let (_, codes) = add_application(&provider, &browser, &add).await;
        assert_eq!(codes.status, StatusCode::OK);
        let on =
            Url::parse(&provider.issuer).unwrap().join(&codes.attribute("main a.fr-btn", "href")).unwrap();
        assert_eq!(on.path(), "/authorize");
        let claims = claims(&provider, &browser.get(on.as_str()).await).await;
        assert_eq!(claims["acr"], "eidas2");
        assert_eq!(claims["amr"], json!(["pwd", "otp", "mfa"]));
        assert_eq!(claims["nonce"], "the-nonce");
    }
}

#[tokio::test]
async fn a_session_of_one_factor_is_raised_and_stays_the_same_session() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let former = Browser::new();
    former.log_in(&provider, CLIENT).await;
    let before = claims(&provider, &former.get(&provider.authorize_url(CLIENT, &[])).await).await;
    assert_eq!(before["acr"], "eidas1");
    let (_, application, _) = with_application(&provider).await;

    let plain = claims(&provider, &former.get(&provider.authorize_url(CLIENT, &[])).await).await;
    assert_eq!(plain["acr"], "eidas1", "who asks for nothing gets what there is");
    let demanding = provider.authorize_url(CLIENT, &[("acr_values", "eidas2")]);
    let second = SecondPage::of(&provider, &former.get(&demanding).await);
    let raised = second.submit(&former, &application.code(&provider)).await;
    let after = claims(&provider, &raised).await;
    assert_eq!(after["acr"], "eidas2");
    assert_eq!(after["sid"], before["sid"]);
    assert_eq!(after["auth_time"], before["auth_time"]);
    let again = claims(&provider, &former.get(&demanding).await).await;
    assert_eq!(again["acr"], "eidas2");
}

/// OpenID Connect Core §3.1.2.1: `prompt=login` and an old session ask for both factors again.
#[tokio::test]
async fn signing_in_again_asks_for_both_factors_again_in_the_same_session() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (browser, application, _) = with_application(&provider).await;
    let before = claims(&provider, &browser.get(&provider.authorize_url(CLIENT, &[])).await).await;
    provider.clock.advance(TimeDelta::minutes(10));
    for asked in [("prompt", "login"), ("max_age", "300")] {
        provider.clock.advance(TimeDelta::minutes(6));
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[asked])).await;
        let second = SecondPage::of(&provider, &login.submit(&browser, EMAIL, PASSWORD).await);
        let claims = claims(&provider, &second.submit(&browser, &application.code(&provider)).await).await;
        assert_eq!(claims["auth_time"], now(&provider).timestamp());
        assert_eq!(claims["sid"], before["sid"], "the same person in the same browser");
    }
}

/// OpenID Connect Core §3.1.2.1 (`id_token_hint`) and §5.5.1 (`sub`): nobody else answers.
#[tokio::test]
async fn a_relying_party_that_asks_for_one_person_gets_no_other() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let (_, tokens) = provider.tokens(CLIENT).await;
    let other = "amel.benali@structure.example";
    sign_up(&provider.db, other, now(&provider)).await;
    let of_camille = json!({"id_token": {"sub": {"value": provider.camille}}}).to_string();
    let hint = tokens["id_token"].as_str().unwrap();
    for asked in [("id_token_hint", hint), ("claims", of_camille.as_str())] {
        let browser = Browser::new();
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[])).await;
        login.submit(&browser, other, PASSWORD).await;
        let silent = provider.authorize_url(CLIENT, &[asked, ("prompt", "none")]);
        let refused = location(&browser.get(&silent).await);
        assert_eq!(param(&refused, "error").as_deref(), Some("login_required"), "{asked:?}");
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[asked])).await;
        let refused = location(&login.submit(&browser, other, PASSWORD).await);
        assert_eq!(param(&refused, "error").as_deref(), Some("login_required"), "{asked:?}");
        assert_eq!(param(&refused, "code"), None);
        let login = browser.open_login(&provider.authorize_url(CLIENT, &[asked])).await;
        let answer = login.submit(&browser, EMAIL, PASSWORD).await;
        assert_eq!(claims(&provider, &answer).await["sub"], provider.camille.to_string());
    }
}

#[tokio::test]
async fn who_is_asked_to_open_an_account_is_shown_how() {
    let (db, _database) = migrated(&iae_connect::MIGRATOR).await;
    let provider = Provider::start(db).await;
    let browser = Browser::new();
    browser.log_in(&provider, CLIENT).await;
    let register = location(&browser.get(&provider.authorize_url(CLIENT, &[("prompt", "create")])).await);
    assert!(register.starts_with("/register?request="), "{register}");
}
