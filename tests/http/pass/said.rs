//! What the pages of a PASS say: an end that is not known, what moved it, what waits; and to its holder, « vous ».

use chrono::{Days, TimeDelta};
use iae_tests::{Persona, TestApp};

use super::suspensions::{confirm, day, filled, hired, longer_ago, stored};
use crate::prolongations;

/// Rule book 03 §5.4: « je ne connais pas la date de fin » is kept as three years, and said as what it is.
#[tokio::test]
async fn an_end_that_is_not_known_is_never_said_as_a_date() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().insert().await;
    let until = "jusqu’au 2 juin 2029 au plus tard (fin inconnue)";
    for persona in [Persona::Employer, Persona::Candidate, Persona::Prescriber] {
        let page = app.browser(persona).await.get(&format!("/pass/{id}")).await.is(200);
        assert!(page.says(until), "{persona:?}: {}", page.text());
        assert!(page.says("du 3 juin 2026 au 2 juin 2029 au plus tard (fin inconnue)"), "{}", page.text());
    }
    let dashboard = app.browser(Persona::Candidate).await.get("/dashboard").await.is(200);
    assert!(dashboard.says(until), "{}", dashboard.text());
    let employer = app.browser(Persona::Employer).await;
    let lift = employer.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    assert!(lift.says("au plus tard (fin inconnue)"), "{}", lift.text());
}

/// No browser stops the form with words of its own: the server says each mistake beside its field.
#[tokio::test]
async fn the_mistakes_of_a_suspension_are_said_by_the_service() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/pass/{id}/suspension")).await.is(200);
    for bound in ["min", "max", "required"] {
        assert_eq!(page.attribute("#starts_on", bound), None, "{bound}");
    }
    let late = filled(&employer, id, "2026-06-30", "2026-07-31").await.submit().await.is(422);
    assert!(late.error("starts_on").unwrap_or_default().contains("aujourd’hui au plus tard"));
}

/// Rule book 03 §6.8: a suspension is legal while a request waits; what it would give is read before.
#[tokio::test]
async fn a_request_that_waits_is_said_before_a_suspension_and_by_the_simulation() {
    let app = TestApp::new().await;
    let id = prolongations::hired(&app).await;
    prolongations::asked(&app, id).await;
    app.run_jobs_and_mails().await;
    let employer = app.browser(Persona::Employer).await;
    let today = app.today().to_string();
    let recap = filled(&employer, id, &today, &(app.today() + Days::new(10)).to_string()).await;
    let recap = recap.submit().await.is(200);
    let waits = "Une demande de prolongation jusqu’au 3 septembre 2026 attend la réponse de Paul HOFFMANN";
    let then = "Acceptée ensuite, elle porterait la fin au 13 septembre 2026.";
    assert!(recap.says(waits) && recap.says(then), "{}", recap.text());
    let tried = employer
        .get(&format!("/pass/{id}/simulation?what=suspension&starts_on={today}&ends_on=2026-05-14"))
        .await
        .is(200);
    assert!(
        tried.says(waits) && tried.says(then) && tried.says("aucune autre ne peut être demandée"),
        "{}",
        tried.text()
    );
    let own = app.browser(Persona::Candidate).await.get(&format!("/pass/{id}")).await.is(200);
    assert!(own.says("Une demande attend déjà la réponse d’un prescripteur habilité"), "{}", own.text());
}

/// D32: what is named is what moved the PASS since the page was read, not the suspension that was touched last.
#[tokio::test]
async fn the_conflict_names_what_moved_the_pass() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    app.scenario().suspension().over(day("2026-06-03"), day("2026-07-02")).insert().await;
    let employer = app.browser(Persona::Employer).await;
    let lift = employer.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    let recap = lift.form("#lift").fill("action", "remove").submit().await.is(200);
    let removed = app.browser(Persona::EmployerAdmin).await;
    let removed = removed.get(&format!("/pass/{id}/suspension/lift")).await.is(200);
    let removed = removed.form("#lift").fill("action", "remove").submit().await.is(200);
    removed.form("#recap").press("Supprimer la suspension").submit().await.is(303);
    let told = recap.form("#recap").press("Supprimer la suspension").submit().await.is(409);
    assert_eq!(told.h1(), "Rien n’a été changé");
    assert!(told.says("a supprimé sa suspension le 3 juin 2026"), "{}", told.text());
    assert!(told.says("Ce PASS IAE se termine maintenant le 2 mai 2028"), "{}", told.text());
    app.run_jobs_and_mails().await;
}

