//! Writing an application, step by step (rule book 02 §4).

use chrono::TimeDelta;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::ApplicationId;
use iae_tests::{Browser, Page, Persona, TestApp, world};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n";

/// The tunnel begun at the ACI for the candidate, on its first step.
async fn begun(browser: &Browser) -> Page {
    let query = format!("company={}&candidate={}", world::ACI, world::CANDIDATE);
    let page = browser.get(&format!("/application-drafts/new?{query}")).await.is(200);
    page.form("application-drafts").submit().await.is(303).follow().await.is(200)
}

/// The same, brought to the message.
async fn at_message(browser: &Browser) -> Page {
    let jobs = begun(browser).await;
    let next = jobs.form("jobs").check("jobs", &world::GARDENER.to_string()).uncheck("jobs", "spontaneous");
    let mut page = next.submit().await.is(303).follow().await.is(200);
    if page.has_form("eligibility") {
        page = page.form("eligibility").submit().await.is(303).follow().await.is(200);
    }
    page
}

/// The same, ready to be sent.
async fn at_summary(browser: &Browser) -> Page {
    let page = at_message(browser).await;
    let form = page.form("message").fill("message", "Amel aime le travail en extérieur.");
    let form = form.check("informed", "true").check("consents", "true");
    form.attach("cv", "cv.pdf", PDF).submit().await.is(303).follow().await.is(200)
}

async fn applications(app: &TestApp) -> Vec<ApplicationId> {
    sqlx::query_scalar("SELECT id FROM applications ORDER BY id").fetch_all(app.db()).await.unwrap()
}

#[tokio::test]
async fn a_prescriber_sends_an_application_from_end_to_end() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert!(summary.says("Éligibilité validée jusqu'au 3 novembre 2026"), "{summary:?}");
    assert!(summary.says("Amel aime le travail en extérieur."), "{summary:?}");
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Candidature envoyée");
    assert_eq!(applications(&app).await.len(), 1);
    let mails = app.run_jobs_and_mails().await;
    assert_eq!(mails.len(), 4, "two members of the ACI, the candidate, the prescriber: {mails:?}");
    let trail = app.audit_trail().await;
    for action in
        ["draft.started", "diagnosis.made", "candidate.document_stored", "candidate.consent_recorded"]
    {
        assert!(trail.iter().any(|done| done == action), "{action} in {trail:?}");
    }
}

#[tokio::test]
async fn two_submits_at_the_same_instant_are_one_application() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let form = at_summary(&browser).await.form("submission");
    let (one, other) = tokio::join!(form.submit(), form.submit());
    let (one, other) = (one.is(303), other.is(303));
    assert_eq!(one.location(), other.location(), "the second shows the first");
    assert_eq!(applications(&app).await.len(), 1);
    form.submit().await.is(303);
    assert_eq!(app.run_jobs_and_mails().await.len(), 4, "mails are sent once");
}

#[tokio::test]
async fn an_orienteur_is_never_offered_the_diagnosis() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(30)).insert().await;
    let browser = app.browser(Persona::Orienter).await;
    let previous = begun(&browser).await;
    assert!(previous.says("A… B…") && !previous.says("BENALI"), "the name is masked: {previous:?}");
    let jobs = previous.form("previous").submit().await.is(303).follow().await.is(200);
    let message = jobs.form("jobs").submit().await.is(303).follow().await.is(200);
    assert!(message.has_form("message"), "from the jobs straight to the message: {message:?}");
    let direct = message.url.path().replace("/message", "/eligibility");
    browser.get(&direct).await.is(403);
}

#[tokio::test]
async fn someone_else_s_draft_does_not_exist() {
    let app = TestApp::new().await;
    let path = begun(&app.browser(Persona::Prescriber).await).await.url.path().to_owned();
    for persona in [Persona::PrescriberAdmin, Persona::OtherPrescriber, Persona::Candidate] {
        app.browser(persona).await.get(&path).await.is(404);
    }
    app.browser(Persona::Inspector).await.get(&path).await.is(404);
}

#[tokio::test]
async fn a_person_the_organisation_does_not_deal_with_is_not_found() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let query = format!("company={}&candidate={}", world::ACI, world::OTHER_CANDIDATE);
    browser.get(&format!("/application-drafts/new?{query}")).await.is(404);
    let page = browser.get(&format!("/application-drafts/new?company={}", world::ACI)).await.is(200);
    let form = page.form("application-drafts").forge("candidate", &world::OTHER_CANDIDATE.to_string());
    form.submit().await.is(404);
}

