//! Asking the team for another NIR (rule book 02 §12.4).

use chrono::TimeDelta;
use iae_tests::{Form, Page, Persona, TestApp, world};

const WHY: &str = "Erreur de saisie à la création du dossier.";

/// A NIR nobody has, of a woman born in March 1990.
fn right_nir() -> String {
    let body = "2900357463013";
    format!("{body}{:02}", 97 - body.parse::<u64>().unwrap() % 97)
}

fn address() -> String {
    format!("/candidates/{}/nir-correction", world::CANDIDATE)
}

async fn form(app: &TestApp, persona: Persona) -> Form {
    app.browser(persona).await.get(&address()).await.is(200).form("nir-correction")
}

async fn nir(app: &TestApp) -> Option<String> {
    sqlx::query_scalar("SELECT nir FROM candidates WHERE id = $1")
        .bind(world::CANDIDATE)
        .fetch_one(app.db())
        .await
        .unwrap()
}

async fn asked(app: &TestApp, nir: &str) -> Page {
    form(app, Persona::Prescriber).await.fill("nir", nir).fill("rationale", WHY).submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let [mail] = mails.as_slice() else { panic!("one mail: {}", mails.len()) };
    assert!(
        !mail.text_body.contains(WHY) && !mail.text_body.contains(nir),
        "both stay on the page: {}",
        mail.text_body
    );
    let link = mail.text_body.lines().find(|line| line.contains("/admin/nir-corrections/")).unwrap();
    let path = &link[link.find("/admin").unwrap()..];
    let page = app.browser(Persona::Staff).await.get(path.trim()).await.is(200);
    assert!(page.says(WHY), "CNR-2: {page:?}");
    page
}

/// STF-1: not by a member of the team whom no group lets, who does not read it either.
#[tokio::test]
async fn who_of_the_team_holds_no_right_neither_reads_nor_decides() {
    let app = TestApp::new().await;
    app.ignore_mails();
    form(&app, Persona::Prescriber)
        .await
        .fill("nir", &right_nir())
        .fill("rationale", WHY)
        .submit()
        .await
        .is(303);
    let id: uuid::Uuid =
        sqlx::query_scalar("SELECT id FROM nir_corrections").fetch_one(app.db()).await.unwrap();
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    let staff = app.browser(Persona::Staff).await;
    staff.get(&format!("/admin/nir-corrections/{id}")).await.is(403);
}

#[tokio::test]
async fn the_team_corrects_a_nir_that_someone_asked_for() {
    let app = TestApp::new().await;
    let right = right_nir();
    let page = asked(&app, &right).await;
    assert!(page.says("Amel BENALI") && page.says(WHY), "{}", page.text());
    assert_eq!(nir(&app).await.as_deref(), Some(world::CANDIDATE_NIR), "nothing changes by asking");
    let again = app.browser(Persona::Prescriber).await.get(&address()).await.is(200);
    assert!(again.says("Une demande est en cours") && !again.has_form(&address()), "CNR-2");

    let list = page.form("#verdict").press("accept").submit().await.is(303).follow().await;
    assert!(list.flash().unwrap().contains("Numéro corrigé"));
    assert!(list.says("Aucune demande n’attend"), "{}", list.text());
    assert_eq!(nir(&app).await, Some(right.clone()));
    let history = app.browser(Persona::Candidate).await;
    let history = history.get(&format!("/candidates/{}/changes", world::CANDIDATE)).await.is(200);
    assert!(history.says("Numéro de sécurité sociale") && history.says("L’équipe du service"), "HIS-1");
    let second = page.form("#verdict").fill("refusal", "Trop tard.").press("refuse").submit().await.is(422);
    assert!(second.says("déjà traité"), "{}", second.text());
}

