//! An employer declines.

use iae_domain::applications::StateCode;
use iae_tests::{Persona, TestApp, world};

#[tokio::test]
async fn a_refusal_needs_its_reason_and_both_messages() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let refused = page.form("main form").fill("answer", "Merci.").submit().await.is(422);
    assert!(refused.error("reason").is_some());
    assert!(refused.error("answer_to_prescriber").is_some(), "everything at once: {:?}", refused.errors());
    let empty = page.form("main form").submit().await.is(422);
    assert_eq!(empty.errors().len(), 3, "{:?}", empty.errors());
    assert_eq!(refused.value("answer").as_deref(), Some("Merci."));
    let long = page.form("main form").fill("reason", "no_position").fill("answer", &"é".repeat(5001));
    let long = long.fill("answer_to_prescriber", "Merci.").submit().await.is(422);
    assert!(long.error("answer").unwrap_or_default().contains("5001 caractères"), "{:?}", long.errors());
    assert_eq!(long.value("answer_to_prescriber").as_deref(), Some("Merci."), "what was typed is kept");
    let without = page.form("main form").fill("reason", "no_position").fill("answer", "Merci.");
    let without = without.submit().await.is(422);
    assert!(without.error("answer_to_prescriber").is_some(), "REF-2");

    let drafted = page.form("main form").fill("reason", "no_position").press("draft").submit().await.is(200);
    assert!(drafted.value("answer").unwrap_or_default().contains("ne recrutons pas"));
    let done =
        drafted.form("main form").fill("answer_to_prescriber", "Rappelez au printemps.").submit().await;
    assert_eq!(done.is(303).follow().await.flash().as_deref(), Some("Candidature déclinée"));
    app.run_jobs_and_mails().await;
}

#[tokio::test]
async fn the_candidate_reads_the_reason_only_when_it_is_shared_and_never_the_message_to_the_prescriber() {
    for shared in [false, true] {
        let app = TestApp::new().await;
        let id = app.scenario().application().insert().await;
        let employer = app.browser(Persona::Employer).await;
        let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
        let mut form = page
            .form("main form")
            .fill("reason", "not_mobile")
            .fill("answer", "Bonne chance pour la suite.")
            .fill("answer_to_prescriber", "Aidez-la à passer le permis.");
        if shared {
            form = form.check("shared_with_candidate", "true");
        }
        form.submit().await.is(303);
        let address = format!("/applications/{id}");
        let own = app.browser(Persona::Candidate).await.get(&address).await.is(200);
        assert!(!own.says("Candidat non mobile"), "D28: words of professionals");
        assert_eq!(own.says("des déplacements difficiles pour vous"), shared, "REF-8");
        assert!(own.says("Bonne chance pour la suite.") && !own.says("permis"));
        let sent = app.browser(Persona::Prescriber).await.get(&address).await.is(200);
        assert!(sent.says("Candidat non mobile") && sent.says("permis"));
        app.ignore_mails();
    }
}

/// D28: in the page, in the mail, shared or not.
#[tokio::test]
async fn an_internal_reason_is_never_read_by_the_person() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form =
        page.form("main form").fill("reason", "prevent_objectives").check("shared_with_candidate", "true");
    let drafted = form.press("draft").submit().await.is(200);
    let text = drafted.value("answer").unwrap_or_default();
    assert!(!text.is_empty() && !text.contains("objectifs"), "{text}");
    drafted.form("main form").check("shared_with_candidate", "true").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let told = mails.iter().find(|mail| mail.recipient.as_str() == Persona::Candidate.email()).unwrap();
    let address = format!("/applications/{id}");
    let own = app.browser(Persona::Candidate).await.get(&address).await.is(200);
    for words in ["objectifs", "dialogue de gestion", "Motif", "En bref"] {
        assert!(!told.text_body.contains(words) && !own.says(words), "{words}: {} {own:?}", told.text_body);
    }
    let sent = app.browser(Persona::Prescriber).await.get(&address).await.is(200);
    assert!(sent.says("dialogue de gestion") && sent.says("non partagé"), "{sent:?}");
}