#[tokio::test]
async fn nonsense_in_the_address_is_not_found() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    for query in ["", "?company=abc", "?company=00000000-0000-0000-0000-000000000001"] {
        browser.get(&format!("/application-drafts/new{query}")).await.is(404);
    }
    let start = format!("/application-drafts/new?company={}&job=nonsense", world::ACI);
    browser.get(&start).await.is(200);
    let visitor = app.visitor().get(&start).await.is(303);
    assert!(visitor.location().unwrap().starts_with("/login"), "{visitor:?}");
    app.browser(Persona::Inspector).await.get(&start).await.is(403);
}

#[tokio::test]
async fn the_24_hour_rule_says_when_it_ends() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().sent(TimeDelta::hours(2)).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let previous = begun(&browser).await;
    assert!(previous.says("à partir du 5 mai 2026"), "{previous:?}");
    let organisation = world::MISSION_LOCALE.to_string();
    browser.post(previous.url.path(), &[("acting_for", organisation.as_str())]).await.is(403);
    let jobs = previous.url.path().replace("/previous", "/jobs");
    let refused = browser.get(&jobs).await.is(403);
    assert!(refused.says("Une candidature vient d'être envoyée"), "{refused:?}");
}

#[tokio::test]
async fn the_waiting_period_says_until_when_and_who_lifts_it() {
    let app = TestApp::new().await;
    let ended = app.today() - TimeDelta::days(30);
    let started = ended - TimeDelta::days(728);
    app.scenario().pass().starting(started).ending(ended).insert().await;
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(900)).insert().await;
    let query = format!("company={}&candidate={}", world::ACI, world::CANDIDATE);
    let start = format!("/application-drafts/new?{query}");
    let refused = app.browser(Persona::Orienter).await.get(&start).await.is(403);
    assert!(refused.says("4 avril 2028"), "{refused:?}");
    assert!(refused.says("prescripteur habilité"), "{refused:?}");
    app.browser(Persona::Prescriber).await.get(&start).await.is(200);
}

#[tokio::test]
async fn a_message_and_a_consent_are_needed_and_what_was_typed_is_kept() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let refused = page.form("message").fill("message", " \n ").submit().await.is(422);
    assert!(refused.error("message").is_some() && refused.error("informed").is_some(), "{refused:?}");
    let refused =
        page.form("message").fill("message", "Bonjour").check("informed", "true").submit().await.is(422);
    assert!(refused.error("consents").is_some(), "{refused:?}");
    assert_eq!(refused.value("message").as_deref().map(str::trim), Some("Bonjour"));
}

#[tokio::test]
async fn a_cv_must_be_a_pdf_neither_empty_nor_too_large() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let form = page.form("message").fill("message", "Bonjour");
    let form = form.check("informed", "true").check("consents", "true");
    let mut large = PDF.to_vec();
    large.resize(5 * 1024 * 1024 + 1, b' ');
    for (name, content) in [
        ("cv.pdf", vec![]),
        ("cv.pdf", b"PK not a pdf".to_vec()),
        ("cv.docx", PDF.to_vec()),
        ("cv.pdf", large),
    ] {
        let refused = form.clone().attach("cv", name, content).submit().await.is(422);
        assert!(refused.error("cv").is_some(), "{name}: {refused:?}");
        assert_eq!(refused.value("message").as_deref().map(str::trim), Some("Bonjour"), "values are kept");
    }
    form.attach("cv", "cv.pdf", vec![b' '; 20 * 1024 * 1024]).submit().await.is(413);
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM documents").fetch_one(app.db()).await.unwrap();
    assert_eq!(stored, 0, "nothing half saved");
}

#[tokio::test]
async fn prompts_are_inserted_without_losing_the_message() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = at_message(&browser).await;
    let form = page.form("message").fill("message", "Bonjour,").press("Insérer les amorces");
    let page = form.submit().await.is(303).follow().await.is(200);
    let message = page.value("message").unwrap();
    assert!(message.trim().starts_with("Bonjour,") && message.contains("freins"), "{message}");
}

#[tokio::test]
async fn posts_and_a_spontaneous_application_exclude_each_other() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let jobs = begun(&browser).await;
    let form = jobs.form("jobs").check("jobs", "spontaneous");
    let both = form.clone().check("jobs", &world::GARDENER.to_string()).submit().await.is(422);
    assert!(both.error("jobs").is_some(), "{both:?}");
    let none = form.uncheck("jobs", "spontaneous").submit().await.is(422);
    assert!(none.error("jobs").is_some(), "{none:?}");
    assert!(!jobs.says("Encadrant"), "closed posts are not offered: {jobs:?}");
}

