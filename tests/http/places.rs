//! Places typed as people type them: in searches, in addresses, as a place of birth (rule book 04 §4.8; CON-5, NIR-9;
//! D23, D24).

use iae_domain::candidates::Nir;
use iae_tests::{Browser, Form, Page, Persona, TestApp, world};

use crate::candidates::{created, creation, filled};

/// Labels of the suggestions for what is typed, and what is said of those that are cut.
async fn suggested(browser: &Browser, query: &str) -> (Vec<String>, String) {
    let answer = browser.get(&format!("/communes?{query}")).await.is(200);
    let answer: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    let labels = answer["suggestions"].as_array().unwrap().iter();
    let labels = labels.map(|one| format!("{} {}", one["label"], one["detail"]).replace('"', ""));
    (labels.collect(), answer["more"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn towns_are_suggested_by_population() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    for (typed, first) in [
        ("54200", "Toul (54) 54200"),
        ("57000", "Metz (57) 57000"),
        ("par", "Paris (75) 75001"),
        ("mar", "Marseille (13) 13001"),
        ("mont", "Montpellier (34) 34000"),
        ("tour", "Tours (37) 37000"),
        ("met", "Metz (57) 57000"),
        ("St Avold", "Saint-Avold (57) 57500"),
        ("st-av", "Saint-Avold (57) 57500"),
        ("Ste Marie aux ch", "Sainte-Marie-aux-Chênes (57) 57255"),
        ("57000 Metz", "Metz (57) 57000"),
        ("Metz 57000", "Metz (57) 57000"),
        ("Metz (57", "Metz (57) 57000"),
        ("PARIS 16", "Paris 16e Arrondissement (75) 75016"),
        ("LYON 03", "Lyon 3e Arrondissement (69) 69003"),
        ("57036 METZ CEDEX 01", "Metz (57) 57000"),
        ("Lomme", "Lille (59) anciennement Lomme"),
        ("evry", "Évry-Courcouronnes (91) anciennement Évry"),
    ] {
        let (found, _) = suggested(&visitor, &format!("q={}", typed.replace(' ', "+"))).await;
        assert_eq!(found.first().map(String::as_str), Some(first), "{typed}: {found:?}");
    }
    let (found, more) = suggested(&visitor, "q=a").await;
    assert_eq!(found.len(), 50, "04 §4.8");
    assert!(more.contains("autres communes correspondent"), "never a silent cut: {more}");
    for nothing in ["", "q=", "q=5700", "q=Zzyzx", "q=%25"] {
        assert_eq!(suggested(&visitor, nothing).await, (vec![], String::new()), "{nothing}");
    }
    let (found, _) = suggested(&visitor, "q=evry&born=true").await;
    let born = ["Évry (89) ", "Évry (78) de 1965 à 1968", "Évry (91) de 1968 à 2019"];
    assert_eq!(found[..3], born, "a place of birth has its name of that day");
}

#[tokio::test]
async fn a_search_understands_what_is_typed_without_script() {
    let app = TestApp::new().await;
    let search = async |typed: &str| {
        let home = app.visitor().get("/").await;
        home.form("/employers").fill("place", typed).submit().await
    };
    for (typed, city) in [
        ("St Avold", "saint-avold-57"),
        ("57000 Metz", "metz-57"),
        ("Metz 57000", "metz-57"),
        ("Metz (57", "metz-57"),
        ("Metz (57)", "metz-57"),
        ("metz", "metz-57"),
        ("PARIS 16", "paris-16e-arrondissement-75"),
        ("LYON 03", "lyon-3e-arrondissement-69"),
        ("57036 METZ CEDEX 01", "metz-57"),
        ("Lomme", "lille-59"),
        ("Cherbourg", "cherbourg-en-cotentin-50"),
    ] {
        let page = search(typed).await.is(303);
        let expected = format!("/employers?city={city}");
        assert_eq!(page.location().as_deref(), Some(expected.as_str()), "{typed}");
    }
    for (typed, first) in [
        ("54200", "Toul (54)"),
        ("mont", "Montpellier (34)"),
        ("Evry", "Évry-Courcouronnes (91), anciennement Évry"),
    ] {
        let page = search(typed).await.is(200);
        assert!(page.error("place").unwrap_or_default().contains("choisissez la vôtre"), "{typed}");
        assert_eq!(page.all(".search__places a").first().map(String::as_str), Some(first), "{typed}");
    }
    let all = search("54200").await.all(".search__places a").len();
    assert_eq!(all, 20, "every commune of the post code");
    let cut = search("a").await.is(200);
    assert!(cut.says("autres communes correspondent : précisez"), "{}", cut.text());
}

/// Where a file says the person lives and was born.
async fn written(app: &TestApp) -> (String, String, String, String, Option<String>) {
    sqlx::query_as(
        "SELECT post_code, city, commune_code, department_code, birth_commune_code FROM candidates
         ORDER BY created_at DESC, id DESC LIMIT 1",
    )
    .fetch_one(app.db())
    .await
    .unwrap()
}

/// The form of a new file, filled, for a NIR with this place of birth.
async fn file_of(browser: &Browser, birth_place: &str) -> Form {
    let digits = format!("28506{birth_place}084");
    let key = 97 - digits.parse::<u64>().unwrap() % 97;
    let nir = Nir::parse(&format!("{digits}{key:02}")).unwrap();
    let page =
        browser.get("/candidates/lookup").await.form("lookup").fill("nir", nir.as_str()).submit().await;
    let page = page.is(200).form("email").fill("email", "lise.kauffmann@exemple.fr").submit().await;
    let form = page.is(200).form("new");
    let (country, commune) = (form.value("birth_country"), form.value("birth_commune"));
    filled(&form)
        .fill("birth_country", &country.unwrap_or_default())
        .fill("birth_commune", &commune.unwrap_or_default())
}

#[tokio::test]
async fn an_address_is_understood_as_la_poste_writes_it() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = filled(&creation(&app.browser(Persona::Prescriber).await).await);
    for (post_code, typed, expected) in [
        ("57500", "St Avold", ("57500", "Saint-Avold", "57606", "57")),
        ("57000", "57000 Metz", ("57000", "Metz", "57463", "57")),
        ("", "Metz 57000", ("57000", "Metz", "57463", "57")),
        ("57000", "Metz (57", ("57000", "Metz", "57463", "57")),
        ("57036", "METZ CEDEX 01", ("57036", "Metz CEDEX 01", "57463", "57")),
        ("", "57036 METZ CEDEX 01", ("57036", "Metz CEDEX 01", "57463", "57")),
        ("57036", "metz", ("57036", "Metz", "57463", "57")),
        ("75016", "PARIS 16", ("75016", "Paris", "75116", "75")),
        ("69003", "LYON 03", ("69003", "Lyon", "69383", "69")),
        ("59160", "Lomme", ("59160", "Lille", "59350", "59")),
        ("91000", "Evry", ("91000", "Évry-Courcouronnes", "91228", "91")),
        ("42620", "Saint-Pierre-Laval", ("42620", "Saint-Pierre-Laval", "03250", "03")),
        ("94390", "Paray Vieille Poste", ("94390", "Paray-Vieille-Poste", "91479", "91")),
        ("97150", "Saint-Martin", ("97150", "Saint-Martin", "97801", "978")),
    ] {
        let done = created(&form.clone().fill("post_code", post_code).fill("city", typed)).await.is(303);
        drop(done);
        let (code, city, commune, department, _) = written(&app).await;
        let found = (code.as_str(), city.as_str(), commune.as_str(), department.as_str());
        assert_eq!(found, expected, "{post_code} {typed}: D23, D24");
        forget_the_last(&app).await;
    }
    for (post_code, typed) in [("57000", "Nancy"), ("54000", "Metz (57)"), ("54036", "METZ CEDEX 01")] {
        let page = form.clone().fill("post_code", post_code).fill("city", typed).submit().await.is(422);
        assert!(page.error("city").unwrap_or_default().contains("n’existe pas"), "{post_code} {typed}");
    }
}

/// So that the same form makes another file.
async fn forget_the_last(app: &TestApp) {
    let last = "(SELECT id FROM candidates ORDER BY created_at DESC, id DESC LIMIT 1)";
    for query in [
        format!("DELETE FROM candidate_relations WHERE candidate_id = {last}"),
        format!("DELETE FROM candidates WHERE id = {last}"),
        "DELETE FROM users u WHERE kind = 'job_seeker' AND NOT EXISTS (SELECT FROM candidates c WHERE c.id = u.id)"
            .to_owned(),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(query)).execute(app.db()).await.unwrap();
    }
}

