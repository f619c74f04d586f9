//! Changing what a file says of a person (rule book 02 §12.5 UPD, §12.1 HIS).

use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

fn address() -> String {
    format!("/candidates/{}/update", world::CANDIDATE)
}

/// The form, with what the file still lacks.
async fn opened(browser: &Browser) -> Form {
    completed(browser.get(&address()).await.is(200).form("update"))
}

/// What the files of this world lack.
fn completed(form: Form) -> Form {
    let form = form.fill("education_level", "51");
    if form.names().contains(&"title") { form.fill("title", "MME") } else { form }
}

async fn saved(form: &Form) -> Page {
    form.submit().await.is(200).form("update").press("save").submit().await
}

async fn set(app: &TestApp, file: &str) {
    let query = format!("UPDATE candidates SET {file} WHERE id = $1");
    sqlx::query(sqlx::AssertSqlSafe(query)).bind(world::CANDIDATE).execute(app.db()).await.unwrap();
}

async fn kept(app: &TestApp, condition: &str) -> bool {
    let query = format!(
        "SELECT EXISTS (SELECT FROM candidates c JOIN users u ON u.id = c.id WHERE c.id = $1 AND {condition})"
    );
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(world::CANDIDATE).fetch_one(app.db()).await.unwrap()
}

/// UPD-1, UPD-2, HIS-1, §14.4.
#[tokio::test]
async fn a_professional_corrects_a_file_after_reading_what_changes_and_the_person_is_told() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let file = browser.get(&format!("/candidates/{}", world::CANDIDATE)).await.is(200);
    let page = file.click("Modifier le dossier").await.is(200);
    assert!(page.h1().contains("Modifier le dossier d’Amel BENALI"), "{}", page.h1());
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    let form = completed(page.form("update")).fill("phone", "07 00 00 00 01");
    let form = form.fill("address_line_1", "3 rue Serpenoise").fill("last_name", "Haddad");
    let recap = form.submit().await.is(200);
    for said in ["Haddad", "07 00 00 00 01", "3 rue Serpenoise", "5 place Saint-Louis", "informée par e-mail"]
    {
        assert!(recap.says(said), "UPD-2, {said}: {}", recap.text());
    }
    assert!(kept(&app, "c.address_line_1 = '5 place Saint-Louis'").await, "nothing saved before the end");
    let save = recap.form("update").press("save");
    let done = save.submit().await.is(303).follow().await;
    assert!(done.flash().unwrap().contains("Dossier modifié"));
    save.submit().await.is(303);
    let searched = "u.last_name = 'Haddad' AND c.search = 'haddad amel'";
    assert!(kept(&app, searched).await, "found under the new name");
    assert!(kept(&app, "u.phone = '0700000001' AND c.last_checked_at IS NOT NULL").await);
    assert!(app.audit_trail().await.contains(&"candidate.updated".to_owned()));
    let mails = app.run_jobs_and_mails().await;
    let [mail] = mails.as_slice() else { panic!("one mail: {}", mails.len()) };
    assert_eq!(mail.recipient, Persona::Candidate.email());
    assert!(mail.text_body.contains("civilité, nom, téléphone, adresse"), "{}", mail.text_body);
    assert!(!mail.text_body.contains("Serpenoise"), "a mail says what changed, not how");

    let history = browser.get(&format!("/candidates/{}/changes", world::CANDIDATE)).await.is(200);
    for said in ["5 place Saint-Louis", "3 rue Serpenoise", "Mission locale"] {
        assert!(history.says(said), "HIS-1, {said}: {}", history.text());
    }
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(own.says("A modifié ou vérifié votre dossier"), "D4");
    let changes = own.click("Voir ce qui a changé").await.is(200);
    assert!(changes.says("3 rue Serpenoise"), "{}", changes.text());
}