#[tokio::test]
async fn a_diagnosis_is_renewed_only_when_asked_for() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().made(TimeDelta::days(60)).criteria(&[Criterion::Rsa]).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let jobs = begun(&browser).await;
    let held = jobs.form("jobs").submit().await.is(303).follow().await.is(200);
    assert!(
        held.says("Bénéficiaire du RSA") && !held.form("eligibility").names().contains(&"criteria"),
        "{held:?}"
    );
    held.form("eligibility").submit().await.is(303);
    let count = async || -> i64 {
        sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses").fetch_one(app.db()).await.unwrap()
    };
    assert_eq!(count().await, 1, "left folded, nothing changes (ELI-1)");
    let update = browser.get(&format!("{}?update=true", held.url.path())).await.is(200);
    let form = update.form("eligibility").check("criteria", Criterion::Qpv.code());
    form.submit().await.is(303);
    assert_eq!(count().await, 2, "a new one replaces it");
    form.submit().await.is(303);
    assert_eq!(count().await, 2, "a second click changes nothing");
    let ended: i64 = sqlx::query_scalar("SELECT count(*) FROM eligibility_diagnoses WHERE expires_on <= $1")
        .bind(app.today())
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(ended, 1, "the old one ends today (§2.8)");
}

#[tokio::test]
async fn contradictory_criteria_are_refused_and_kept_on_the_page() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = begun(&browser).await.form("jobs").submit().await.is(303).follow().await.is(200);
    let form = page.form("eligibility").check("criteria", "SENIOR").check("criteria", "JEUNE");
    let form = form.fill("mobility", "Pas de permis");
    let refused = form.submit().await.is(422);
    assert!(refused.error("criteria").is_some(), "ELI-2: {refused:?}");
    assert!(refused.error("mobility").is_some(), "a note needs an assessment: {refused:?}");
    assert_eq!(refused.value("mobility").as_deref().map(str::trim), Some("Pas de permis"));
}

#[tokio::test]
async fn a_diagnosis_renewed_meanwhile_asks_the_person_again() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    let alone = format!("/candidates/{}/eligibility?update=true", world::CANDIDATE);
    let renewal = browser.get(&alone).await.is(200).form("eligibility").check("criteria", "RSA");
    renewal.submit().await.is(303);
    let again = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert!(again.has_form("message") && again.says("L'accord de la personne est à renouveler"), "{again:?}");
    assert!(applications(&app).await.is_empty(), "nothing leaves that the person did not consent to");
    let form = again.form("message");
    assert_eq!(form.value("consents"), None, "the former consent is no longer ticked");
    let form = form.check("informed", "true").check("consents", "true");
    browser.get(&alone).await.is(200).form("eligibility").check("criteria", "QPV").submit().await.is(303);
    let refused = form.submit().await.is(422);
    assert!(refused.error("consents").is_some(), "the page showed the diagnosis before: {refused:?}");
    let form = refused.form("message").check("informed", "true").check("consents", "true");
    let summary = form.submit().await.is(303).follow().await.is(200);
    summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert_eq!(applications(&app).await.len(), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn mistakes_in_an_update_do_not_hide_the_diagnosis_that_holds() {
    let app = TestApp::new().await;
    app.scenario().diagnosis().made(TimeDelta::days(60)).criteria(&[Criterion::Rsa]).insert().await;
    let browser = app.browser(Persona::Prescriber).await;
    let held = begun(&browser).await.form("jobs").submit().await.is(303).follow().await.is(200);
    let in_draft = format!("{}?update=true", held.url.path());
    let alone = format!("/candidates/{}/eligibility?update=true", world::CANDIDATE);
    for address in [in_draft, alone] {
        let update = browser.get(&address).await.is(200);
        let form = update.form("eligibility").check("criteria", "SENIOR").check("criteria", "JEUNE");
        let refused = form.submit().await.is(422);
        assert!(refused.error("criteria").is_some(), "{refused:?}");
        assert!(
            refused.says("Le diagnostic à mettre à jour") && refused.says("Paul HOFFMANN"),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_candidate_applies_for_themselves_without_look_up_nor_diagnosis() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Candidate).await;
    let jobs = begun(&browser).await;
    let message = jobs.form("jobs").submit().await.is(303).follow().await.is(200);
    let form = message.form("message").fill("message", "Je suis motivée.");
    let summary = form.submit().await.is(303).follow().await.is(200);
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Candidature envoyée");
    app.browser(Persona::Employer).await.get(end.url.path()).await.is(404);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_company_records_an_application_for_itself_without_message() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.scenario().application().sent(TimeDelta::hours(1)).insert().await;
    let browser = app.browser(Persona::Employer).await;
    let previous = begun(&browser).await;
    let jobs = previous.form("previous").submit().await.is(303).follow().await.is(200);
    let message = jobs.form("jobs").submit().await.is(303).follow().await.is(200);
    let form = message.form("message").check("informed", "true").check("consents", "true");
    let summary = form.submit().await.is(303).follow().await.is(200);
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert_eq!(end.h1(), "Auto-prescription enregistrée", "no 24-hour rule for one's own company");
    app.run_jobs().await;
}

#[tokio::test]
async fn pages_of_the_tunnel_stay_within_their_statements() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    for step in ["candidate", "jobs", "eligibility", "message", "summary"] {
        let page = browser.get(&summary.url.path().replace("/summary", &format!("/{step}"))).await.is(200);
        assert!(page.statements.len() <= 8, "{step}: {} {:#?}", page.statements.len(), page.statements);
    }
}

/// How many files the store holds.
fn stored(app: &TestApp) -> usize {
    std::fs::read_dir(app.files().join("cv")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_cv_nobody_needs_any_more_leaves_the_store() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert_eq!(stored(&app), 1);
    let message = browser.get(&summary.url.path().replace("/summary", "/message")).await.is(200);
    let form = message.form("message");
    form.clone().attach("cv", "autre.pdf", PDF).submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 1, "replaced, the former one is gone");
    let someone = app.scenario().person(Persona::Prescriber).await;
    let path = summary.url.path().replace("/summary", &format!("/candidate?candidate={someone}"));
    browser.get(&path).await.is(200).form("candidate").submit().await.is(303);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "the CV of someone else is gone");
    let trail = app.audit_trail().await;
    assert_eq!(trail.iter().filter(|action| *action == "candidate.document_deleted").count(), 2);
}

