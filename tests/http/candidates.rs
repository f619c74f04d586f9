//! Finding, creating, opening the files of candidates.

use chrono::TimeDelta;
use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

const LOOKUP: &str = "/candidates/lookup";

/// Types a NIR in the first step.
pub async fn by_nir(browser: &Browser, nir: &str) -> Page {
    browser.get(LOOKUP).await.form("lookup").fill("nir", nir).submit().await
}

/// Goes to the creation of a file, for a NIR and an address nobody has.
pub async fn creation(browser: &Browser) -> Form {
    let page = by_nir(browser, world::UNKNOWN_NIR).await.is(200);
    let page = page.form("email").fill("email", "lise.kauffmann@exemple.fr").submit().await.is(200);
    page.form("new")
}

/// Fills everything but what was looked up.
pub fn filled(form: &Form) -> Form {
    form.clone()
        .fill("title", "MME")
        .fill("first_name", "Lise")
        .fill("last_name", "Kauffmann")
        .fill("birth_date", "1985-06-14")
        .fill("birth_country", "109")
        .fill("birth_commune", "")
        .fill("phone", "06 12 34 56 78")
        .fill("address_line_1", "3 rue Serpenoise")
        .fill("post_code", "57000")
        .fill("city", "metz")
        .fill("education_level", "51")
        .fill("registration", "NOT_REGISTERED")
}

/// Reads the summary once more, then creates.
pub async fn created(form: &Form) -> Page {
    form.submit().await.is(200).form("new").press("Créer le dossier").submit().await
}

async fn count(app: &TestApp, condition: &str) -> i64 {
    let query = format!("SELECT count(*) FROM candidates c JOIN users u ON u.id = c.id WHERE {condition}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(app.db()).await.unwrap()
}

#[tokio::test]
async fn a_mistaken_nir_is_told_beside_its_field_and_may_be_skipped() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let without = prescriber.get(LOOKUP).await.click("Continuer sans numéro").await.is(200);
    assert!(without.h1().contains("Étape 2 sur 3"), "D27: shown from the start");
    for (typed, sentence) in [
        ("", "Saisissez le numéro"),
        ("2 85 06 54", "trop court"),
        ("2850654395077031", "trop long"),
        ("285065439507704", "n’est pas valide"),
        ("2 69 05 49 588 157 80", "cartes d’exemple"),
    ] {
        let page = by_nir(&prescriber, typed).await.is(422);
        let error = page.error("nir").unwrap_or_default();
        assert!(error.contains(sentence), "{typed:?}: {error}");
        assert_eq!(page.value("nir").as_deref().map(str::trim), Some(typed), "what was typed is kept");
        assert!(page.click("Continuer sans numéro").await.is(200).h1().contains("Étape 2 sur 3"));
    }
}

#[tokio::test]
async fn a_look_up_opens_the_file_and_the_person_sees_it() {
    let app = TestApp::new().await;
    let employer = app.browser(Persona::OtherEmployer).await;
    let file = format!("/candidates/{}", world::CANDIDATE);
    employer.get(&file).await.is(404);
    let page = by_nir(&employer, world::CANDIDATE_NIR).await.is(200);
    assert!(page.says("Amel BENALI"), "PII-1: employers see identities");
    app.advance(TimeDelta::minutes(1));
    let page = page.click("Oui, continuer avec cette personne").await.is(200);
    assert_eq!(page.h1(), "Amel BENALI");
    assert!(page.says("amel.benali@exemple.fr"));
    assert!(page.statements.len() <= 12, "the first opening writes its trace: {:?}", page.statements);
    let again = employer.get(&file).await.is(200);
    assert!(again.statements.len() <= 8, "{:#?}", again.statements);
    let trail = app.audit_trail().await;
    assert_eq!(
        trail,
        ["account.looked_up", "candidate.looked_up", "candidate.related", "candidate.file_opened"],
        "D4, once a day is enough"
    );
    let own = app.browser(Persona::Candidate).await.get("/my-file").await.is(200);
    assert!(
        own.says("A ouvert votre dossier") && own.says("Rachel KLEIN") && own.says("Moselle Rénov'"),
        "D4"
    );
    assert!(own.statements.len() <= 8, "{:#?}", own.statements);
}