#[tokio::test]
async fn the_team_refuses_and_another_request_may_follow() {
    let app = TestApp::new().await;
    let page = asked(&app, &right_nir()).await;
    let staff = app.browser(Persona::Staff).await;
    let dashboard = staff.get("/dashboard").await.is(200);
    assert!(dashboard.says("1 correction de numéro de sécurité sociale à décider"), "{dashboard:?}");
    let silent = page.form("#verdict").press("refuse").submit().await.is(422);
    assert!(silent.error("refusal").unwrap_or_default().contains("Dites pourquoi"), "{silent:?}");
    const ANSWER: &str = "La pièce jointe est illisible : envoyez-la de nouveau.";
    page.form("#verdict").fill("refusal", ANSWER).press("refuse").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let [mail] = mails.as_slice() else { panic!("one mail, to whoever asked: {}", mails.len()) };
    assert_eq!(mail.recipient, Persona::Prescriber.email());
    assert!(mail.text_body.contains("La pièce jointe est illisible"), "{}", mail.text_body);
    assert!(!mail.text_body.contains(&right_nir()), "{}", mail.text_body);
    let dashboard = staff.get("/dashboard").await.is(200);
    assert!(dashboard.says("0 correction de numéro"), "{dashboard:?}");
    assert_eq!(nir(&app).await.as_deref(), Some(world::CANDIDATE_NIR));
    let again = app.browser(Persona::Candidate).await.get(&address()).await.is(200);
    assert!(again.says("a été refusée") && again.has_form(&address()), "{}", again.text());
    assert!(again.says("La pièce jointe est illisible"), "{}", again.text());
}

/// DUP-1, CON-1: said to the team, not to whoever asks.
#[tokio::test]
async fn the_number_of_someone_else_is_not_accepted() {
    let app = TestApp::new().await;
    let page = asked(&app, world::OTHER_CANDIDATE_NIR).await;
    assert!(page.says("celui d’un autre dossier"), "{}", page.text());
    let refused = page.form("#verdict").press("accept").submit().await.is(422);
    assert!(refused.says("date de naissance"), "{}", refused.text());
}

/// CNR-1, CNR-2, §19.
#[tokio::test]
async fn what_is_mistaken_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let form = form(&app, Persona::Prescriber).await;
    let right = right_nir();
    for (nir, why, field, said) in [
        ("", WHY, "nir", "Saisissez"),
        ("2 90 03", WHY, "nir", "trop court"),
        (world::CANDIDATE_NIR, WHY, "nir", "déjà celui du dossier"),
        (right.as_str(), "Erreur", "rationale", "10 à 2"),
        (right.as_str(), "", "rationale", "10 à 2"),
    ] {
        let page = form.clone().fill("nir", nir).fill("rationale", why).submit().await.is(422);
        let error = page.error(field).unwrap_or_default();
        assert!(error.contains(said), "{nir}: {error}");
        assert_eq!(page.value("nir").as_deref(), Some(nir), "kept");
    }
    let filled = form.fill("nir", &right).fill("rationale", WHY);
    filled.submit().await.is(303);
    filled.submit().await.is(303);
    let count: i64 =
        sqlx::query_scalar("SELECT count(*) FROM nir_corrections").fetch_one(app.db()).await.unwrap();
    assert_eq!(count, 1, "posted twice, asked once");
    let other = filled.forge("id", "0199a1b2-0000-7000-8000-000000000001").submit().await.is(422);
    assert!(other.error("nir").unwrap().contains("déjà en cours"), "CNR-2");
    app.ignore_jobs();
}

/// CNR-2: gone 182 days after the decision.
#[tokio::test]
async fn a_decided_request_is_purged() {
    let app = TestApp::new().await;
    let page = asked(&app, &right_nir()).await;
    page.form("#verdict").fill("refusal", "Déjà corrigé.").press("refuse").submit().await.is(303);
    app.run_jobs_and_mails().await;
    for (days, left) in [(181, 1_i64), (2, 0)] {
        app.advance(TimeDelta::days(days));
        iae_app::jobs::queries::purge(app.db(), app.now()).await.unwrap();
        let count: i64 =
            sqlx::query_scalar("SELECT count(*) FROM nir_corrections").fetch_one(app.db()).await.unwrap();
        assert_eq!(count, left);
    }
}