#[tokio::test]
async fn a_draft_is_resumed_or_given_up_from_the_dashboard() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    at_summary(&browser).await;
    let dashboard = browser.get("/dashboard").await.is(200);
    assert!(dashboard.says("Candidatures à terminer") && dashboard.says("Amel BENALI"), "{dashboard:?}");
    assert!(dashboard.says("2 juin 2026"), "until when it is kept: {dashboard:?}");
    browser.get(&dashboard.link("Reprendre")).await.is(200);
    let confirm = browser.get(&dashboard.link("Abandonner")).await.is(200);
    let path = confirm.url.path().to_owned();
    app.browser(Persona::PrescriberAdmin).await.get(&path).await.is(404);
    let dashboard = confirm.form("abandonment").submit().await.is(303).follow().await.is(200);
    assert!(!dashboard.says("Candidatures à terminer"), "{dashboard:?}");
    browser.get(&path).await.is(404);
    app.run_jobs().await;
    assert_eq!(stored(&app), 0, "its CV is gone with it");
    assert!(app.audit_trail().await.contains(&"draft.discarded".to_owned()));
}

#[tokio::test]
async fn a_draft_left_for_a_month_is_deleted_with_its_cv() {
    let app = TestApp::new().await;
    at_summary(&app.browser(Persona::Prescriber).await).await;
    let purge = async || {
        sqlx::query("SELECT graphile_worker.add_job('purge', '{}'::json)").execute(app.db()).await.unwrap();
        app.run_jobs().await;
        app.run_jobs().await;
    };
    app.advance(TimeDelta::days(29));
    purge().await;
    assert_eq!(stored(&app), 1);
    app.advance(TimeDelta::days(2));
    purge().await;
    assert_eq!(stored(&app), 0);
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM application_drafts").fetch_one(app.db()).await.unwrap();
    assert_eq!(left, 0);
}

/// Leaves the file of the candidate without what an application needs.
async fn incomplete(app: &TestApp) {
    sqlx::query(
        "UPDATE candidates SET birth_date = NULL, france_travail_id = NULL, france_travail_id_missing_reason = NULL
         WHERE id = $1",
    )
    .bind(world::CANDIDATE)
    .execute(app.db())
    .await
    .unwrap();
}

