//! The roads of professionals into the platform, through the real forms (rule book 01 §8, §9.2 gate 3, §14 S8 to S13).

mod agency;
mod asking;
mod company;
mod company_link;
mod facilitator;
mod prescriber;
mod prescriber_found;
mod sirene;

use iae_domain::ids::OrganisationId;
use iae_tests::{BASE_URL, Form, Page, Persona, TestApp, world};

/// An organisation that nobody signed up yet.
pub(crate) const NEW_SIRET: &str = "44012345600018";

/// The pages of sign-ups where anyone may begin.
const PAGES: [&str; 4] =
    ["/sign-up/professional", "/sign-up/companies", "/sign-up/facilitator", "/sign-up/prescriber"];

/// What somebody is in an organisation: whether they administer it; none when they are not there.
async fn role(app: &TestApp, persona: Persona, organisation: OrganisationId) -> Option<bool> {
    sqlx::query_scalar(
        "SELECT is_admin FROM memberships WHERE user_id = $1 AND organisation_id = $2 AND is_active",
    )
    .bind(persona.user())
    .bind(organisation)
    .fetch_optional(app.db())
    .await
    .unwrap()
}

/// The organisations of a SIRET: their id, kind and name.
async fn organisations(app: &TestApp, siret: &str) -> Vec<(OrganisationId, String, String)> {
    sqlx::query_as("SELECT id, kind, name FROM organisations WHERE siret = $1 ORDER BY kind")
        .bind(siret)
        .fetch_all(app.db())
        .await
        .unwrap()
}

/// The first link of ours in the last mail of a kind.
pub(crate) async fn link_of(app: &TestApp, kind: &str) -> String {
    let text: String =
        sqlx::query_scalar("SELECT text_body FROM emails WHERE kind = $1 ORDER BY id DESC LIMIT 1")
            .bind(kind)
            .fetch_one(app.db())
            .await
            .unwrap();
    text.split_whitespace().find(|word| word.starts_with(BASE_URL)).unwrap().to_owned()
}

/// A name and an address, as they are typed where SIRENE says nothing.
pub(crate) fn with_address(form: Form, name: &str) -> Form {
    form.fill("name", name)
        .fill("address_line_1", "3 rue Serpenoise")
        .fill("post_code", "57000")
        .fill("city", "metz")
}

/// The first step of the sign-up of a prescriber organisation.
pub(crate) async fn searched(app: &TestApp, persona: Persona, siret: &str, department: &str) -> Page {
    let page = app.browser(persona).await.get("/sign-up/prescriber").await.is(200);
    let form = page.form("prescriber").fill("siret", siret).fill("department", department);
    form.press("siret").submit().await
}

/// SES-7: whoever signs in for the first time is told where to go on.
#[tokio::test]
async fn whoever_has_no_organisation_is_led_to_the_choice_of_a_profile() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::NoOrganisation).await.get("/dashboard").await.is(403);
    let start = page.click("Rejoindre ou inscrire votre structure").await.is(200);
    assert_eq!(start.h1(), "Précisez votre profil");
    for words in [
        "accompagne des personnes",
        "Un employeur",
        "clauses sociales",
        "Vous travaillez dans une institution",
    ] {
        assert!(start.says(words), "{words}: {start:?}");
    }
    assert!(!start.says("France Travail"), "for agents alone: {start:?}");
    start.click("Un organisme qui accompagne").await.is(200);
    let adding = app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    adding.click("Rejoindre une autre structure").await.is(200);
}

/// SGN-6 (DEC): each step is refused to whoever is no professional, and asks anyone else to sign in.
#[tokio::test]
async fn sign_ups_are_for_professionals_alone() {
    let app = TestApp::new().await;
    let company = format!("/sign-up/companies/{}", world::AI);
    let agency = "/sign-up/france-travail".to_owned();
    let pages = PAGES.map(ToOwned::to_owned).into_iter().chain([company, agency]);
    let posted = "/sign-up/prescriber/join-request".to_owned();
    for page in pages.chain([posted]) {
        for persona in [Persona::Candidate, Persona::Staff] {
            let browser = app.browser(persona).await;
            if !page.ends_with("join-request") {
                browser.get(&page).await.is(403);
            }
            if page != "/sign-up/professional" && page != "/sign-up/companies" {
                let siret =
                    [("siret", NEW_SIRET), ("department", "57"), ("act", "link"), ("step", "confirm")];
                browser.post(&page, &siret).await.is(403);
            }
        }
        if !page.ends_with("join-request") {
            let to = app.visitor().get(&page).await.is(303).location().unwrap();
            assert!(to.starts_with("/login?"), "{page}: {to}");
        }
    }
    assert!(organisations(&app, NEW_SIRET).await.is_empty());
}