#[tokio::test]
async fn one_message_serves_both_and_is_shown_once() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form = page.form("main form").fill("reason", "no_position").fill("answer", "Rappelez en juin.");
    let form = form.check("same_message", "true");
    let two = form.clone().fill("answer_to_prescriber", "Aidez-la.").submit().await.is(422);
    assert!(two.error("answer_to_prescriber").is_some(), "neither is lost without a word: {two:?}");
    form.submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let told = mails.iter().find(|mail| mail.recipient.as_str() == Persona::Prescriber.email()).unwrap();
    assert_eq!(told.text_body.matches("Rappelez en juin.").count(), 1, "{}", told.text_body);
    let sent = app.browser(Persona::Prescriber).await.get(&format!("/applications/{id}")).await.is(200);
    assert_eq!(sent.text().matches("Rappelez en juin.").count(), 1, "{sent:?}");
}

#[tokio::test]
async fn every_reason_offered_proposes_a_text_to_the_prescriber() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form = page.form("main form");
    let reasons: Vec<String> = form.offered("reason").into_iter().filter(|code| !code.is_empty()).collect();
    assert_eq!(reasons.len(), 13);
    for reason in reasons {
        let drafted = form.clone().fill("reason", &reason).press("draft").submit().await.is(200);
        let empty = |field| drafted.value(field).unwrap_or_default().is_empty();
        assert_eq!(
            (empty("answer"), empty("answer_to_prescriber")),
            (reason == "other", false),
            "{reason}: REF-2"
        );
    }
}

#[tokio::test]
async fn the_prescriber_is_told_what_can_be_done_next() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form = page.form("main form").fill("reason", "no_position").fill("answer", "Merci.");
    form.check("same_message", "true").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let told = mails.iter().find(|mail| mail.recipient.as_str() == Persona::Prescriber.email()).unwrap();
    let search = format!("/employers?for={}", world::CANDIDATE);
    let same = format!("/employers/{}", world::ACI);
    assert!(told.text_body.contains(&search) && told.text_body.contains(&same), "{}", told.text_body);

    let sent = app.browser(Persona::Prescriber).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(sent.says("En parler avec la structure") && sent.says("quand la structure recrutera de nouveau"));
    let results = sent.click("Proposer à un autre employeur").await.is(303).follow().await.is(200);
    assert!(results.url.as_str().contains("city=metz-57") && results.says("Pour Amel BENALI"), "{results:?}");
    assert!(sent.click("Postuler à nouveau dans cette structure").await.is(200).url.path().contains(&same));
    let own = app.browser(Persona::Candidate).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(own.says("Chercher une autre structure") && !own.says("La proposer"), "{own:?}");
    assert!(
        !employer.get(&format!("/applications/{id}")).await.says("Et maintenant"),
        "nothing to the company"
    );
}

#[tokio::test]
async fn what_a_colleague_already_declined_is_a_conflict() {
    let app = TestApp::new().await;
    let id = app.scenario().application().state(StateCode::Refused).insert().await;
    app.browser(Persona::Employer).await.get(&format!("/applications/{id}/refusal")).await.is(409);
}

/// PII-3: nobody made the file of a candidate who came alone; an orienteur who applies for them is told without the name.
#[tokio::test]
async fn of_a_candidate_who_came_alone_the_orienteur_is_told_without_the_name() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE candidates SET created_by = NULL, created_by_organisation = NULL")
        .execute(app.db())
        .await
        .unwrap();
    let id = app.scenario().application().by(Persona::Orienter).insert().await;
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form = page.form("main form").fill("reason", "no_position").fill("answer", "Merci.");
    form.fill("answer_to_prescriber", "Merci.").submit().await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let told = mails.iter().find(|mail| mail.recipient.as_str() == Persona::Orienter.email()).unwrap();
    assert!(!told.text_body.contains("BENALI"), "{}", told.text_body);
}

