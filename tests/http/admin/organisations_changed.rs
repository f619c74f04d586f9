//! The team changes organisations, turns their convention, lets them be found (CMP-10, CMP-13, CMP-16, rule book 01 §13).

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::ids::OrganisationId;
use iae_tests::{Form, Page, Persona, TestApp, world};

use super::organisations::{WHY, opened};

async fn edition(app: &TestApp, id: OrganisationId) -> Form {
    opened(app, id, "/edition").await.is(200).form("#organisation")
}

async fn confirmed(form: &Form) -> Page {
    let recap = form.submit().await.is(200);
    assert!(recap.says("Rien ne change"), "{}", recap.text());
    recap.form("#confirmation").fill("remark", WHY).press("confirm").submit().await
}

async fn said(app: &TestApp, id: OrganisationId) -> (String, Option<String>, String, String) {
    sqlx::query_as("SELECT o.name, o.email, o.brand, o.address_line_1 FROM organisations o WHERE o.id = $1")
        .bind(id)
        .fetch_one(app.db())
        .await
        .unwrap()
}

/// What the State says is read only (rule book 01 §13); what changes is read again, field by field.
#[tokio::test]
async fn what_is_said_of_a_company_is_changed() {
    let app = TestApp::new().await;
    let form = edition(&app, world::ACI).await;
    for name in ["siret", "kind", "auth_email", "convention"] {
        assert!(!form.names().contains(&name), "{name} is the State's");
    }
    let form = form.fill("email", "accueil@jardins.exemple.fr").fill("address_line_1", "3 rue des Tanneurs");
    let recap = form.submit().await.is(200);
    for words in ["contact@exemple.fr", "accueil@jardins.exemple.fr", "3 rue des Tanneurs"] {
        assert!(recap.says(words), "{words}: {}", recap.text());
    }
    assert_eq!(
        said(&app, world::ACI).await.1.as_deref(),
        Some("contact@exemple.fr"),
        "nothing before it is confirmed"
    );
    let forged = recap.form("#confirmation").forge("auth_email", "voleur@exemple.fr").fill("remark", WHY);
    let done = forged.press("confirm").submit().await.is(303).follow().await.is(200);
    assert!(done.says("accueil@jardins.exemple.fr") && done.says("direction@exemple.fr"), "{}", done.text());
    assert!(done.says("Structure modifiée par l’équipe") && done.says(WHY), "STF-2");
    let (name, email, brand, line) = said(&app, world::ACI).await;
    assert_eq!((name.as_str(), brand.as_str()), ("LES JARDINS DE LA SEILLE", "Les Jardins de la Seille"));
    assert_eq!((email.as_deref(), line.as_str()), (Some("accueil@jardins.exemple.fr"), "3 rue des Tanneurs"));
    let payload: String = sqlx::query_scalar(
        "SELECT payload::text FROM audit_events WHERE action = 'organisation.changed_by_team'",
    )
    .fetch_one(app.db())
    .await
    .unwrap();
    assert!(
        payload.contains("email") && !payload.contains("jardins"),
        "fields, never what was typed: {payload}"
    );
}

#[tokio::test]
async fn what_is_mistaken_or_changes_nothing_is_said() {
    let app = TestApp::new().await;
    let form = edition(&app, world::ACI).await;
    let same = form.submit().await.is(422);
    assert!(same.says("Rien ne change"), "{}", same.text());
    for (field, value) in
        [("email", "accueil@"), ("post_code", "5"), ("legal_name", ""), ("website", "jardins")]
    {
        let refused = form.clone().fill(field, value).submit().await.is(422);
        assert!(refused.error(field).is_some(), "{field}: {:?}", refused.errors());
        assert_eq!(refused.value("address_line_1").as_deref(), Some("1 rue des Tanneurs"));
    }
    let ddets = edition(&app, world::DDETS_57).await.fill("legal_name", "DDETS 57");
    confirmed(&ddets).await.is(303);
    assert_eq!(said(&app, world::DDETS_57).await.0, "DDETS 57");
}

/// Rule book 01 §5: an institution is somewhere, alone of its kind there; what a file brought of it stays.
#[tokio::test]
async fn an_institution_moves_where_there_is_none() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE organisations SET website = 'https://ddets.exemple.fr' WHERE id = $1")
        .bind(world::DDETS_57)
        .execute(app.db())
        .await
        .unwrap();
    let form = edition(&app, world::DDETS_57).await;
    let nowhere = form.clone().fill("department", "").submit().await.is(422);
    assert!(nowhere.error("department").is_some(), "{:?}", nowhere.errors());
    let taken = confirmed(&form.clone().fill("department", "54")).await.is(422);
    assert!(taken.error("department").unwrap_or_default().contains("existe déjà"), "{:?}", taken.errors());
    let recap = form.clone().fill("department", "75").submit().await.is(200);
    assert_eq!(recap.all("tbody th"), ["Département"], "neither its address nor its site");
    confirmed(&form.fill("department", "75")).await.is(303);
    let kept: (Option<String>, Option<String>, Option<String>, bool) = sqlx::query_as(
        "SELECT o.department_code
              , o.post_code
              , o.website
              , i.region_code IS NOT DISTINCT FROM (SELECT region_code FROM departments WHERE code = '75')
         FROM organisations o
         JOIN institutions i ON i.organisation_id = o.id
         WHERE o.id = $1",
    )
    .bind(world::DDETS_57)
    .fetch_one(app.db())
    .await
    .unwrap();
    let kept = (kept.0.as_deref(), kept.1.as_deref(), kept.2.as_deref(), kept.3);
    assert_eq!(kept, (Some("75"), Some("57000"), Some("https://ddets.exemple.fr"), true));
}