#[tokio::test]
async fn a_file_without_relation_does_not_exist() {
    let app = TestApp::new().await;
    let file = format!("/candidates/{}", world::OTHER_CANDIDATE);
    for persona in [
        Persona::Prescriber,
        Persona::Employer,
        Persona::Orienter,
        Persona::Inspector,
        Persona::Staff,
        Persona::Candidate,
    ] {
        app.browser(persona).await.get(&file).await.is(404);
    }
    assert!(app.audit_trail().await.is_empty());
    app.browser(Persona::OtherPrescriber).await.get(&file).await.is(200);
}

/// D30: an orienteur reads the name of whom they applied for, and only it; reading it is an opening (D34).
#[tokio::test]
async fn an_orienteur_reads_the_name_of_whom_they_applied_for_and_nothing_else() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    let orienteur = app.browser(Persona::Orienter).await;
    let file = orienteur.get(&format!("/candidates/{}", world::CANDIDATE)).await.is(200);
    assert!(file.says("Amel BENALI") && file.says("Vous ne voyez que le nom de cette personne"));
    for hidden in ["amel.benali", "290035746301279", "12 mars 1990", "1234567A"] {
        assert!(!file.html.contains(hidden), "{hidden}");
    }
    assert_eq!(app.audit_trail().await, ["candidate.file_opened"]);
    assert!(orienteur.get("/candidates?name=amel").await.is(200).says("Amel BENALI"));
}

#[tokio::test]
async fn an_orienteur_sees_initials_and_nothing_else() {
    let app = TestApp::new().await;
    let orienteur = app.browser(Persona::Orienter).await;
    let found = by_nir(&orienteur, world::CANDIDATE_NIR).await.is(200);
    let file = orienteur.get(&format!("/candidates/{}", world::CANDIDATE)).await.is(200);
    let list = orienteur.get("/candidates").await.is(200);
    for page in [&found, &file, &list] {
        assert!(page.says("A… B…"), "PII-4: {}", page.text());
        for hidden in [
            "Amel",
            "BENALI",
            "amel.benali",
            "2 90 03",
            "290035746301279",
            "1990-03-12",
            "mars 1990",
            "1234567A",
        ] {
            assert!(!page.html.contains(hidden), "{hidden} shown on {}", page.title());
        }
    }
    for name in ["benali", "amel"] {
        let list = orienteur.get(&format!("/candidates?name={name}")).await.is(200);
        assert!(list.says("Aucune personne ne correspond"), "PII-5: a filter tells nothing of who is masked");
    }
}

#[tokio::test]
async fn a_file_is_created_once_and_the_person_is_told() {
    let app = TestApp::new().await;
    let orienteur = app.browser(Persona::Orienter).await;
    let summary = filled(&creation(&orienteur).await).submit().await.is(200);
    assert!(
        summary.says("2 85 06 54 395 077 03") && summary.says("Allemagne") && summary.says("14 juin 1985")
    );
    assert_eq!(
        count(&app, "u.email = 'lise.kauffmann@exemple.fr'").await,
        0,
        "CRE-5: nothing before the end"
    );
    let form = summary.form("new").press("Créer le dossier");
    let (one, other) = tokio::join!(form.submit(), form.submit());
    let (one, other) = (one.is(303), other.is(303));
    assert_eq!(one.location(), other.location(), "the same form posted twice makes one file");
    assert!(!one.location().unwrap_or_default().contains(world::UNKNOWN_NIR));
    assert_eq!(count(&app, "u.email = 'lise.kauffmann@exemple.fr' AND c.department_code = '57'").await, 1);
    app.advance(TimeDelta::minutes(1));
    let page = one.follow().await.is(200);
    assert_eq!(page.flash().as_deref(), Some("Dossier créé"));
    assert_eq!(page.h1(), "Lise KAUFFMANN", "USR-10: an orienteur sees whom they created");
    let mails = app.run_jobs_and_mails().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(to, ["lise.kauffmann@exemple.fr"], "CRE-6");
    let text = mails[0].text_body.replace('\u{a0}', " ");
    assert!(
        text.contains("par Odile MASSON (Le Fil)"),
        "CRE-6: the professional and the organisation: {text}"
    );
    let looked_up = ["account.looked_up"; 2];
    let created = ["candidate.created", "candidate.related", "candidate.file_opened"];
    assert_eq!(app.audit_trail().await, [&looked_up[..], &created].concat());
    assert!(orienteur.get("/candidates?name=kauffm").await.says("Lise KAUFFMANN"));
}