fn born_in(page: &Page) -> bool {
    page.error("birth_commune").is_none()
}

#[tokio::test]
async fn a_place_of_birth_is_the_commune_of_that_day() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let prescriber = app.browser(Persona::Prescriber).await;
    for (in_nir, typed, code, shown) in [
        ("91228", "Evry", "91228", "Évry (91)"),
        ("91228", "", "91228", "Évry (91)"),
        ("57463", "Lomme", "59355", "Lomme (59)"),
        ("57463", "Cherbourg", "50129", "Cherbourg (50)"),
        ("57463", "St Avold", "57606", "Saint-Avold (57)"),
        ("57463", "57000 Metz", "57463", "Metz (57)"),
        ("57463", "Metz (57)", "57463", "Metz (57)"),
        ("57463", "Evry (89)", "89162", "Évry (89)"),
    ] {
        let form = file_of(&prescriber, in_nir).await;
        let form =
            form.fill("birth_country", "100").fill("birth_commune", typed).forge("birth_commune_code", "");
        let summary = form.submit().await.is(200);
        assert!(summary.says(shown), "{in_nir} {typed}: {}", summary.text());
        summary.form("new").press("Créer le dossier").submit().await.is(303);
        assert_eq!(written(&app).await.4.as_deref(), Some(code), "{in_nir} {typed}: CON-5, NIR-9");
        forget_the_last(&app).await;
    }
}