/// A company that another replaced is closed for good.
#[tokio::test]
async fn a_closed_company_is_not_put_back_in_the_search() {
    let app = TestApp::new().await;
    let form = opened(&app, world::ACI, "/visibility").await.is(200).form("#visibility").fill("remark", WHY);
    sqlx::query("UPDATE organisations SET closed_at = $2 WHERE id = $1")
        .bind(world::ACI)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    form.submit().await.is(404);
    let page = opened(&app, world::ACI, "").await.is(200);
    assert!(page.says("Fermée") && !page.says("Inviter un membre"), "{}", page.text());
    assert!(!page.says("Retirer de la recherche") && !page.says("Sa convention est en vigueur"));
}

/// D32: two of the team at once.
#[tokio::test]
async fn of_two_who_change_it_at_once_one_does() {
    let app = TestApp::new().await;
    let recap = async |email: &str| {
        let form = edition(&app, world::EI).await.fill("email", email);
        form.submit().await.is(200).form("#confirmation").fill("remark", WHY).press("confirm")
    };
    let (one, other) = (recap("un@renov.exemple.fr").await, recap("deux@renov.exemple.fr").await);
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    let late = if one.status == 409 { one } else { other };
    assert!(late.says("Sofia MARTIN") && late.says("n’a pas été enregistré"), "{}", late.text());
    for email in ["un@renov.exemple.fr", "deux@renov.exemple.fr"] {
        assert!(late.says(email), "what it says now, and what was typed: {}", late.text());
    }
    late.form("#confirmation").press("confirm").submit().await.is(303);
}

/// D32: what was typed before somebody else changed it is shown beside what it says now, whatever the step.
#[tokio::test]
async fn what_was_typed_outlives_the_change_of_somebody_else() {
    let app = TestApp::new().await;
    let form = edition(&app, world::EI).await.fill("email", "accueil@renov.exemple.fr");
    confirmed(&edition(&app, world::EI).await.fill("address_line_1", "8 rue du Pont")).await.is(303);
    let late = form.submit().await.is(409);
    for words in ["a changé entre-temps", "accueil@renov.exemple.fr", "8 rue du Pont"] {
        assert!(late.says(words), "{words}: {}", late.text());
    }
    let back = late.form("#confirmation").press("back").submit().await.is(200);
    assert_eq!(back.value("email").as_deref(), Some("accueil@renov.exemple.fr"));
    let mended = back.form("#organisation").fill("address_line_1", "8 rue du Pont");
    confirmed(&mended).await.is(303);
    let (_, email, _, line) = said(&app, world::EI).await;
    assert_eq!((email.as_deref(), line.as_str()), (Some("accueil@renov.exemple.fr"), "8 rue du Pont"));
}

/// CMP-13: a convention attached by the team.
#[tokio::test]
async fn a_company_of_the_team_takes_a_convention_and_keeps_one() {
    let app = TestApp::new().await;
    sqlx::query(
        "UPDATE companies SET source = 'STAFF_CREATED', convention_id = NULL WHERE organisation_id = $1",
    )
    .bind(world::EI)
    .execute(app.db())
    .await
    .unwrap();
    let form = edition(&app, world::EI).await;
    let other = form.clone().fill("convention", "5701").submit().await.is(422);
    assert!(other.error("convention").unwrap_or_default().contains("Aucune convention"), "of another kind");
    confirmed(&form.fill("convention", "5702")).await.is(303);
    let source: String = sqlx::query_scalar("SELECT source FROM companies WHERE organisation_id = $1")
        .bind(world::EI)
        .fetch_one(app.db())
        .await
        .unwrap();
    assert_eq!(source, "USER_CREATED");
    let left = edition(&app, world::EI).await.fill("convention", "").submit().await.is(422);
    assert!(left.error("convention").unwrap_or_default().contains("ne s’en détache pas"), "CMP-17");
}

async fn flag(app: &TestApp) -> (bool, Option<DateTime<Utc>>, Option<DateTime<Utc>>, bool) {
    sqlx::query_as(
        "SELECT v.is_active, v.deactivated_at, v.reactivated_at, v.reactivated_by IS NOT NULL
         FROM conventions v
         JOIN companies c ON c.convention_id = v.id
         WHERE c.organisation_id = $1",
    )
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap()
}