#[tokio::test]
async fn mistakes_stand_beside_their_fields_and_nothing_is_written() {
    let app = TestApp::new().await;
    let form = filled(&creation(&app.browser(Persona::Prescriber).await).await);
    for (field, typed, told, sentence) in [
        ("title", "M", "title", "ne correspond pas"),
        ("first_name", " ", "first_name", "Saisissez le prénom"),
        ("birth_date", "", "birth_date", "Saisissez la date"),
        ("birth_date", "2010-05-04", "birth_date", "plus de 16 ans"),
        ("birth_date", "1926-05-03", "birth_date", "100 ans"),
        ("birth_date", "1985-07-14", "birth_date", "ne correspond pas"),
        ("birth_country", "", "birth_country", "pays"),
        ("birth_commune", "Metz", "birth_commune", "effacez la commune"),
        ("email", "lise", "email", "valide"),
        ("email", "conseil@francetravail.fr", "email", "France Travail"),
        ("phone", "06 12", "phone", "téléphone"),
        ("address_line_1", "", "address_line_1", "rue"),
        ("post_code", "5700", "post_code", "5 chiffres"),
        ("post_code", "67000", "city", "n’existe pas"),
        ("city", "Metzz", "city", "n’existe pas"),
        ("city", "", "city", "Saisissez la commune"),
        ("education_level", "", "education_level", "niveau"),
        ("registration", "REGISTERED", "france_travail_id", "Saisissez l’identifiant"),
        ("france_travail_id", "12", "france_travail_id", "8 caractères"),
    ] {
        let page = form.clone().fill(field, typed).submit().await;
        let page = if page.status == 200 { page.form("new").press("Créer").submit().await } else { page };
        let page = page.is(422);
        let error = page.error(told).unwrap_or_default();
        assert!(error.contains(sentence), "{field} {typed:?}: {error:?} in {:?}", page.errors());
        assert_eq!(page.value("last_name").as_deref(), Some("Kauffmann"), "what was typed is kept");
    }
    let page = form.forge("nir", "").forge("nir_is_looked_up", "").submit().await.is(422);
    assert!(page.error("nir").unwrap_or_default().contains("dites pourquoi"), "CRE-1");
    assert_eq!(count(&app, "true").await, 2);
}

#[tokio::test]
async fn a_nir_or_an_address_taken_meanwhile_is_told() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let one = filled(&creation(&app.browser(Persona::Prescriber).await).await).submit().await.is(200);
    let other = filled(&creation(&app.browser(Persona::OtherPrescriber).await).await);
    let other = other.fill("last_name", "Kaufmann").forge("email", "autre@exemple.fr").submit().await.is(200);
    let (one, other) = (one.form("new").press("Créer"), other.form("new").press("Créer"));
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut answers = [(one.status, one), (other.status, other)];
    answers.sort_by_key(|(status, _)| *status);
    let [(first, _), (second, page)] = answers;
    assert_eq!((first.as_u16(), second.as_u16()), (303, 422), "CRE-5");
    assert!(page.error("nir").unwrap_or_default().contains("déjà celui d’un dossier"), "DUP-1");
    assert_eq!(count(&app, "true").await, 3, "one of the two, whole");
}

