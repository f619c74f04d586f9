//! What each provider may do with the account of someone it is not tied to yet (rule book 01 §10.5): the table of
//! `iae_domain::accounts::Contract`, through the pages.

use iae_domain::accounts::Provider::{
    self, FranceConnect, FranceTravailConnect, InclusionConnect, ProConnect,
};
use iae_tests::{Persona, TestApp};
use serde_json::json;

use super::forger::{Forger, platform};

const IN_USE: &str = "Cette adresse est celle d’un compte qui se connecte autrement";
const UNVERIFIED: &str = "Votre adresse e-mail n’est pas vérifiée";
const WRONG_KIND: &str = "Ce mode de connexion ne convient pas à votre compte";

async fn tied(app: &TestApp, persona: Persona) -> bool {
    sqlx::query_scalar("SELECT EXISTS (SELECT FROM identities WHERE user_id = $1)")
        .bind(persona.user())
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn tie(app: &TestApp, persona: Persona, provider: Provider) {
    sqlx::query("INSERT INTO identities VALUES ($1, 'someone', $2, now())")
        .bind(provider.code())
        .bind(persona.user())
        .execute(app.db())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_unknown_person_with_the_address_of_someone_is_let_in_as_the_contract_says() {
    let table = [
        (InclusionConnect, Persona::Employer, json!(true), None),
        (InclusionConnect, Persona::Employer, json!(null), Some(UNVERIFIED)),
        (InclusionConnect, Persona::Employer, json!(false), Some(UNVERIFIED)),
        (InclusionConnect, Persona::Employer, json!("yes"), Some(UNVERIFIED)),
        (InclusionConnect, Persona::Candidate, json!(true), None),
        (InclusionConnect, Persona::Candidate, json!(null), Some(UNVERIFIED)),
        (InclusionConnect, Persona::Staff, json!(true), Some(WRONG_KIND)),
        (ProConnect, Persona::Employer, json!(null), None),
        (ProConnect, Persona::Employer, json!(false), Some(UNVERIFIED)),
        (ProConnect, Persona::Candidate, json!(true), Some(WRONG_KIND)),
        (ProConnect, Persona::Staff, json!(true), Some(WRONG_KIND)),
        (FranceConnect, Persona::Candidate, json!(null), Some(IN_USE)),
        (FranceConnect, Persona::Candidate, json!(true), Some(IN_USE)),
        (FranceConnect, Persona::Employer, json!(true), Some(WRONG_KIND)),
        (FranceTravailConnect, Persona::Candidate, json!(null), Some(IN_USE)),
        (FranceTravailConnect, Persona::Candidate, json!(true), Some(IN_USE)),
        (FranceTravailConnect, Persona::Staff, json!(true), Some(WRONG_KIND)),
    ];
    for provider in Provider::ALL {
        let forger = Forger::start(*provider).await;
        for (_, persona, email_verified, refused) in table.iter().filter(|row| row.0 == *provider) {
            let app = platform(&[&forger]).await;
            let said = json!({ "email": persona.email(), "email_verified": email_verified });
            forger.says().userinfo = said;
            let page = forger.log_in(&app.visitor()).await;
            let what = format!("{provider:?} {persona:?} {email_verified}");
            match refused {
                None => drop(page.is(303)),
                Some(title) => assert_eq!(page.is(403).h1(), *title, "{what}"),
            }
            assert_eq!(tied(&app, *persona).await, refused.is_none(), "{what}");
        }
    }
}

/// A provider, and the platform where this person is tied to it.
async fn knowing(persona: Persona, provider: Provider) -> (Forger, TestApp) {
    let forger = Forger::start(provider).await;
    let app = platform(&[&forger]).await;
    tie(&app, persona, provider).await;
    (forger, app)
}

/// Who was tied before signs in by subject, whatever their address.
#[tokio::test]
async fn a_known_person_signs_in_through_each_provider() {
    for (provider, persona) in [
        (InclusionConnect, Persona::Employer),
        (ProConnect, Persona::Employer),
        (FranceConnect, Persona::Candidate),
        (FranceTravailConnect, Persona::Candidate),
    ] {
        let (forger, app) = knowing(persona, provider).await;
        let browser = app.visitor();
        forger.log_in(&browser).await.is(303);
        browser.get("/logout").await.is(200);
    }
}

/// OID-11.
#[tokio::test]
async fn the_address_of_someone_else_does_not_open_the_account_of_a_known_person() {
    for (provider, refused) in [(ProConnect, false), (FranceConnect, true)] {
        let persona = if refused { Persona::Candidate } else { Persona::Employer };
        let other = if refused { Persona::OtherCandidate } else { Persona::Prescriber };
        let (forger, app) = knowing(persona, provider).await;
        forger.says().userinfo = json!({ "email": other.email() });
        let browser = app.visitor();
        let page = forger.log_in(&browser).await;
        if refused {
            assert_eq!(page.is(403).h1(), IN_USE);
        } else {
            page.is(303);
            assert!(browser.get("/dashboard").await.is(200).says("Émile SCHMITT"));
        }
        assert!(!tied(&app, other).await);
    }
}

/// AUT-12: an id token that says more than who somebody is at the provider stands in no address; the session there is
/// closed all the same, for the client that asks.
#[tokio::test]
async fn an_id_token_with_a_name_is_not_sent_in_an_address() {
    for (provider, persona) in [
        (ProConnect, Persona::Employer),
        (FranceConnect, Persona::Candidate),
        (FranceTravailConnect, Persona::Candidate),
    ] {
        let (forger, app) = knowing(persona, provider).await;
        forger.says().token = json!({ "given_name": "Camille", "email": "camille@exemple.fr" });
        let browser = app.visitor();
        forger.log_in(&browser).await.is(303);
        let out = browser.get("/logout").await.form("main form").submit().await.is(303).location().unwrap();
        let url: url::Url = out.parse().unwrap();
        let names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
        assert_eq!(names, ["client_id", "post_logout_redirect_uri", "state"], "{provider:?}");
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        browser.get("/dashboard").await.is(303);
        browser.get(&format!("/logout/callback?state={state}")).await.is(303);
    }
}

/// AUT-11: ProConnect and FranceConnect are told to close their session by their own address, and the way back is that
/// of this logout alone.
#[tokio::test]
async fn the_session_of_a_provider_that_takes_no_form_is_closed_by_its_address() {
    for (provider, persona) in [(ProConnect, Persona::Employer), (FranceConnect, Persona::Candidate)] {
        let (forger, app) = knowing(persona, provider).await;
        let browser = app.visitor();
        forger.log_in(&browser).await.is(303);
        let out = browser.get("/logout").await.form("main form").submit().await.is(303).location().unwrap();
        assert!(out.starts_with(&format!("{}/end?id_token_hint=", forger.issuer)), "{out}");
        let url: url::Url = out.parse().unwrap();
        let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        browser.get("/dashboard").await.is(303);
        browser.get("/logout/callback?state=of-nobody").await.is(403);
        let back = browser.get(&format!("/logout/callback?state={state}")).await.is(303);
        assert_eq!(back.location().as_deref(), Some("/"));
        browser.get(&format!("/logout/callback?state={state}")).await.is(403);
    }
}

/// OID-19: even tied by hand to an account of the team, an identity opens nothing.
#[tokio::test]
async fn no_provider_signs_the_team_in() {
    for provider in Provider::ALL {
        let (forger, app) = knowing(Persona::Staff, *provider).await;
        let browser = app.visitor();
        assert_eq!(forger.log_in(&browser).await.is(403).h1(), WRONG_KIND, "{provider:?}");
        browser.get("/admin").await.is(303);
    }
}

/// OID-15: nobody matches; an account of the kind of the provider is opened, and its holder meets what comes first.
#[tokio::test]
async fn an_unknown_person_has_an_account_opened() {
    for (provider, kind) in [
        (InclusionConnect, "professional"),
        (ProConnect, "professional"),
        (FranceConnect, "job_seeker"),
        (FranceTravailConnect, "job_seeker"),
    ] {
        let forger = Forger::start(provider).await;
        let app = platform(&[&forger]).await;
        forger.says().userinfo = json!({ "email_verified": true });
        forger.log_in(&app.visitor()).await.is(303);
        let (found, name): (String, String) = sqlx::query_as(
            "SELECT kind, full_name(first_name, last_name) FROM users WHERE email = 'personne@exemple.fr'",
        )
        .fetch_one(app.db())
        .await
        .unwrap();
        assert_eq!((found.as_str(), name.as_str()), (kind, "Camille MARTIN"), "{provider:?}");
        let trail = ["account.opened", "account.identity_linked", "account.logged_in"];
        assert_eq!(app.audit_trail().await, trail, "{provider:?}");
        // The same again is no second account.
        forger.log_in(&app.visitor()).await.is(303);
        let accounts: i64 =
            sqlx::query_scalar("SELECT count(*) FROM users WHERE email = 'personne@exemple.fr'")
                .fetch_one(app.db())
                .await
                .unwrap();
        assert_eq!(accounts, 1, "{provider:?}");
    }
}

/// OID-20: what began for an address does not end with another; nothing is written.
#[tokio::test]
async fn another_address_than_the_invited_one_signs_nobody_in() {
    let forger = Forger::start(InclusionConnect).await;
    let app = platform(&[&forger]).await;
    forger.says().userinfo = json!({ "email": Persona::Employer.email(), "email_verified": true });
    let browser = app.visitor();
    let begun = "/login/ic?return_to=/invitations/own&login_hint=autre@exemple.fr&expected=true";
    let begun = browser.get(begun).await.is(303);
    let callback = begun.follow_once().await.location().unwrap();
    let page = browser.get(&callback).await.is(403);
    assert_eq!(page.h1(), "Ce n’est pas l’adresse attendue");
    assert!(page.says("autre@exemple.fr") && page.says(Persona::Employer.email()), "{page:?}");
    assert_eq!(page.link("Revenir à l’invitation"), "/invitations/own", "back to where it began");
    assert!(!tied(&app, Persona::Employer).await);
    assert!(app.audit_trail().await.is_empty());

    // INV-11: the session of the provider is closed, and the page says it again.
    let leave = page.form("main form");
    assert_eq!(leave.action().as_str(), format!("{}/end", forger.issuer));
    let fields = leave.pairs();
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    assert_eq!(field("post_logout_redirect_uri").unwrap(), "https://parcours.test/logout/callback");
    assert!(field("id_token_hint").is_some(), "it takes a form");
    browser.get("/logout/callback?state=of-nobody").await.is(403);
    let back = format!("/logout/callback?state={}", field("state").unwrap());
    let back = browser.get(&back).await.is(303);
    assert_eq!(back.location().as_deref(), Some("/invitations/own"));
    let login = browser.get("/login").await.is(200);
    assert_eq!(login.flash().as_deref(), Some("Ce n’est pas l’adresse attendue"));
    assert!(login.says("autre@exemple.fr") && login.says(Persona::Employer.email()), "{login:?}");
    browser.get(&format!("/logout/callback?state={}", field("state").unwrap())).await.is(403);
}

/// OID-17, OID-25: whoever is refused is led out of the provider, by its own address where it takes no form and without what
/// says who they are; whoever was signed in here stays so.
#[tokio::test]
async fn a_refusal_closes_the_session_of_the_provider() {
    for provider in [ProConnect, FranceConnect, FranceTravailConnect] {
        let (forger, app) = knowing(Persona::Staff, provider).await;
        forger.says().token = json!({ "given_name": "Camille" });
        let browser = app.browser(Persona::OtherPrescriber).await;
        let page = forger.log_in(&browser).await.is(403);
        assert_eq!(page.h1(), WRONG_KIND);
        let leave = page.form("main form");
        assert_eq!(leave.method().as_str(), "GET", "{provider:?}");
        assert_eq!(leave.names(), ["client_id", "post_logout_redirect_uri", "state"], "AUT-12 {provider:?}");
        let state = leave.pairs().into_iter().find(|(name, _)| name == "state").unwrap().1;
        let back = browser.get(&format!("/logout/callback?state={state}")).await.is(303);
        assert_eq!(back.location().as_deref(), Some("/login?return_to=%2Fdashboard"), "{provider:?}");
        assert_eq!(browser.get("/dashboard").await.is(200).flash().as_deref(), Some(WRONG_KIND));
    }
    // What the provider does not say is told the same way; what is not its own says nothing of a session there.
    let (forger, app) = knowing(Persona::Employer, InclusionConnect).await;
    forger.says().userinfo = json!({ "email": null });
    assert!(forger.log_in(&app.visitor()).await.is(403).has_form("/end"));
    forger.says().token = json!({ "aud": "another" });
    assert!(!forger.log_in(&app.visitor()).await.is(403).has_form("/end"));
}

/// OID-10: names and address follow the provider; what it does not say, or does not prove, erases nothing.
#[tokio::test]
async fn what_the_provider_says_of_a_known_person_becomes_theirs() {
    let (forger, app) = knowing(Persona::Employer, InclusionConnect).await;
    forger.says().userinfo = json!({ "email": "nouvelle@exemple.fr", "email_verified": true });
    forger.log_in(&app.visitor()).await.is(303);
    let known = async || -> (String, String) {
        sqlx::query_as("SELECT email, last_name FROM users WHERE id = $1")
            .bind(Persona::Employer.user())
            .fetch_one(app.db())
            .await
            .unwrap()
    };
    assert_eq!(known().await, ("nouvelle@exemple.fr".to_owned(), "Martin".to_owned()));
    forger.says().userinfo = json!({ "email": "non-prouvee@exemple.fr", "email_verified": false });
    forger.log_in(&app.visitor()).await.is(303);
    assert_eq!(known().await.0, "nouvelle@exemple.fr");
}
