//! What a provider signs and says must be what its contract declares (OID-6, OID-7): anything else signs nobody in,
//! writes nothing, and is never an error of ours.

use chrono::TimeDelta;
use iae_connect::Clock;
use iae_domain::accounts::Algorithm::{Es256, Hs256, Rs256};
use iae_domain::accounts::Provider::{
    self, FranceConnect, FranceTravailConnect, InclusionConnect, ProConnect,
};
use iae_tests::{Persona, TestApp};
use serde_json::{Value, json};

use super::forger::{Forger, Forgery, platform};

async fn identities(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM identities").fetch_one(app.db()).await.unwrap()
}

async fn known(provider: Provider, persona: Persona) -> (TestApp, Forger) {
    let forger = Forger::start(provider).await;
    forger.says().userinfo = json!({ "email": persona.email(), "email_verified": true });
    (platform(&[&forger]).await, forger)
}

async fn is_refused(app: &TestApp, forger: &Forger, what: &str) {
    let browser = app.visitor();
    let page = forger.log_in(&browser).await;
    assert_eq!(
        (page.status, page.h1().as_str()),
        (403.try_into().unwrap(), "La connexion a échoué"),
        "{what}"
    );
    browser.get("/dashboard").await.is(303);
    assert_eq!(identities(app).await, 0, "{what}");
}

#[tokio::test]
async fn an_id_token_that_is_not_what_this_login_waits_for_signs_nobody_in() {
    let (app, forger) = known(InclusionConnect, Persona::Employer).await;
    let now = Clock::System.now().timestamp();
    for token in [
        json!({ "iss": "https://exemple.fr" }),
        json!({ "aud": "another" }),
        json!({ "aud": ["parcours-iae", "another"] }),
        json!({ "azp": "another" }),
        json!({ "exp": now - 1 }),
        json!({ "iat": now + 120 }),
        json!({ "nbf": now + 120 }),
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
        json!({ "sub": "some\0one" }),
        json!({ "sub": "x".repeat(1_000_000) }),
        json!({ "sub": "x".repeat(5_000) }),
        json!({ "sub": ["someone"] }),
        json!({ "sub": "someone else" }),
    ] {
        forger.says().token = token.clone();
        is_refused(&app, &forger, &format!("{:.60}", token.to_string())).await;
    }
    // The clock of a provider is ahead by up to a minute.
    forger.says().token = json!({ "iat": now + 30, "nbf": now + 30, "azp": "parcours-iae" });
    let browser = app.visitor();
    forger.log_in(&browser).await.is(303);
    browser.get("/dashboard").await.is(200);
}

#[tokio::test]
async fn what_userinfo_says_is_bounded_and_of_the_same_person() {
    let (app, forger) = known(InclusionConnect, Persona::Employer).await;
    let email = Persona::Employer.email();
    let said = |change: Value| {
        let mut said = json!({ "email": email, "email_verified": true });
        said.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        said
    };
    for change in [
        json!({ "sub": "another" }),
        json!({ "sub": null }),
        json!({ "family_name": null }),
        json!({ "given_name": "x".repeat(1_000_000) }),
        json!({ "given_name": "An\0ne" }),
        json!({ "email": format!("{}@exemple.fr", "x".repeat(10_000)) }),
    ] {
        forger.says().userinfo = said(change.clone());
        is_refused(&app, &forger, &format!("{:.60}", change.to_string())).await;
    }
    forger.says().userinfo = said(json!({ "email": null }));
    let page = forger.log_in(&app.visitor()).await.is(403);
    assert_eq!(page.h1(), "Votre service de connexion ne donne pas votre adresse e-mail");
}

/// The algorithm is that of the contract, whatever the provider publishes and its tokens say.
#[tokio::test]
async fn a_token_signed_with_another_algorithm_than_the_contracts_signs_nobody_in() {
    for (provider, persona) in [(InclusionConnect, Persona::Employer), (ProConnect, Persona::Employer)] {
        let (app, forger) = known(provider, persona).await;
        for algorithm in [Rs256, Es256, Hs256] {
            if algorithm != provider.contract().algorithm {
                forger.says().algorithm = algorithm;
                is_refused(&app, &forger, &format!("{provider:?} {algorithm:?}")).await;
            }
        }
        forger.says().algorithm = provider.contract().algorithm;
        forger.log_in(&app.visitor()).await.is(303);
    }
}

/// FranceConnect's and ProConnect's userinfo are signed, and say whom they are for.
#[tokio::test]
async fn a_signed_userinfo_is_verified_as_the_id_token_is() {
    let (app, forger) = known(ProConnect, Persona::Employer).await;
    for change in [json!({ "aud": "another" }), json!({ "iss": null })] {
        let mut said = json!({ "email": Persona::Employer.email() });
        said.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        forger.says().userinfo = said;
        is_refused(&app, &forger, &change.to_string()).await;
    }
    let (app, forger) = known(FranceConnect, Persona::Candidate).await;
    forger.says().token = json!({ "acr": "eidas0" });
    is_refused(&app, &forger, "acr").await;
}

/// The key a provider took back is refused, even to who holds it: once the keys of the provider were read again, which
/// a token with the new key causes at once, and an hour at the latest.
#[tokio::test]
async fn a_key_that_is_published_no_more_signs_nobody_in() {
    let (app, forger) = known(InclusionConnect, Persona::Employer).await;
    forger.log_in(&app.visitor()).await.is(303);
    let retired = forger.keys();
    forger.replace_key().await;
    forger.log_in(&app.visitor()).await.is(303);
    forger.sign_with(&retired);
    assert_eq!(forger.log_in(&app.visitor()).await.is(403).h1(), "La connexion a échoué");

    let (app, forger) = known(InclusionConnect, Persona::Employer).await;
    forger.log_in(&app.visitor()).await.is(303);
    let retired = forger.keys();
    forger.replace_key().await;
    forger.sign_with(&retired);
    app.advance(TimeDelta::hours(1));
    assert_eq!(forger.log_in(&app.visitor()).await.is(403).h1(), "La connexion a échoué");
}

/// RFC 8725 §2.1: unsigned, or signed with what everybody can read, whatever the contract asks for.
#[tokio::test]
async fn a_token_that_anyone_could_make_signs_nobody_in() {
    for (provider, persona) in [
        (InclusionConnect, Persona::Employer),
        (ProConnect, Persona::Employer),
        (FranceConnect, Persona::Candidate),
        (FranceTravailConnect, Persona::Candidate),
    ] {
        let (app, forger) = known(provider, persona).await;
        for forgery in Forgery::ALL {
            forger.says().forgery = Some(forgery);
            is_refused(&app, &forger, &format!("{provider:?} {forgery:?}")).await;
        }
    }
    // The same provider, telling the truth.
    let (app, forger) = known(InclusionConnect, Persona::Employer).await;
    forger.says().forgery = Some(Forgery::Unsigned("none"));
    is_refused(&app, &forger, "before").await;
    forger.says().forgery = None;
    forger.log_in(&app.visitor()).await.is(303);
}
