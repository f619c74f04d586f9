//! What the person's file lacks is asked, shown and written with the hire (rule book 02 §6.2).

use chrono::{DateTime, TimeDelta, Utc};
use iae_tests::{Form, Page, Persona, TestApp, world};
use sqlx::types::chrono::NaiveDate;

/// Nothing of what step 1 asks is known.
const NOTHING: &str = "birth_date = NULL, birth_country_code = NULL, birth_commune_code = NULL, nir = NULL,
    france_travail_id = NULL, address_line_1 = '', post_code = NULL, city = ''";

/// Changes the file of the candidate, who has a diagnosis and an application at the ACI, and gives its address.
async fn application(app: &TestApp, file: &str) -> String {
    let query = format!("UPDATE candidates SET {file} WHERE id = $1");
    sqlx::query(sqlx::AssertSqlSafe(query)).bind(world::CANDIDATE).execute(app.db()).await.unwrap();
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    format!("/applications/{id}/acceptance")
}

/// The page as the employer opens it, and its form with a contract.
async fn opened(app: &TestApp, address: &str) -> (Page, Form) {
    let browser = app.browser(Persona::Employer).await;
    let page = browser.get(address).await.is(200);
    let again = browser.get(page.url.path()).await.is(200);
    assert!(again.statements.len() <= 8, "the first also writes its trace (D34): {:#?}", again.statements);
    let start = app.today() + TimeDelta::days(7);
    let form = page.form("main form").fill("starts_on", &start.to_string());
    (page, form)
}

/// Everything asked of a file where [`NOTHING`] is known.
fn filled(form: &Form) -> Form {
    form.clone()
        .fill("birth_date", "1985-06-14")
        .fill("birth_country", "109")
        .fill("nir", "2 85 06 54 395 077 03")
        .fill("address_line_1", "3 rue Serpenoise")
        .fill("post_code", "57000")
        .fill("city", "metz")
        .fill("registration", "FORGOTTEN")
}

