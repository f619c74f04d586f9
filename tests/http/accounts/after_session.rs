//! What is posted after the session ended is not lost with it.

use iae_tests::pdf::pdf;
use iae_tests::{Browser, IdentityProvider, Page, Persona, TestApp, world};

use super::login::to_provider;
use crate::application_drafts::at_message;
use crate::candidates;

const MESSAGE: &str = "Amel aime le travail en extérieur,\r\net sait \"planter\" & tailler.";

/// A browser where someone signed in as people do.
async fn signed_in(app: &TestApp, persona: Persona) -> Browser {
    let browser = app.visitor();
    let page = to_provider(&browser, "/dashboard").await;
    IdentityProvider::log_in(&page, persona.email()).await.follow().await.is(200);
    browser
}

async fn end_sessions(app: &TestApp) {
    sqlx::query("DELETE FROM sessions").execute(app.db()).await.unwrap();
    sqlx::query("DELETE FROM connect.sessions").execute(app.db()).await.unwrap();
}

/// From the page of login that a form led to, back to where it leads.
async fn sign_in_again(posted: Page, persona: Persona) -> Page {
    let login = posted.is(303).follow().await.is(200);
    assert_eq!(login.url.path(), "/login");
    let provider = login.click("Se connecter avec Inclusion Connect").await.is(303).follow().await.is(200);
    IdentityProvider::log_in(&provider, persona.email()).await.follow().await
}

async fn audited(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_events WHERE action NOT LIKE 'account.%'")
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// With four megabytes of CV or without: the form again, what was typed in it, and nothing done by itself.
#[tokio::test]
async fn a_form_posted_after_the_session_ended_comes_back_as_it_was_typed() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = signed_in(&app, Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let path = page.url.path().to_owned();
    let mut cv = pdf();
    cv.splice(9..9, std::iter::once(b'%').chain(vec![b'x'; 4 * 1024 * 1024]).chain([b'\n']));
    let advisor = Persona::PrescriberAdmin.user().to_string();
    let form =
        page.form("message").fill("message", MESSAGE).fill("advisor", &advisor).attach("cv", "cv.pdf", cv);
    end_sessions(&app).await;
    let before = audited(&app).await;

    let back = sign_in_again(form.submit().await, Persona::Prescriber).await.is(200);

    assert_eq!(back.url.path(), path);
    assert_eq!(back.flash().as_deref(), Some("Rien n’a encore été envoyé"));
    assert!(back.says("Choisissez de nouveau vos fichiers"), "{back:?}");
    let typed = MESSAGE.replace("\r\n", "\n");
    assert_eq!(back.value("message").as_deref().map(str::trim_end), Some(typed.as_str()));
    assert_eq!(back.value("advisor"), Some(advisor));
    assert_eq!(audited(&app).await, before, "nothing is sent by itself");
    let next = back.form("message").submit().await.is(303).follow().await.is(200);
    assert!(next.says("sait \"planter\" & tailler"), "{next:?}");
    let again = browser.get(&path).await.is(200);
    assert_eq!(again.flash(), None, "given back once");
    app.ignore_jobs();
}

#[tokio::test]
async fn a_transition_posted_after_the_session_ended_is_shown_again_and_not_done() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let id = app.scenario().application().insert().await;
    let browser = signed_in(&app, Persona::Employer).await;
    let page = browser.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form = page.form("main form").fill("reason", "no_position").fill("answer", "Merci, mais non.");
    end_sessions(&app).await;
    let back = sign_in_again(form.submit().await, Persona::Employer).await.is(200);
    assert_eq!(back.url.path(), format!("/applications/{id}/refusal"));
    assert_eq!(back.value("reason").as_deref(), Some("no_position"));
    assert_eq!(back.value("answer").as_deref().map(str::trim), Some("Merci, mais non."));
    let state: String = sqlx::query_scalar("SELECT state FROM applications WHERE id = $1")
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(state, "new");
}

/// What one person typed is shown to nobody else who signs in here, and kept for nobody unknown.
#[tokio::test]
async fn what_was_typed_is_shown_to_the_same_person_alone() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let id = app.scenario().application().insert().await;
    let address = format!("/applications/{id}/postponement");
    let browser = signed_in(&app, Persona::Employer).await;
    let page = browser.get(&address).await.is(200);
    let form = page.form("main form").fill("answer", "Nous vous rappelons.");
    end_sessions(&app).await;
    let other = sign_in_again(form.submit().await, Persona::EmployerAdmin).await.is(200);
    assert_eq!(other.url.path(), address);
    assert_eq!((other.flash(), other.value("answer").unwrap_or_default().trim()), (None, ""));

    let stranger = app.visitor();
    let sent = [("answer", "Nous vous rappelons.")];
    stranger.post(&address, &sent).await.is(303);
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM sessions WHERE user_id IS NULL")
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(kept, 0, "nothing is kept for who never signed in here");
}

#[tokio::test]
async fn a_session_that_is_over_says_so_where_one_signs_in() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get("/dashboard").await.is(200);
    end_sessions(&app).await;
    let asked = browser.get("/applications?state=new").await.is(303);
    let login = asked.follow().await.is(200);
    assert!(
        login.says("Votre session a pris fin") && login.says("Connectez-vous pour continuer"),
        "{login:?}"
    );
    assert!(login.links().iter().any(|link| link.contains("%2Fapplications%3Fstate%3Dnew")), "{login:?}");
    let visitor = app.visitor().get("/applications").await.is(303).follow().await.is(200);
    assert!(!visitor.says("Votre session a pris fin"), "there was none");

    let out = page.form("/logout").submit().await.is(200);
    assert_eq!(out.h1(), "Vous êtes déconnecté", "a second tab");
    assert_eq!(browser.get("/logout").await.is(200).h1(), "Vous êtes déconnecté");
}

/// The file of someone new rests on a look-up that the session held: its form is not there any more, and the page says so.
#[tokio::test]
async fn a_form_that_is_not_there_any_more_is_said_to_be_lost() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = signed_in(&app, Persona::Prescriber).await;
    let form = candidates::filled(&candidates::creation(&browser).await);
    end_sessions(&app).await;
    let mut back = sign_in_again(form.submit().await, Persona::Prescriber).await;
    while back.status == 303 {
        back = back.follow().await;
    }
    assert_eq!(back.flash().as_deref(), Some("Rien n’a encore été envoyé"), "{back:?}");
    assert!(back.says("n’a pas pu être gardé") && !back.says("est de retour"), "{back:?}");
}

/// What is typed again is there: what the page would say of its own contents is not.
#[tokio::test]
async fn the_page_one_comes_back_to_says_one_thing() {
    let (app, _provider) = TestApp::with_identity_provider().await;
    let browser = signed_in(&app, Persona::Prescriber).await;
    at_message(&browser).await;
    let address = format!("/application-drafts/new?company={}&candidate={}", world::ACI, world::CANDIDATE);
    let page = browser.get(&address).await.is(200);
    assert!(page.says("Vous avez déjà commencé cette candidature"));
    end_sessions(&app).await;
    let back =
        sign_in_again(page.form("application-drafts").submit().await, Persona::Prescriber).await.is(200);
    assert_eq!(back.flash().as_deref(), Some("Rien n’a encore été envoyé"));
    assert!(!back.says("Vous avez déjà commencé"), "{back:?}");
    app.ignore_jobs();
}