/// CMP-10: whom it concerns first, the grace with its end date, then 90 days of protection.
#[tokio::test]
async fn a_convention_falls_and_stands_again() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE).insert().await;
    app.ignore_mails();
    let page = opened(&app, world::ACI, "/convention").await.is(200);
    for words in
        ["Les Jardins de la Seille", "candidature en attente", "Une annexe est en vigueur", "ACI 057 26 0001"]
    {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    page.form("#convention").submit().await.is(422);
    assert!(flag(&app).await.0, "nothing without a remark");
    let done = page.form("#convention").fill("remark", WHY).submit().await.is(303).follow().await.is(200);
    assert!(done.says("Délai de grâce") && done.says("Convention désactivée"), "{}", done.text());
    assert_eq!(flag(&app).await.1, Some(app.now()));
    let member = app.browser(Persona::EmployerAdmin).await.get("/dashboard").await.is(200);
    assert!(member.says("jusqu’au"), "the banner says until when");
    app.browser(Persona::EmployerAdmin).await.get("/organisation/antennas/new").await.is(403);

    app.advance(TimeDelta::days(2));
    let page = opened(&app, world::ACI, "/convention").await.is(200);
    assert!(page.says("Fin du délai de grâce"), "{}", page.text());
    page.form("#convention").fill("remark", WHY).submit().await.is(303);
    let (is_active, deactivated_at, reactivated_at, has_author) = flag(&app).await;
    assert_eq!((is_active, deactivated_at, has_author), (true, None, true), "CMP-10: who and when");
    assert_eq!(reactivated_at, Some(app.now()));
    let read = opened(&app, world::ACI, "").await.is(200);
    assert!(read.says("n’y touche pas avant"), "{}", read.text());
    let trail = app.audit_trail().await;
    for action in ["convention.deactivated_by_team", "convention.reactivated_by_team"] {
        assert!(trail.contains(&action.to_owned()), "{trail:?}");
    }
}

/// D32: the flow, or a colleague, was faster.
#[tokio::test]
async fn a_convention_that_changed_meanwhile_is_not_turned() {
    let app = TestApp::new().await;
    let page = opened(&app, world::ACI, "/convention").await.is(200);
    let form = page.form("#convention").fill("remark", WHY);
    let (one, other) = tokio::join!(form.submit(), form.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "a double submit is harmless");
    let late = if one.status == 409 { one } else { other };
    assert!(late.says("Sofia MARTIN") && late.says("n’est plus en vigueur"), "{}", late.text());
    assert!(!flag(&app).await.0);
}

/// CMP-16, SGN-16: a facilitator is active once the team verified it, and its members are told.
#[tokio::test]
async fn a_facilitator_is_verified() {
    let app = TestApp::new().await;
    sqlx::query("UPDATE organisations SET kind = 'OPCS' WHERE id = $1")
        .bind(world::GEIQ)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query(
        "UPDATE companies SET is_searchable = false, source = 'USER_CREATED' WHERE organisation_id = $1",
    )
    .bind(world::GEIQ)
    .execute(app.db())
    .await
    .unwrap();
    app.browser(Persona::GeiqEmployer).await.get("/dashboard").await.is(403);
    for state in ["hidden", "unverified"] {
        let list = format!("/admin/organisations?state={state}");
        let listed = app.browser(Persona::Staff).await.get(&list).await.is(200);
        assert!(listed.says("GEIQ BTP Lorraine"), "{state}");
    }
    let page = opened(&app, world::GEIQ, "").await.is(200).click("Vérifier la structure").await.is(200);
    let form = page.form("#visibility");
    form.submit().await.is(422);
    let form = form.fill("remark", WHY);
    let done = form.submit().await.is(303).follow().await.is(200);
    assert!(done.says("Structure vérifiée") && done.says("Active"), "{}", done.text());
    app.browser(Persona::GeiqEmployer).await.get("/dashboard").await.is(200);
    let mails = app.run_jobs_and_mails().await;
    let told: Vec<_> = mails.iter().map(|mail| (mail.recipient.as_str(), mail.subject.as_str())).collect();
    assert!(
        matches!(told.as_slice(), [(to, subject)] if *to == Persona::GeiqEmployer.email() && subject.contains("est ouverte")),
        "{told:?}"
    );
    let late = form.submit().await.is(409);
    assert!(late.says("Facilitateur vérifié"), "D32: {}", late.text());
}

/// Hidden, a company works as before, and nobody finds it.
#[tokio::test]
async fn a_company_is_taken_out_of_the_search_and_put_back() {
    let app = TestApp::new().await;
    let card = format!("/employers/{}", world::ACI);
    app.visitor().get(&card).await.is(200);
    for (status, words) in
        [(404, "Structure retirée de la recherche"), (200, "Structure remise dans la recherche")]
    {
        let form = opened(&app, world::ACI, "/visibility").await.is(200).form("#visibility");
        let done = form.fill("remark", WHY).submit().await.is(303).follow().await.is(200);
        assert_eq!(done.flash().as_deref(), Some(words));
        app.visitor().get(&card).await.is(status);
        app.browser(Persona::Employer).await.get("/dashboard").await.is(200);
    }
}
