//! An invitation, and another account than the invited one at the identity provider.

use iae_tests::{BASE_URL, IdentityProvider, Persona, TestApp, world};

use super::invitations::invite;
use super::members::standing;
use crate::accounts::login::to_provider;

/// The button of the page of an invitation.
const WAY: &str = "Se connecter ou créer un compte avec Inclusion Connect";

/// OID-20, INV-11: another account than the invited one was open at the real provider; it is no more, and the page of the
/// invitation says why with both addresses.
#[tokio::test]
async fn the_session_of_another_account_is_closed_at_the_provider() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let link = invite(&app, Persona::Employer, Persona::NoOrganisation.email()).await;
    let browser = app.visitor();
    let page = to_provider(&browser, "/dashboard").await;
    IdentityProvider::log_in(&page, Persona::OtherPrescriber.email()).await.follow().await.is(200);
    sqlx::query("DELETE FROM sessions").execute(app.db()).await.unwrap();

    let landing = browser.get(&link).await.is(200);
    let refused = landing.click(WAY).await.follow().await.is(403);
    assert_eq!(refused.h1(), "Ce n’est pas l’adresse attendue");
    let emails = [Persona::NoOrganisation.email(), Persona::OtherPrescriber.email()];
    assert!(emails.iter().all(|email| refused.says(email)), "{refused:?}");
    let back = refused.form("main form").submit().await.follow().await.is(200);
    assert_eq!(format!("{}?{}", back.url.path(), back.url.query().unwrap()), link[BASE_URL.len()..]);
    assert_eq!(back.flash().as_deref(), Some("Ce n’est pas l’adresse attendue"));
    assert!(emails.iter().all(|email| back.says(email)), "{back:?}");
    assert_eq!(standing(&app, Persona::OtherPrescriber, world::ACI).await, (false, false));

    let again = back.click(WAY).await.follow().await.is(200);
    assert!(again.form("form").names().contains(&"password"), "the provider asks who it is: {again:?}");
    let joined = IdentityProvider::log_in(&again, Persona::NoOrganisation.email()).await.follow().await;
    assert_eq!(joined.is(200).url.path(), back.url.path());
}