#[tokio::test]
async fn a_possible_duplicate_is_shown_redacted_and_must_be_confirmed() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = filled(&creation(&app.browser(Persona::Employer).await).await)
        .fill("first_name", "AMEL")
        .fill("last_name", "Bénali")
        .fill("birth_date", "1990-03-12")
        .forge("nir", "")
        .forge("nir_missing_reason", "NO_NIR");
    let page = created(&form).await.is(422);
    assert_eq!(page.h1(), "Cette personne a peut-être déjà un dossier", "CRE-2");
    assert!(page.says("a**********@e******.f*") && !page.says("amel.benali@exemple.fr"));
    let back = page.form("new").press("Modifier").submit().await.is(200);
    assert_eq!(back.value("last_name").as_deref(), Some("Bénali"));
    page.form("new").press("C’est une autre personne").submit().await.is(303);
    assert_eq!(count(&app, "c.birth_date = '1990-03-12'").await, 2);
}

#[tokio::test]
async fn addresses_of_professionals_and_closed_accounts_are_refused() {
    let app = TestApp::new().await;
    app.scenario().close_account(Persona::OtherCandidate).await;
    let prescriber = app.browser(Persona::Prescriber).await;
    for (email, sentence) in [
        (Persona::Employer.email(), "professionnel"),
        (Persona::OtherCandidate.email(), "fermé"),
        ("conseil@francetravail.fr", "France Travail"),
        ("pas une adresse", "n’est pas valide"),
    ] {
        let page = prescriber.get("/candidates/lookup/email").await.form("email");
        let page = page.fill("email", email).submit().await.is(422);
        assert!(
            page.error("email").unwrap_or_default().contains(sentence),
            "FND-3, {email}: {:?}",
            page.errors()
        );
    }
}

#[tokio::test]
async fn the_nir_looked_up_is_attached_to_a_file_that_has_none() {
    let app = TestApp::new().await;
    app.scenario().without_nir(Persona::Candidate).await;
    let by_both = async |persona| {
        let page = by_nir(&app.browser(persona).await, world::CANDIDATE_NIR).await.is(200);
        page.form("email").fill("email", Persona::Candidate.email()).submit().await.is(200)
    };
    let orienteur = by_both(Persona::Orienter).await;
    assert!(!orienteur.has_form("confirmation"), "FND-4: an orienteur goes on without attaching");
    let forged = [("candidate", world::CANDIDATE.to_string()), ("nir", world::CANDIDATE_NIR.to_owned())];
    let acting_for = Persona::Orienter.organisation().unwrap().to_string();
    let forged: Vec<(&str, &str)> = forged.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let fields = [forged, vec![("acting_for", acting_for.as_str())]].concat();
    app.browser(Persona::Orienter).await.post("/candidates/lookup/confirmation", &fields).await.is(403);
    // Nor to a file they created: what it lacks is completed on its own pages (P15, P16).
    sqlx::query("UPDATE candidates SET created_by = $2 WHERE id = $1")
        .bind(world::CANDIDATE)
        .bind(Persona::Orienter.user())
        .execute(app.db())
        .await
        .unwrap();
    assert!(!by_both(Persona::Orienter).await.has_form("confirmation"), "FND-4");
    app.browser(Persona::Orienter).await.post("/candidates/lookup/confirmation", &fields).await.is(403);
    assert_eq!(count(&app, "c.nir IS NOT NULL").await, 1);

    let page = by_both(Persona::Employer).await;
    assert!(page.says("sera ajouté au dossier"), "FND-4");
    let page = page.form("confirmation").submit().await.is(303).follow().await.is(200);
    assert!(!page.says("2 90 03 57"), "a look-up gives no NIR, attached by it or not");
    assert_eq!(count(&app, "c.nir IS NOT NULL AND c.nir_missing_reason IS NULL").await, 2);
}

