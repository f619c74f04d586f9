//! An employer finds their company, and asks who is there to invite them (SGN-7, SGN-15).

use chrono::TimeDelta;
use iae_tests::{Page, Persona, TestApp, world};

use super::{link_of, role};

async fn search(app: &TestApp, typed: &str) -> Page {
    let page = app.browser(Persona::NoOrganisation).await.get("/sign-up/companies").await.is(200);
    page.form("companies").fill("q", typed).submit().await.is(200)
}

async fn page_of(app: &TestApp, persona: Persona, company: impl std::fmt::Display) -> Page {
    app.browser(persona).await.get(&format!("/sign-up/companies/{company}")).await
}

#[tokio::test]
async fn a_company_is_found_by_its_number_or_its_name() {
    let app = TestApp::new().await;
    for typed in ["380 123 456", "38012345600011", "jardins seille", "LES JARDINS"] {
        let page = search(&app, typed).await;
        assert!(page.says("Les Jardins de la Seille"), "{typed}: {page:?}");
        assert!(page.says("Déjà inscrite") && !page.says("THIRY"), "who is there is not listed: {page:?}");
    }
    let nobody = search(&app, "services plus").await;
    assert!(nobody.says("Personne n’y est inscrit"), "{nobody:?}");
    assert!(search(&app, "aucune ainsi").await.says("Aucune structure active ne correspond"));
}

#[tokio::test]
async fn what_is_neither_a_number_nor_a_name_is_told_apart() {
    let app = TestApp::new().await;
    for (typed, said) in [
        ("3801234560001", "13 chiffres"),
        ("12345", "5 chiffres"),
        ("%", "le nom de la structure"),
        ("", "le nom de la structure"),
    ] {
        let page = search(&app, typed).await;
        assert!(page.error("q").unwrap_or_default().contains(said), "{typed}: {page:?}");
        assert_eq!(page.value("q").as_deref(), Some(typed), "what was typed is kept");
    }
}

/// A company whose convention is not in force is not joined, in grace neither (rule book 01 §3.4).
#[tokio::test]
async fn a_company_that_is_not_active_does_not_exist() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE conventions SET is_active = false, deactivated_at = $1 WHERE kind = 'AI'")
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    for typed in ["services plus", "41012345600014"] {
        let page = search(&app, typed).await;
        assert!(page.says("Aucune structure active ne correspond"), "{typed}: {page:?}");
    }
    page_of(&app, Persona::NoOrganisation, world::AI).await.is(404);
    page_of(&app, Persona::NoOrganisation, world::MISSION_LOCALE).await.is(404);
    let browser = app.browser(Persona::NoOrganisation).await;
    browser.post(&format!("/sign-up/companies/{}", world::AI), &[("act", "link")]).await.is(404);
    browser.post(&format!("/sign-up/companies/{}", world::AI), &[("act", "join")]).await.is(404);
}

/// SGN-7: the first administrator is told, and invites with a form that is filled in.
#[tokio::test]
async fn who_administers_a_company_is_asked_to_invite() {
    let app = TestApp::new().await;
    let page = page_of(&app, Persona::NoOrganisation, world::ACI).await.is(200);
    assert!(page.says("Adèle T., qui l’administre"), "{page:?}");
    assert!(!page.says("THIRY"), "no more than a first name and an initial, as of a prescriber: {page:?}");
    let asked = page.form("#join").submit().await.is(303);
    assert_eq!(asked.follow().await.flash().as_deref(), Some("La demande est partie"));
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].recipient, Persona::EmployerAdmin.email());
    assert!(mails[0].text_body.contains("Nadia PETIT (nadia.petit@exemple.fr)"), "{mails:?}");
    assert_eq!(role(&app, Persona::NoOrganisation, world::ACI).await, None, "nobody joins by asking");
    let link = link_of(&app, "sign_up_join_asked").await;
    assert!(
        !link.contains("nadia") && link.contains("/invitations/new?request="),
        "no personal data: {link}"
    );
    let invited = app.browser(Persona::EmployerAdmin).await.get(&link).await.is(200);
    assert_eq!(invited.value("email").as_deref(), Some("nadia.petit@exemple.fr"));
    let other = app.browser(Persona::OtherEmployer).await.get(&link).await.is(200);
    assert_eq!(other.value("email").as_deref(), Some(""), "a request to another company says nothing");
    assert!(app.audit_trail().await.contains(&"organisation.join_asked".to_owned()));
}

#[tokio::test]
async fn an_organisation_is_asked_once_a_day_and_five_of_them() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let ask = async |company| {
        let page = page_of(&app, Persona::NoOrganisation, company).await.is(200);
        page.form("#join").submit().await
    };
    let read = page_of(&app, Persona::NoOrganisation, world::ACI).await.is(200).form("#join");
    let asked = read.submit().await.is(303).follow().await;
    let address = format!("/sign-up/companies/{}", world::ACI);
    assert!(asked.says("partie le 4 mai 2026 à 11 h 00") && !asked.has_form(&address), "{asked:?}");
    let again = read.submit().await.is(422);
    assert!(again.says("déjà demandé le 4 mai 2026 à 11 h 00"), "{again:?}");
    let other = page_of(&app, Persona::DeactivatedMember, world::ACI).await.is(200);
    assert!(other.has_form(&address), "what somebody asked is theirs: {other:?}");
    app.advance(TimeDelta::hours(25));
    ask(world::ACI).await.is(303);
    // Four others were asked meanwhile.
    sqlx::query(
        "INSERT INTO sign_up_requests (id, organisation_id, user_id, asked_at)
         SELECT gen_random_uuid(), $1, $2, $3 FROM generate_series(1, 4)",
    )
    .bind(world::EI)
    .bind(world::NO_ORGANISATION)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    let many = ask(world::GEIQ).await.is(422);
    assert!(many.says("5 structures aujourd’hui"), "{many:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn whoever_is_there_reads_so_and_asks_nothing() {
    let app = TestApp::new().await;
    let page = page_of(&app, Persona::Employer, world::ACI).await.is(200);
    assert!(page.says("Vous faites déjà partie de cette structure") && !page.has_form("#join"), "{page:?}");
    let acting = [("acting_for", world::ACI.to_string()), ("act", "join".to_owned())];
    let fields: Vec<(&str, &str)> = acting.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let browser = app.browser(Persona::Employer).await;
    browser.post(&format!("/sign-up/companies/{}", world::ACI), &fields).await.is(422);
}

/// CMP-7: its official address is nowhere; without any, the team is.
#[tokio::test]
async fn a_company_where_nobody_is_shows_the_ends_of_its_official_address() {
    let app = TestApp::new().await;
    let page = page_of(&app, Persona::NoOrganisation, world::AI).await.is(200);
    assert!(page.says("d***n@exemple.fr") && !page.html.contains("direction@exemple.fr"), "USR-13: {page:?}");
    sqlx::query("UPDATE companies SET auth_email = NULL WHERE organisation_id = $1")
        .bind(world::AI)
        .execute(app.db())
        .await
        .unwrap();
    let late = page.form("#link").submit().await.is(422);
    assert!(late.says("aucune adresse pour cette structure"), "{late:?}");
    let page = page_of(&app, Persona::NoOrganisation, world::AI).await.is(200);
    assert!(!page.has_form("#link") && page.says("Écrivez à l’équipe du service"), "{page:?}");
}