#[tokio::test]
async fn nothing_to_correct_is_a_confirmation() {
    let app = TestApp::new().await;
    set(&app, "education_level = '51', last_checked_at = NULL").await;
    sqlx::query("UPDATE users SET title = 'MME' WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let form = app.browser(Persona::Prescriber).await.get(&address()).await.is(200).form("update");
    let recap = form.submit().await.is(200);
    assert!(recap.says("Rien ne change"), "{}", recap.text());
    let done = recap.form("update").press("save").submit().await.is(303).follow().await;
    assert!(done.flash().unwrap().contains("Dossier vérifié"));
    assert!(kept(&app, "c.last_checked_at IS NOT NULL").await, "UPD-1");
    assert!(app.run_jobs_and_mails().await.is_empty(), "nobody is told of nothing");
}

/// §14.4: both addresses; CON-8, DUP-1, D26.
#[tokio::test]
async fn an_address_changes_with_a_mail_to_the_old_one_and_the_new_one() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let form = opened(&browser).await;
    for (email, phone, said) in [
        ("agent@francetravail.fr", "", "France Travail"),
        (Persona::OtherCandidate.email(), "", "autre compte"),
        ("amel", "", "adresse e-mail valide"),
        ("", "", "l’un des deux suffit"),
    ] {
        let form = form.clone().fill("email", email).fill("phone", phone);
        let page = form.submit().await;
        let page = if page.status == 200 { page.form("update").press("save").submit().await } else { page };
        let error = page.is(422).error("email").unwrap_or_default();
        assert!(error.contains(said), "{email}: {error}");
    }
    saved(&form.fill("email", "amel.neuf@exemple.fr")).await.is(303);
    let mails = app.run_jobs_and_mails().await;
    let mut told: Vec<(&str, bool)> =
        mails.iter().map(|mail| (mail.recipient.as_str(), mail.subject.contains("adresse e-mail"))).collect();
    told.sort_unstable();
    let old = Persona::Candidate.email();
    assert_eq!(
        told,
        [(old, true), ("amel.neuf@exemple.fr", false), ("amel.neuf@exemple.fr", true)],
        "the level of education has its own mail"
    );
}

/// CNR-1, UPD-2, HIS-2, HIS-3: what is read-only is neither asked nor overwritten, even by a forged form.
#[tokio::test]
async fn what_is_read_only_is_not_changed() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let form = opened(&browser).await;
    assert!(!form.names().contains(&"nir"), "CNR-1");
    let certify = "INSERT INTO identity_certifications VALUES ($1, $2, now())";
    for certifier in ["API_PARTICULIER", "FT_CERTIFIED"] {
        sqlx::query(certify).bind(world::CANDIDATE).bind(certifier).execute(app.db()).await.unwrap();
    }
    let form = opened(&browser).await;
    for field in ["title", "first_name", "last_name", "birth_date", "birth_country", "france_travail_id"] {
        assert!(!form.names().contains(&field), "HIS-3: {field}");
    }
    let forged = form.forge("last_name", "Autre").forge("birth_date", "1985-06-14");
    saved(&forged.forge("nir", world::UNKNOWN_NIR).fill("phone", "07 00 00 00 02")).await.is(303);
    assert!(kept(&app, "u.last_name <> 'Autre' AND c.birth_date = '1990-03-12'").await);
    assert!(kept(&app, &format!("c.nir = '{}' AND u.phone = '0700000002'", world::CANDIDATE_NIR)).await);

    sqlx::query("DELETE FROM identity_certifications WHERE certifier = 'API_PARTICULIER'")
        .execute(app.db())
        .await
        .unwrap();
    saved(&opened(&browser).await.fill("first_name", "Amelle")).await.is(303);
    let certified: i64 =
        sqlx::query_scalar("SELECT count(*) FROM identity_certifications").fetch_one(app.db()).await.unwrap();
    assert_eq!(certified, 0, "HIS-2");

    sqlx::query("INSERT INTO identities VALUES ('FC', 'sub', $1, now())")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let form = opened(&browser).await;
    for field in ["title", "first_name", "last_name", "birth_date", "email"] {
        assert!(!form.names().contains(&field), "UPD-2: {field}");
    }
    app.ignore_jobs();
}