/// REF-9: refused for « Autre », the prescriber reads whom to talk to, on the page as in the mail; nobody else does.
#[tokio::test]
async fn refused_for_other_the_prescriber_reads_who_declined() {
    for (reason, told) in [("other", true), ("no_position", false)] {
        let app = TestApp::new().await;
        let id = app.scenario().application().insert().await;
        let employer = app.browser(Persona::Employer).await;
        let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
        let form = page.form("main form").fill("reason", reason).fill("answer", "Merci.");
        form.fill("answer_to_prescriber", "Appelez-nous.").submit().await.is(303);
        let address = format!("/applications/{id}");
        let contact = Persona::Employer.email();
        let sent = app.browser(Persona::Prescriber).await.get(&address).await.is(200);
        let words = format!("En parler avec la structure. Émile SCHMITT, {contact}");
        assert_eq!(sent.says(&words), told, "{reason}: {sent:?}");
        let own = app.browser(Persona::Candidate).await.get(&address).await.is(200);
        assert!(!own.html.contains(contact), "never the person");
        assert!(!employer.get(&address).await.says("En parler avec la structure"), "nor an employer");

        // Whoever declined has left: the address of the company.
        for sql in [
            "UPDATE users SET is_active = false WHERE email = $1",
            "UPDATE organisations SET email = 'contact@jardins.exemple.fr' WHERE $1 <> ''",
        ] {
            sqlx::query(sql).bind(contact).execute(app.db()).await.unwrap();
        }
        let sent = app.browser(Persona::Prescriber).await.get(&address).await.is(200);
        let words = "En parler avec la structure. Émile SCHMITT, contact@jardins.exemple.fr.";
        assert_eq!(sent.says(words), told, "{sent:?}");
        app.ignore_mails();
    }
}

/// D26: no mail can be written to the person; the answer is a letter, for the employer and for whoever follows them.
#[tokio::test]
async fn the_answer_to_someone_without_address_is_a_letter_to_hand_over() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let employer = app.browser(Persona::Employer).await;
    let letter = format!("/applications/{id}/letter");
    employer.get(&letter).await.is(404);
    sqlx::query("UPDATE users SET email = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    employer.get(&letter).await.is(404);
    let page = employer.get(&format!("/applications/{id}/refusal")).await.is(200);
    let form = page.form("main form").fill("reason", "no_position").fill("answer", "Rappelez en juin.");
    let done = form.check("same_message", "true").submit().await.is(303).follow().await;
    assert!(done.says("n’a pas d’adresse e-mail"), "{done:?}");
    for persona in [Persona::Employer, Persona::Prescriber] {
        let page = app.browser(persona).await.get(&format!("/applications/{id}")).await.is(200);
        let printed = page.click("Imprimer la lettre").await.is(200);
        assert!(printed.says("Amel BENALI") && printed.says("Rappelez en juin."), "{persona:?}: {printed:?}");
        assert!(!printed.says("recrute pas"), "{persona:?}: the reason is not shared");
    }
    app.browser(Persona::OtherEmployer).await.get(&letter).await.is(404);
    app.browser(Persona::OtherPrescriber).await.get(&letter).await.is(404);
    app.ignore_mails();
    app.ignore_jobs();
}

/// Someone who applied alone is not told to talk to themselves, and whoever is hired is not sent elsewhere.
#[tokio::test]
async fn the_letter_fits_who_sent_the_application_and_what_was_answered() {
    let app = TestApp::new().await;
    let alone = app.scenario().application().by(Persona::Candidate).state(StateCode::Refused).insert().await;
    let hired = app.scenario().application().to(world::EI).state(StateCode::Accepted).insert().await;
    sqlx::query("UPDATE users SET email = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let alone =
        app.browser(Persona::Employer).await.get(&format!("/applications/{alone}/letter")).await.is(200);
    assert!(!alone.says("en parler avec") && alone.says("D’autres structures recrutent"), "{alone:?}");
    let hired = app.browser(Persona::OtherEmployer).await.get(&format!("/applications/{hired}/letter")).await;
    let hired = hired.is(200);
    assert!(hired.says("a accepté votre candidature") && hired.says("en parler avec"), "{hired:?}");
    assert!(!hired.says("D’autres structures"), "{hired:?}");
    app.ignore_jobs();
}
