//! A prescripteur habilité answers.

use chrono::Days;
use iae_domain::ids::ProlongationRequestId;
use iae_tests::{Page, Persona, TestApp, world};

use super::{asked, end, hired, refuse, suspend, unauthorise, waiting};

async fn open(app: &TestApp, persona: Persona, id: ProlongationRequestId) -> Page {
    app.browser(persona).await.get(&format!("/prolongations/{id}")).await
}

#[tokio::test]
async fn the_queue_leads_to_the_request_which_is_granted() {
    let app = TestApp::new().await;
    let pass = hired(&app).await;
    let before = end(&app, pass).await;
    asked(&app, pass).await;
    app.run_jobs_and_mails().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let dashboard = prescriber.get("/dashboard").await.is(200);
    assert!(dashboard.says("1 prolongation à traiter"), "{}", dashboard.text());
    let list = dashboard.click("prolongation à traiter").await.is(200);
    assert_eq!(list.all("tbody tr").len(), 1, "the figure counts the list");
    let page = list.click("Amel BENALI").await.is(200);
    assert!(page.says("Le logement."), "{}", page.text());
    assert!(page.says("la fin du PASS IAE passe du"), "{}", page.text());
    assert!(page.statements.len() <= 8, "{:?}", page.statements);

    let granted = page.form("#grant").submit().await.is(303).follow().await.is(200);
    assert!(granted.flash().unwrap().contains("Prolongation acceptée"));
    assert_eq!(end(&app, pass).await, before + Days::new(30));
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert!(
        told.contains(&Persona::Employer.email()) && told.contains(&Persona::Candidate.email()),
        "{told:?}"
    );
    let again = page.form("#grant").submit().await.is(409);
    assert!(again.says("Paul HOFFMANN a accepté cette demande"), "{}", again.text());
    assert_eq!(end(&app, pass).await, before + Days::new(30), "granted twice, prolonged once");
    for (view, lines) in
        [("", 0), ("?state=pending", 0), ("?state=granted", 1), ("?state=denied", 0), ("?state=all", 1)]
    {
        let list = prescriber.get(&format!("/prolongations{view}")).await.is(200);
        assert_eq!(list.all("tbody tr").len(), lines, "« à traiter » unless something else is asked: {view}");
        assert_eq!(list.h1(), "Demandes de prolongation", "true of each view: {view}");
    }
    let treated = prescriber.get("/prolongations").await.is(200).click("Acceptées").await.is(200);
    assert!(treated.says("Amel BENALI"), "{}", treated.text());
    let sheet = treated.click("Valeurs séparées (CSV)").await.is(200);
    assert!(sheet.html.contains("Amel BENALI"), "{}", sheet.html);
    let shown = app.browser(Persona::Candidate).await.get(&format!("/pass/{pass}")).await.is(200);
    assert!(shown.says("Acceptée") && shown.says("Réponse de Paul HOFFMANN"), "{}", shown.text());
    let trail = app.audit_trail().await;
    assert!(trail.iter().any(|line| line.contains("pass.prolongation_granted")), "{trail:?}");
}

#[tokio::test]
async fn a_request_is_handed_over_then_refused_in_three_steps_and_the_letter_printed() {
    let app = TestApp::new().await;
    let (pass, id) = waiting(&app).await;
    let before = end(&app, pass).await;
    let page = open(&app, Persona::Prescriber, id).await.is(200);
    let form = page.form("#delegation");
    assert!(!form.offered("colleague").contains(&world::PRESCRIBER.to_string()), "not to whoever has it");
    let stranger =
        form.clone().forge("colleague", &world::OTHER_PRESCRIBER.to_string()).submit().await.is(422);
    assert!(stranger.error("colleague").is_some(), "beside its field: {}", stranger.text());
    form.fill("colleague", &world::PRESCRIBER_ADMIN.to_string()).submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let [mail] = mails.as_slice() else { panic!("one mail: {}", mails.len()) };
    assert_eq!(mail.recipient, Persona::PrescriberAdmin.email());

    let page = open(&app, Persona::PrescriberAdmin, id).await.is(200);
    assert!(page.says("Perrine WEBER"), "{}", page.text());
    let first = page.click("Refuser").await.is(200).form("#refusal");
    assert!(page.click("Refuser").await.says("Étape 1 sur 3"), "numbered");
    let blank = first.clone().press("reason").submit().await.is(422);
    assert!(blank.error("reason").is_some());
    let second = first.fill("reason", "iae").press("reason").submit().await.is(200).form("#refusal");
    let blank = second.clone().press("explanation").submit().await.is(422);
    assert!(blank.error("explanation").is_some());
    let third = second.fill("explanation", "Un emploi classique est à sa portée.").press("explanation");
    let third = third.submit().await.is(200).form("#refusal");
    let none = third.clone().press("actions").submit().await.is(422);
    assert!(none.error("actions").is_some() && none.error("details").is_some(), "{none:?}");
    let back = third.clone().press("back_explanation").submit().await.is(200);
    assert!(back.value("explanation").unwrap().contains("Un emploi classique"), "what was typed stays");
    assert_eq!(end(&app, pass).await, before);

    let done = refuse(&page).await.is(303).follow().await.is(200);
    assert!(done.flash().unwrap().contains("Prolongation refusée"));
    assert_eq!(end(&app, pass).await, before);
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert!(
        told.contains(&Persona::Employer.email()) && told.contains(&Persona::Candidate.email()),
        "{told:?}"
    );
    for mail in &mails {
        assert!(mail.text_body.contains("Rendez-vous le 12 mai"), "{}", mail.text_body);
    }
    let address = format!("/prolongations/{id}/letter");
    for persona in [Persona::Candidate, Persona::Employer, Persona::EmployerAdmin, Persona::Prescriber] {
        let letter = app.browser(persona).await.get(&address).await.is(200);
        assert!(letter.says("Refus d’une prolongation") && letter.says("4 mai 2026"), "{}", letter.text());
        assert!(letter.says("Accompagnement à la recherche d’emploi") && letter.says("Amel BENALI"));
    }
    for persona in [Persona::OtherCandidate, Persona::OtherEmployer, Persona::OtherPrescriber, Persona::Staff]
    {
        app.browser(persona).await.get(&address).await.is(404);
    }
    let shown = app.browser(Persona::Employer).await.get(&format!("/pass/{pass}")).await.is(200);
    assert!(shown.says("Refusée") && shown.says("Lettre de refus"), "{}", shown.text());
    // A new request may be made at once.
    asked(&app, pass).await;
    app.run_jobs_and_mails().await;
}