/// Opening a form changes nothing, and the page does not say that nothing was changed.
#[tokio::test]
async fn a_form_that_does_not_open_says_what_is_not_possible() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let employer = app.browser(Persona::Employer).await;
    let title = async |page: &str| employer.get(&format!("/pass/{id}/{page}")).await.is(409).h1();
    assert_eq!(title("suspension/edition").await, "Aucune suspension à modifier");
    assert_eq!(title("suspension/lift").await, "Aucune suspension à lever");
    assert_eq!(title("closure").await, "Ce PASS IAE ne peut pas être clôturé aujourd’hui");
    app.scenario().suspension().over(day("2026-06-03"), day("2026-07-02")).insert().await;
    let suspended = employer.get(&format!("/pass/{id}/suspension")).await.is(409);
    assert_eq!(suspended.h1(), "Ce PASS IAE ne peut pas être suspendu aujourd’hui");
    assert!(suspended.says("l’a suspendu du 3 juin au 2 juillet 2026"), "{}", suspended.text());
}

/// Their own page speaks to the person; a suspended PASS does not lose a day each day.
#[tokio::test]
async fn the_holder_is_spoken_to_and_what_is_suspended_stands_still() {
    let app = TestApp::new().await;
    let id = hired(&app, 30).await;
    let own = app.browser(Persona::Candidate).await;
    let page = own.get(&format!("/pass/{id}")).await.is(200);
    for said in
        ["Votre PASS IAE se termine le 2 mai 2028", "peut vous embaucher", "que vous travailliez ou non"]
    {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    for said in ["Ce PASS IAE se termine", "que la personne travaille", "Titulaire"] {
        assert!(!page.says(said), "{said}: {}", page.text());
    }
    let certificate = async || own.get(&format!("/pass/{id}/certificate")).await.is(200);
    assert!(certificate().await.says("Il baisse d’un jour chaque jour"));
    app.scenario().suspension().over(day("2026-06-03"), day("2026-07-02")).insert().await;
    let suspended = certificate().await;
    assert!(suspended.says("Il ne baisse pas tant que le PASS IAE est suspendu"), "{}", suspended.text());
    assert!(!suspended.says("Il baisse d’un jour"), "{}", suspended.text());
}

/// A closed PASS: the request that waits is lost, and it is said before.
#[tokio::test]
async fn a_closure_says_what_becomes_of_a_request() {
    let app = TestApp::new().await;
    let id = prolongations::hired(&app).await;
    prolongations::asked(&app, id).await;
    app.run_jobs_and_mails().await;
    let employer = app.browser(Persona::Employer).await;
    let recap = filled(&employer, id, "2026-05-04", "2028-05-03").await.submit().await.is(200);
    confirm(&recap).await.is(303);
    app.run_jobs_and_mails().await;
    longer_ago(&app, 400).await;
    sqlx::query("UPDATE prolongation_requests SET starts_on = starts_on - 400, ends_on = ends_on - 400")
        .execute(app.db())
        .await
        .unwrap();
    let form = employer.get(&format!("/pass/{id}/closure")).await.is(200).form("#closure");
    let recap = form.fill("reason", "other").submit().await.is(200);
    assert!(
        recap.says("Une fois le PASS IAE clôturé, elle ne pourra plus être acceptée"),
        "{}",
        recap.text()
    );
    assert!(stored(&app).await.0 > app.today() + TimeDelta::days(1), "nothing is written");
}