async fn count(app: &TestApp, from: &str) -> i64 {
    let query = format!("SELECT count(*) FROM {from}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(app.db()).await.unwrap()
}

/// ACC-10: what is known is neither asked nor overwritten, even by a forged form.
#[tokio::test]
async fn a_complete_file_is_not_asked_again_nor_changed() {
    let app = TestApp::new().await;
    let (page, form) = opened(&app, &application(&app, "birth_country_code = '109'").await).await;
    assert!(!page.says("Dossier d’Amel BENALI"), "{}", page.text());
    for field in ["birth_date", "birth_country", "nir", "address_line_1", "registration"] {
        assert!(!form.names().contains(&field), "{field}");
    }
    let forged =
        form.forge("birth_date", "1985-06-14").forge("nir", world::UNKNOWN_NIR).forge("city", "metz");
    let recap = forged.press("review").submit().await.is(200);
    assert!(!recap.says("Ajouté au dossier"), "{}", recap.text());
    recap.form("main form").press("confirm").submit().await.is(303);
    let kept = format!("candidates WHERE nir = '{}' AND birth_date = '1990-03-12'", world::CANDIDATE_NIR);
    assert_eq!(count(&app, &kept).await, 1);
    assert!(!app.audit_trail().await.contains(&"candidate.completed".to_owned()));
    app.ignore_mails();
}

#[tokio::test]
async fn what_is_missing_is_asked_shown_and_written_with_the_hire() {
    let app = TestApp::new().await;
    let (page, form) = opened(&app, &application(&app, NOTHING).await).await;
    assert!(page.says("délivré après vérification"), "warned before the recap: {}", page.text());
    let recap = filled(&form).press("review").submit().await.is(200);
    for shown in
        ["14 juin 1985", "Allemagne", "2 85 06 54 395 077 03", "3 rue Serpenoise, 57000 Metz", "oublié"]
    {
        assert!(recap.says(shown), "{shown}: {}", recap.text());
    }
    assert!(recap.says("Un PASS IAE sera délivré"), "the NIR just given does: {}", recap.text());
    assert_eq!(count(&app, "candidates WHERE nir = '285065439507703'").await, 0, "ACC-1");

    let back = recap.form("main form").press("edit").submit().await.is(200);
    assert_eq!(back.value("address_line_1").as_deref(), Some("3 rue Serpenoise"));
    let done = recap.form("main form").press("confirm").submit().await.is(303);
    assert!(done.statements.len() <= 33, "{} statements", done.statements.len());
    let shown = done.follow().await.is(200);
    assert!(shown.says("Le PASS IAE est rattaché à ce contrat"), "{}", shown.text());
    let (born, country, city, department, checked): (NaiveDate, String, String, String, DateTime<Utc>) =
        sqlx::query_as(
            "SELECT birth_date, birth_country_code, city, department_code, last_checked_at FROM candidates
             WHERE nir = '285065439507703' AND france_travail_id_missing_reason = 'FORGOTTEN'",
        )
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!((born.to_string().as_str(), country.as_str(), city.as_str()), ("1985-06-14", "109", "Metz"));
    assert_eq!((department.as_str(), checked), ("57", app.now()), "ACC-12");
    assert_eq!(count(&app, "passes").await, 1);
    let trail = app.audit_trail().await;
    let at = |action: &str| trail.iter().position(|written| written == action);
    assert!(at("candidate.completed").is_some() && at("pass.issued").is_some(), "{trail:?}");
    app.ignore_mails();
}

#[tokio::test]
async fn a_mistake_stands_beside_its_field_and_nothing_is_written() {
    let app = TestApp::new().await;
    let (_, form) = opened(&app, &application(&app, NOTHING).await).await;
    for (field, typed, told, words) in [
        ("nir", "", "nir", "dites pourquoi"),
        ("nir", "2 85 06 54", "nir", "trop court"),
        ("nir", "285065439507704", "nir", "n’est pas valide"),
        ("nir", "2 69 05 49 588 157 80", "nir", "cartes d’exemple"),
        ("birth_date", "", "birth_date", "Saisissez la date"),
        ("birth_date", "2010-05-04", "birth_date", "plus de 16 ans"),
        ("birth_date", "1985-07-14", "birth_date", "ne correspond pas"),
        ("birth_country", "", "birth_country", "pays"),
        ("birth_commune", "Metz", "birth_commune", "effacez la commune"),
        ("address_line_1", "", "address_line_1", "rue"),
        ("post_code", "5700", "post_code", "5 chiffres"),
        ("city", "Metzz", "city", "n’existe pas"),
        ("registration", "REGISTERED", "france_travail_id", "Saisissez l’identifiant"),
        ("france_travail_id", "12", "france_travail_id", "8 caractères"),
    ] {
        let page = filled(&form).fill("answer", "Bienvenue").fill(field, typed);
        let page = page.press("review").submit().await.is(422);
        let error = page.error(told).unwrap_or_default();
        assert!(error.contains(words), "{field} {typed:?}: {:?}", page.errors());
        assert_eq!(page.value("answer").as_deref(), Some("Bienvenue"));
    }
    let all = form.clone().fill("nir", "").fill("starts_on", "2026-05-03").fill("ends_on", "2026-05-02");
    let all = all.press("review").submit().await.is(422);
    for field in ["birth_date", "nir", "address_line_1", "registration", "starts_on", "ends_on"] {
        assert!(all.error(field).is_some(), "every mistake at once: {field} in {:?}", all.errors());
    }
    let unread = filled(&form).fill("nir", "2 85 06 54").forge("step", "confirm").submit().await.is(422);
    assert!(unread.error("nir").is_some(), "ACC-2: the last step reads everything again");
    assert_eq!(unread.value("city").as_deref(), Some("metz"));
    assert_eq!(count(&app, "candidates WHERE nir IS NOT NULL").await, 1);
    assert_eq!(count(&app, "passes").await, 0);
}

/// DUP-1: someone else's number is told at the recap already, and when it became theirs meanwhile.
#[tokio::test]
async fn the_nir_of_someone_else_is_refused() {
    let app = TestApp::new().await;
    let (_, form) = opened(&app, &application(&app, NOTHING).await).await;
    let theirs = filled(&form).fill("nir", world::OTHER_CANDIDATE_NIR).fill("birth_date", "1998-11-02");
    let page = theirs.press("review").submit().await.is(422);
    assert!(page.error("nir").unwrap_or_default().contains("d’un autre dossier"), "{:?}", page.errors());

    let recap = filled(&form).press("review").submit().await.is(200);
    sqlx::query("UPDATE candidates SET nir = $1 WHERE id = $2")
        .bind(world::UNKNOWN_NIR)
        .bind(world::OTHER_CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let page = recap.form("main form").press("confirm").submit().await.is(422);
    assert!(page.error("nir").unwrap_or_default().contains("d’un autre dossier"), "{:?}", page.errors());
    assert_eq!(count(&app, "passes").await, 0);
    assert_eq!(count(&app, "candidates WHERE birth_date IS NULL").await, 1, "nothing half saved");
}

/// ACC-11: the number agrees with what the file already says.
#[tokio::test]
async fn a_nir_that_disagrees_with_the_file_is_refused() {
    let app = TestApp::new().await;
    let (_, form) = opened(&app, &application(&app, "nir = NULL").await).await;
    let page = form.clone().fill("nir", world::UNKNOWN_NIR).press("review").submit().await.is(422);
    let error = page.error("nir").unwrap_or_default();
    assert!(error.contains("date de naissance du dossier"), "{error}");
    sqlx::query("UPDATE users SET title = 'M' WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    let page = form.fill("nir", world::CANDIDATE_NIR).press("review").submit().await.is(422);
    assert!(page.error("nir").unwrap_or_default().contains("civilité"), "{:?}", page.errors());
}

/// §6.2: the number may still be given when a reason was stored; without it the reason stays (CNR-3).
#[tokio::test]
async fn a_stored_reason_gives_way_to_a_number_and_stays_without() {
    let app = TestApp::new().await;
    let address = application(&app, "nir = NULL, nir_missing_reason = 'NO_NIR'").await;
    let (page, form) = opened(&app, &address).await;
    assert!(page.says("Pas de numéro de sécurité sociale") && !page.says("délivré après vérification"));
    assert!(!form.names().contains(&"nir_missing_reason"));
    let without = form.clone().press("review").submit().await.is(200);
    assert!(!without.says("Ajouté au dossier"));
    let with = form.fill("nir", world::CANDIDATE_NIR).press("review").submit().await.is(200);
    with.form("main form").press("confirm").submit().await.is(303);
    assert_eq!(count(&app, "candidates WHERE nir IS NOT NULL AND nir_missing_reason IS NULL").await, 2);
    app.ignore_mails();
}

/// §6.5, 3d and MAN-4: without identifier the PASS is not issued by the click, and everyone is told so.
#[tokio::test]
async fn without_identifier_the_pass_is_announced_as_delivered_by_hand() {
    let app = TestApp::new().await;
    let file = "nir = NULL, nir_missing_reason = 'NO_NIR', france_travail_id = NULL,
        france_travail_id_missing_reason = 'FORGOTTEN'";
    let (page, form) = opened(&app, &application(&app, file).await).await;
    assert!(page.says("Le PASS IAE sera délivré après vérification"), "{}", page.text());
    let recap = form.press("review").submit().await.is(200);
    assert!(recap.says("délivré par l’équipe après vérification"), "{}", recap.text());
    let shown = recap.form("main form").press("confirm").submit().await.is(303).follow().await.is(200);
    assert!(shown.says("L’équipe du service vérifie la demande de PASS IAE"), "{}", shown.text());
    assert_eq!(count(&app, "passes").await, 0);
    let mails = app.run_jobs_and_mails().await;
    assert!(mails.iter().any(|mail| mail.recipient == "equipe@parcours.exemple.fr"), "{mails:?}");
}

#[tokio::test]
async fn a_hire_that_fails_leaves_the_file_as_it_was() {
    let app = TestApp::new().await;
    let (_, form) = opened(&app, &application(&app, NOTHING).await).await;
    let recap = filled(&form).press("review").submit().await.is(200);
    sqlx::query("ALTER TABLE emails ADD CONSTRAINT emails_down_check CHECK (false) NOT VALID")
        .execute(app.db())
        .await
        .unwrap();
    let failed = recap.form("main form").press("confirm").submit().await;
    assert!(failed.status.is_server_error(), "{}", failed.status);
    assert_eq!(count(&app, "candidates WHERE nir IS NULL AND birth_date IS NULL AND city = ''").await, 1);
    assert_eq!(count(&app, "passes").await, 0);
    assert_eq!(
        app.audit_trail().await,
        ["candidate.file_opened"],
        "D34: the page was read, nothing else happened"
    );
    sqlx::query("ALTER TABLE emails DROP CONSTRAINT emails_down_check").execute(app.db()).await.unwrap();
    recap.form("main form").press("confirm").submit().await.is(303);
    assert_eq!(count(&app, "candidates WHERE nir = '285065439507703' AND city = 'Metz'").await, 1);
    app.ignore_mails();
}