/// CNR-3: a NIR that was missing is typed in the file; CON-1, DUP-1.
#[tokio::test]
async fn a_missing_nir_is_typed_in_the_file() {
    let app = TestApp::new().await;
    set(&app, "nir = NULL, nir_missing_reason = 'NO_NIR'").await;
    let form = opened(&app.browser(Persona::Prescriber).await).await;
    assert_eq!(form.value("nir_missing_reason").as_deref(), Some("NO_NIR"));
    let man =
        form.clone().fill("title", "MME").fill("nir", world::OTHER_CANDIDATE_NIR).submit().await.is(422);
    assert!(man.error("title").unwrap().contains("civilité"), "CON-1");
    saved(&form.fill("nir", world::CANDIDATE_NIR)).await.is(303);
    assert!(kept(&app, &format!("c.nir = '{}'", world::CANDIDATE_NIR)).await);
    app.ignore_jobs();
}

/// D32: two people at once.
#[tokio::test]
async fn whoever_comes_second_is_told_what_changed_and_loses_nothing() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    set(&app, "education_level = '51'").await;
    let first = opened(&app.browser(Persona::Prescriber).await).await;
    let second = opened(&app.browser(Persona::Employer).await).await;
    saved(&first.fill("phone", "07 00 00 00 03")).await.is(303);
    let page = second.fill("address_line_1", "9 rue des Clercs").submit().await.is(409);
    assert!(page.says("Ce dossier a changé entre-temps"), "{}", page.text());
    assert!(page.says("07 00 00 00 03") && page.says("Une autre structure"), "{}", page.text());
    let again = page.form("update");
    assert_eq!(again.value("address_line_1").as_deref(), Some("9 rue des Clercs"), "what was typed");
    saved(&again).await.is(303);
    let both = "u.phone = '0700000003' AND c.address_line_1 = '9 rue des Clercs'";
    assert!(kept(&app, both).await, "neither undoes the other");
    app.ignore_jobs();
}

/// PII-2, D4: who may, who is denied, for whom the file does not exist; the person their own.
#[tokio::test]
async fn who_may_change_a_file() {
    let app = TestApp::new().await;
    app.scenario().application().insert().await;
    app.scenario().application().by(Persona::Orienter).to(world::EI).insert().await;
    for (persona, status) in [
        (Persona::Candidate, 200),
        (Persona::Prescriber, 200),
        (Persona::PrescriberAdmin, 200),
        (Persona::Employer, 200),
        (Persona::Orienter, 403),
        (Persona::OtherPrescriber, 404),
        (Persona::GeiqEmployer, 404),
        (Persona::OtherCandidate, 404),
        (Persona::Inspector, 403),
        (Persona::Staff, 403),
    ] {
        for page in ["update", "changes", "nir-correction"] {
            let address = format!("/candidates/{}/{page}", world::CANDIDATE);
            let shown = app.browser(persona).await.get(&address).await;
            assert_eq!(shown.status, status, "{persona:?} {page}");
        }
    }
}

#[tokio::test]
async fn a_person_corrects_their_own_file() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Candidate).await;
    let page = browser.get("/my-file").await.is(200).click("Modifier mon dossier").await.is(200);
    assert_eq!(page.h1(), "Modifier mon dossier");
    let form = completed(page.form("update")).fill("phone", "07 00 00 00 04");
    let done = saved(&form).await.is(303).follow().await;
    assert_eq!(done.url.path(), "/my-file");
    assert!(kept(&app, "u.phone = '0700000004'").await);
    assert!(app.run_jobs_and_mails().await.is_empty(), "nobody else acted");
}

/// SUB-70, UPD-2: from an application, and back to it.
#[tokio::test]
async fn an_application_leads_to_the_file_and_back() {
    let app = TestApp::new().await;
    let id = app.scenario().application().insert().await;
    let application = format!("/applications/{id}");
    let page = app.browser(Persona::Employer).await.get(&application).await.is(200);
    let page = page.click("Modifier ces coordonnées").await.is(200);
    let form = completed(page.form("update"));
    assert_eq!(saved(&form).await.is(303).location().as_deref(), Some(application.as_str()));
    let staff = app.browser(Persona::Staff).await.get(&application).await.is(200);
    assert!(!staff.says("Modifier ces coordonnées"));
    app.ignore_jobs();
}