#[tokio::test]
async fn a_look_up_for_an_application_comes_back_to_it() {
    let app = TestApp::new().await;
    let draft = "01990000-0000-7000-8000-000000000999";
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get(&format!("{LOOKUP}?draft={draft}")).await.is(200);
    let page = page.form("lookup").fill("nir", world::CANDIDATE_NIR).submit().await.is(200);
    let chosen = page.form("candidate");
    assert_eq!(chosen.action().path(), format!("/application-drafts/{draft}/candidate"));
    assert_eq!(chosen.value("candidate"), Some(world::CANDIDATE.to_string()));
    let nonsense = prescriber.get(&format!("{LOOKUP}?draft=//ailleurs.fr")).await.is(200);
    assert_eq!(nonsense.value("draft").unwrap_or_default(), "");
}

#[tokio::test]
async fn only_prescribers_and_employers_look_people_up() {
    let app = TestApp::new().await;
    for persona in [Persona::Candidate, Persona::Inspector, Persona::Staff] {
        let browser = app.browser(persona).await;
        for path in [LOOKUP, "/candidates/lookup/email", "/candidates/new", "/candidates"] {
            browser.get(path).await.is(403);
        }
    }
    app.browser(Persona::Employer).await.get("/my-file").await.is(403);
    app.visitor().get(LOOKUP).await.is(303);
}

#[tokio::test]
async fn the_list_shows_whom_one_accompanies() {
    let app = TestApp::new().await;
    app.scenario().pass().insert().await;
    let empty = app
        .browser(Persona::OtherPrescriber)
        .await
        .get("/candidates?view=organisation&name=zzz")
        .await
        .is(200);
    assert!(empty.says("Aucune personne ne correspond"));
    app.scenario().application().insert().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let page = prescriber.get("/candidates").await.is(200);
    assert!(page.says("Amel BENALI") && page.says("PASS IAE valide"), "{}", page.text());
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    assert!(prescriber.get("/candidates?pass=none").await.says("Aucune personne ne correspond"));
    assert!(prescriber.get("/candidates?pass=valid&name=bena").await.says("Amel BENALI"));
    let admin = app.browser(Persona::PrescriberAdmin).await;
    assert!(!admin.get("/candidates").await.says("Amel BENALI"), "ACP-1: mine first");
    assert!(admin.get("/candidates?view=organisation").await.says("Amel BENALI"));
    for nonsense in ["?after=zzz", "?pass=zzz", "?view=zzz", "?name=%25%5F%27"] {
        prescriber.get(&format!("/candidates{nonsense}")).await.is(200);
    }
}

/// Rule book 03 §2.7: an expired diagnosis whose PASS is valid is shown valid until the end of the PASS; one whose PASS
/// is over, or that another diagnosis gave, is not.
#[tokio::test]
async fn a_diagnosis_is_shown_valid_until_the_end_of_its_pass() {
    let app = TestApp::new().await;
    let start = app.today() - TimeDelta::days(300);
    app.scenario().pass().starting(start).insert().await;
    let file = format!("/candidates/{}", world::CANDIDATE);
    let page = app.browser(Persona::Prescriber).await.get(&file).await.is(200);
    assert!(page.says("Diagnostic d’éligibilité (Prescripteur habilité) du 8 juillet 2025, valable jusqu’au 7 juillet 2027"), "{page:?}");
    let elsewhere =
        app.scenario().diagnosis().by(Persona::OtherPrescriber).made(TimeDelta::days(290)).insert().await;
    sqlx::query("UPDATE passes SET diagnosis_id = $1").bind(elsewhere).execute(app.db()).await.unwrap();
    sqlx::query("UPDATE eligibility_diagnoses SET created_at = created_at - interval '1 year' WHERE id = $1")
        .bind(elsewhere)
        .execute(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Prescriber).await.get(&file).await.is(200);
    assert!(page.says("du 8 juillet 2025.") && !page.says("valable jusqu’au"), "{page:?}");
}