#[tokio::test]
async fn what_the_file_lacks_is_asked_and_what_it_holds_is_not() {
    let app = TestApp::new().await;
    incomplete(&app).await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = begun(&browser).await;
    let form = page.form("completion");
    assert!(!form.names().contains(&"phone"), "SUB-31: the phone is known: {page:?}");
    let refused = form.clone().submit().await.is(422);
    assert!(refused.error("birth_date").is_some() && refused.error("registration").is_some(), "{refused:?}");
    let form = form.fill("registration", "NOT_REGISTERED");
    let refused = form.clone().fill("birth_date", "1991-03-02").submit().await.is(422);
    let error = refused.error("birth_date").unwrap_or_default();
    assert!(error.contains("2 90 03 57 463 012 79"), "CON-3, the NIR repeated: {error}");
    let jobs = form.fill("birth_date", "1990-03-02").submit().await.is(303).follow().await.is(200);
    assert!(jobs.has_form("jobs"), "{jobs:?}");
    let again = browser.get(page.url.path()).await.is(303);
    assert!(again.location().unwrap().ends_with("/jobs"), "nothing is missing any more");
}

#[tokio::test]
async fn an_orienteur_who_sees_a_masked_file_does_not_complete_it() {
    let app = TestApp::new().await;
    app.ignore_mails();
    incomplete(&app).await;
    app.scenario().application().by(Persona::Orienter).sent(TimeDelta::days(30)).insert().await;
    let browser = app.browser(Persona::Orienter).await;
    let previous = begun(&browser).await;
    assert!(previous.has_form("previous"), "SUB-30: skipped: {previous:?}");
    let organisation = world::ASSOCIATION.to_string();
    let path = previous.url.path().replace("/previous", "/completion");
    browser.post(&path, &[("acting_for", &organisation), ("birth_date", "1990-03-02")]).await.is(403);
}

#[tokio::test]
async fn the_search_is_found_again_at_the_end_for_the_same_person() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let results = browser.get("/employers?city=metz-57&distance=50").await.is(200);
    let card = browser.get(&results.link("Les Jardins de la Seille")).await.is(200);
    assert!(
        card.links().contains(&"/employers?city=metz-57&distance=50".to_owned()),
        "the way back: {card:?}"
    );
    let start = format!("{}&candidate={}", card.link("Postuler"), world::CANDIDATE);
    let page = browser.get(&start).await.is(200).form("application-drafts").submit().await.is(303);
    let page = page.follow().await.is(200).form("jobs").submit().await.is(303).follow().await.is(200);
    let page = page.form("eligibility").submit().await.is(303).follow().await.is(200);
    let form =
        page.form("message").fill("message", "Bonjour").check("informed", "true").check("consents", "true");
    let form = form.fill("advisor", &Persona::PrescriberAdmin.user().to_string());
    let summary = form.submit().await.is(303).follow().await.is(200);
    assert!(summary.says("WEBER Perrine"), "SUB-62: {summary:?}");
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    let back = end.link("Revenir à la recherche pour cette personne");
    let expected = format!("/employers?city=metz-57&distance=50&candidate={}", world::CANDIDATE);
    assert!(back.ends_with(&expected), "SUB-22: {back}");
    let origin: String = sqlx::query_scalar("SELECT origin FROM candidate_relations WHERE user_id = $1")
        .bind(Persona::PrescriberAdmin.user())
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(origin, "applied", "SUB-65: the colleague accompanies the person");
    app.run_jobs().await;
}

#[tokio::test]
async fn mails_are_promised_to_those_who_have_an_address() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Prescriber).await;
    let summary = at_summary(&browser).await;
    assert!(
        summary.says("Un e-mail sera envoyé à l'employeur, à la personne et à vous-même."),
        "{summary:?}"
    );
    sqlx::query("UPDATE users SET email = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let summary = browser.get(summary.url.path()).await.is(200);
    assert!(summary.says("Un e-mail sera envoyé à l'employeur et à vous-même."), "{summary:?}");
    assert!(summary.says("prévenez-la vous-même"), "{summary:?}");
    let end = summary.form("submission").submit().await.is(303).follow().await.is(200);
    assert!(!end.says("ainsi qu'à la personne"), "{end:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_pending_authorisation_is_said_before_beginning() {
    let app = TestApp::new().await;
    let start = format!("/application-drafts/new?company={}", world::ACI);
    let orienteur = app.browser(Persona::Orienter).await.get(&start).await.is(200);
    assert!(!orienteur.says("72 heures"), "an organisation that needs none waits for nothing");
    sqlx::query(
        "UPDATE prescriber_organisations SET authorisation_status = 'NOT_SET' WHERE organisation_id = $1",
    )
    .bind(world::MISSION_LOCALE)
    .execute(app.db())
    .await
    .unwrap();
    let page = app.browser(Persona::Prescriber).await.get(&start).await.is(200);
    assert!(page.says("en attente de validation") && page.says("72 heures"), "SUB-23: {page:?}");
}