/// Only the first reason asks what is proposed; the letter is read before it is sent.
#[tokio::test]
async fn another_reason_proposes_nothing_and_its_letter_is_read_first() {
    let app = TestApp::new().await;
    let (_, id) = waiting(&app).await;
    let page = open(&app, Persona::Prescriber, id).await.is(200).click("Refuser").await.is(200);
    let second = page.form("#refusal").fill("reason", "duration").press("reason").submit().await.is(200);
    let form = second.form("#refusal").fill("explanation", "Six mois suffisent.");
    let letter = form.press("explanation").submit().await.is(200);
    assert!(
        letter.says("Étape 3 sur 3") && letter.says("n’est pas adaptée à votre situation"),
        "{}",
        letter.text()
    );
    assert!(!letter.says("la situation du candidat"), "one word for the person: {}", letter.text());
    assert!(letter.says("Paul HOFFMANN, pour"), "signed: {}", letter.text());
    let denials = "SELECT count(*) FROM prolongation_denials";
    assert_eq!(
        sqlx::query_scalar::<_, i64>(denials).fetch_one(app.db()).await.unwrap(),
        0,
        "nothing is sent yet"
    );
    let back = letter.form("#refusal").press("Revenir à l’explication").submit().await.is(200);
    assert!(back.value("explanation").unwrap().contains("Six mois suffisent."));
    letter.form("#refusal").press("Refuser et envoyer").submit().await.is(303);
    let actions: Option<Vec<String>> =
        sqlx::query_scalar("SELECT actions FROM prolongation_denials").fetch_one(app.db()).await.unwrap();
    assert_eq!(actions, None, "never an empty list");
    app.run_jobs_and_mails().await;
}

#[tokio::test]
async fn a_request_is_for_the_organisation_it_is_addressed_to() {
    let app = TestApp::new().await;
    let (_, id) = waiting(&app).await;
    for (persona, status) in [
        (Persona::Prescriber, 200),
        (Persona::PrescriberAdmin, 200),
        (Persona::OtherPrescriber, 404),
        (Persona::Orienter, 403),
        (Persona::Employer, 403),
        (Persona::Candidate, 403),
    ] {
        open(&app, persona, id).await.is(status);
    }
    let other = app.browser(Persona::OtherPrescriber).await;
    let ccas = world::CCAS.to_string();
    for action in ["grant", "refusal", "delegation"] {
        let address = format!("/prolongations/{id}/{action}");
        other.post(&address, &[("acting_for", &ccas)]).await.is(404);
    }
    app.browser(Persona::Prescriber).await.get(&format!("/prolongations/{id}/letter")).await.is(404);
}

/// « an organisation that lost its authorisation between the page and the click ».
#[tokio::test]
async fn an_organisation_that_lost_its_authorisation_answers_no_more() {
    let app = TestApp::new().await;
    let (pass, id) = waiting(&app).await;
    let before = end(&app, pass).await;
    let page = open(&app, Persona::Prescriber, id).await.is(200);
    unauthorise(&app).await;
    let refused = page.form("#grant").submit().await.is(403);
    assert!(refused.says("réservée aux prescripteurs habilités"), "{}", refused.text());
    assert_eq!(end(&app, pass).await, before);
}

/// D32: the end of the PASS changed since the page was read; it is said, and asked again.
#[tokio::test]
async fn a_pass_that_moved_since_is_read_again_before_it_is_granted() {
    let app = TestApp::new().await;
    let (pass, id) = waiting(&app).await;
    let page = open(&app, Persona::Prescriber, id).await.is(200);
    suspend(&app, pass, app.today() - Days::new(2)).await;
    let moved = end(&app, pass).await;
    let again = page.form("#grant").submit().await.is(409);
    assert!(again.says("a changé entre-temps"), "{}", again.text());
    assert_eq!(end(&app, pass).await, moved);
    again.form("#grant").submit().await.is(303);
    assert_eq!(
        end(&app, pass).await,
        moved + Days::new(30),
        "§6.8: the days that were asked, from its end as it is"
    );
    app.run_jobs_and_mails().await;
}