#[tokio::test]
async fn of_several_communes_of_birth_the_person_chooses() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = file_of(&app.browser(Persona::Prescriber).await, "57463").await;
    let form = form.fill("birth_commune", "Evry").forge("birth_commune_code", "");
    let page = form.submit().await.is(422);
    assert!(page.error("birth_commune").unwrap_or_default().contains("choisissez"), "{:?}", page.errors());
    let again = page.form("new");
    assert_eq!(again.offered("birth_commune_choice"), ["91228", "89162"], "never silently Évry (Yonne)");
    let summary = again.check("birth_commune_choice", "91228").submit().await.is(200);
    assert!(summary.says("Évry (91)"), "{}", summary.text());
    let back = summary.form("new").press("edit").submit().await.is(200);
    let summary = back.form("new").submit().await.is(200);
    summary.form("new").press("Créer le dossier").submit().await.is(303).follow().await.is(200);
    assert_eq!(written(&app).await.4.as_deref(), Some("91228"));
    let file = sqlx::query_scalar::<_, iae_domain::ids::CandidateId>(
        "SELECT id FROM candidates ORDER BY created_at DESC, id DESC LIMIT 1",
    );
    let file = file.fetch_one(app.db()).await.unwrap();
    let page = app.browser(Persona::Prescriber).await.get(&format!("/candidates/{file}")).await.is(200);
    assert!(page.says("Évry") && !page.says("Courcouronnes"), "the name of that day: {}", page.text());
}

#[tokio::test]
async fn a_commune_of_birth_that_cannot_be_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let form = file_of(&app.browser(Persona::Prescriber).await, "57463").await;
    for (country, typed, born, told) in [
        ("100", "Zzyzx", "1985-06-14", "Aucune commune"),
        ("100", "Évry-Petit-Bourg", "1985-06-14", "n’existait pas à la date"),
        ("134", "Metz", "1985-06-14", "effacez la commune"),
    ] {
        let page =
            form.clone().fill("birth_country", country).fill("birth_commune", typed).fill("birth_date", born);
        let page = page.submit().await.is(422);
        let error = page.error("birth_commune").unwrap_or_default();
        assert!(error.contains(told), "{country} {typed}: {error:?}, CON-5");
        assert_eq!(page.value("birth_commune").as_deref(), Some(typed), "what was typed is kept");
    }
    let abroad = file_of(&app.browser(Persona::Prescriber).await, "99352").await;
    let page = abroad.fill("birth_country", "100").submit().await.is(422);
    let error = page.error("birth_commune").unwrap_or_default();
    assert!(error.contains("Saisissez la commune de naissance"), "{error:?}, CON-5");
    let implied = form.fill("birth_country", "").fill("birth_commune", "Metz").submit().await.is(200);
    assert!(born_in(&implied) && implied.says("Metz (57)"), "a commune implies France (CON-5)");
}

#[tokio::test]
async fn the_nir_says_the_place_of_birth_to_begin_with() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    for (in_nir, country, commune) in [
        ("57463", "100", "Metz (57)"),
        ("59355", "100", "Lomme (59)"),
        ("99352", "352", ""),
        ("92999", "", ""),
    ] {
        let form = file_of(&prescriber, in_nir).await;
        let found = (form.value("birth_country"), form.value("birth_commune"));
        assert_eq!(found, (Some(country.into()), Some(commune.into())), "NIR-9");
    }
    // At the hire as well, when the file has a NIR and no place of birth.
    sqlx::query("UPDATE candidates SET birth_country_code = NULL, birth_commune_code = NULL WHERE id = $1")
        .bind(world::CANDIDATE)
        .execute(app.db())
        .await
        .unwrap();
    app.scenario().diagnosis().insert().await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    let page =
        app.browser(Persona::Employer).await.get(&format!("/applications/{id}/acceptance")).await.is(200);
    let form = page.form("main form");
    assert_eq!(
        form.value("birth_commune").as_deref(),
        Some("Metz (57)"),
        "02 §6.3: {}",
        world::CANDIDATE_NIR
    );
}
