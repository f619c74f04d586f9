//! A part of a structure leaves for another one (rule book 05, C13).

use iae_domain::applications::StateCode;
use iae_domain::ids::ApplicationId;
use iae_tests::{Form, Persona, TestApp, world};
use uuid::Uuid;

use super::{count, read};

/// The membership of a person in the ACI.
async fn membership(app: &TestApp, persona: Persona) -> String {
    let id: Uuid = sqlx::query_scalar(
        "SELECT m.id FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = $1 AND u.email = $2",
    )
    .bind(world::ACI)
    .bind(persona.email())
    .fetch_one(app.db())
    .await
    .unwrap();
    id.to_string()
}

/// The gardeners of the ACI go to the EI with Émile, typed.
async fn typed(app: &TestApp) -> Form {
    let page = read(app, world::ACI, "/split").await.is(200);
    page.form("#split-form")
        .check("posts", &world::GARDENER.to_string())
        .check("members", &membership(app, Persona::Employer).await)
        .check("destination", "known")
        .fill("wanted", "39012345600012")
        .fill("remark", "Apport partiel d’actif.")
        .press("read")
}

/// A person hired as a gardener; another who applied to the structure, for no post.
async fn applications(app: &TestApp) -> (ApplicationId, ApplicationId) {
    let hired =
        app.scenario().application().for_job(world::GARDENER).state(StateCode::Accepted).insert().await;
    sqlx::query("UPDATE applications SET hired_job_id = $2 WHERE id = $1")
        .bind(hired)
        .bind(world::GARDENER)
        .execute(app.db())
        .await
        .unwrap();
    let spontaneous = app.scenario().application().of(world::OTHER_CANDIDATE).by(Persona::OtherPrescriber);
    (hired, spontaneous.insert().await)
}

/// What there is, what leaves, what stays, as the preview says it.
fn parts(page: &iae_tests::Page) -> Vec<(i64, i64, i64)> {
    let cells = page.all("main table td");
    let number = |text: &String| text.split_whitespace().collect::<String>().parse().unwrap_or(-1);
    cells.chunks(3).map(|row| (number(&row[0]), number(&row[1]), number(&row[2]))).collect()
}

/// The story: applications follow their posts, hires their applications, and the parts make the whole.
#[tokio::test]
async fn a_part_leaves_with_what_hangs_on_it() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let (hired, spontaneous) = applications(&app).await;
    let (emile, adele) = (app.browser(Persona::Employer).await, app.browser(Persona::EmployerAdmin).await);
    let passes = "SELECT count(*) FROM passes WHERE ends_on = starts_on + 729";
    let before = count(&app, passes).await;

    let preview = typed(&app).await.submit().await.is(200);
    assert!(preview.says("Postes qui partent") && preview.says("Membres qui partent"), "{preview:?}");
    assert!(preview.says("Aucun des membres qui partent n’est administrateur"), "MEM-6: {preview:?}");
    let parts = parts(&preview);
    assert!(
        !parts.is_empty() && parts.iter().all(|(whole, leaving, staying)| leaving + staying == *whole),
        "{parts:?}"
    );
    assert_eq!(parts[0], (2, 1, 1), "members");
    assert!(parts.contains(&(2, 1, 1)) && preview.says("Candidatures reçues"), "{preview:?}");
    let confirm = preview.form("#split-form").press("confirm");
    let done = confirm.submit().await.is(303).follow().await.is(200);
    assert!(done.says("Une partie de cette structure est passée à Moselle Rénov"), "{done:?}");

    assert_eq!(count(&app, passes).await, before, "no date of a PASS moves");
    let page = emile.get(&format!("/applications/{hired}")).await.is(200);
    assert!(page.says("dont une partie est passée à Moselle Rénov"), "where it took place: {page:?}");
    adele.get(&format!("/applications/{hired}")).await.is(404);
    adele.get(&format!("/applications/{spontaneous}")).await.is(200);
    emile.get(&format!("/applications/{spontaneous}")).await.is(404);
    let follow =
        "SELECT count(*) FROM hired_passes h JOIN organisations o ON o.id = h.company_id WHERE o.kind = 'EI'";
    assert_eq!(count(&app, follow).await, 1, "what is derived follows");
    let crossed = "SELECT count(*) FROM application_jobs j JOIN applications a ON a.id = j.application_id
                   JOIN job_descriptions d ON d.id = j.job_description_id WHERE d.company_id <> a.company_id";
    assert_eq!(count(&app, crossed).await, 0);
    confirm.submit().await.is(409);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 1);
}

/// TEN-1: of what the structure recorded for itself, it was the sender too: it leaves whole, and only one of both reads it.
#[tokio::test]
async fn what_it_recorded_for_itself_leaves_whole() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let own = app.scenario().application().by(Persona::EmployerAdmin).for_job(world::GARDENER).insert().await;
    let (emile, adele) = (app.browser(Persona::Employer).await, app.browser(Persona::EmployerAdmin).await);
    let address = format!("/applications/{own}");
    adele.get(&address).await.is(200);
    let preview = typed(&app).await.submit().await.is(200);
    preview.form("#split-form").press("confirm").submit().await.is(303);
    emile.get(&address).await.is(200);
    adele.get(&address).await.is(404);
}

/// MEM-7: what somebody who leaves was writing is not left where nobody reads it.
#[tokio::test]
async fn drafts_leave_with_whoever_writes_them() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    app.scenario().draft().by(Persona::Employer).insert().await;
    app.scenario().draft().by(Persona::EmployerAdmin).insert().await;
    let preview = typed(&app).await.submit().await.is(200);
    preview.form("#split-form").press("confirm").submit().await.is(303);
    for (kind, expected) in [("EI", 1), ("ACI", 1)] {
        let drafts: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM application_drafts d JOIN organisations o ON o.id = d.organisation_id WHERE o.kind = $1",
        )
        .bind(kind)
        .fetch_one(app.db())
        .await
        .unwrap();
        assert_eq!(drafts, expected, "{kind}");
    }
}

/// CMP-13, CMP-21: a structure is created for it, of the SIREN or of another one.
#[tokio::test]
async fn a_structure_is_created_to_take_it() {
    for (siret, source) in [("38012345600086", "USER_CREATED"), ("49012345600086", "STAFF_CREATED")] {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let form =
            typed(&app).await.check("destination", "new").fill("siret", siret).fill("name", "Jardins du Sud");
        let preview = form.submit().await.is(200);
        assert!(preview.says("Elle sera créée"), "{preview:?}");
        assert!(preview.says("La clé de ce SIRET est fausse"), "ORG-2: said, not refused: {preview:?}");
        preview.form("#split-form").press("confirm").submit().await.is(303);
        let (found, is_active): (String, bool) = sqlx::query_as(
            "SELECT c.source, a.active_until = 'infinity' FROM companies c
             JOIN organisations o ON o.id = c.organisation_id
             JOIN company_activity a ON a.organisation_id = o.id WHERE o.siret = $1",
        )
        .bind(siret)
        .fetch_one(app.db())
        .await
        .unwrap();
        assert_eq!((found.as_str(), is_active), (source, true));
        let admins = "SELECT count(*) FROM memberships m JOIN organisations o ON o.id = m.organisation_id
                      WHERE o.name = 'Jardins du Sud' AND m.is_active AND m.is_admin";
        assert_eq!(count(&app, admins).await, 1, "whoever came first administers it");
        let sirets =
            "SELECT count(*) FROM organisation_sirets h JOIN organisations o ON o.id = h.organisation_id
                      WHERE o.name = 'Jardins du Sud'";
        assert_eq!(count(&app, sirets).await, 1, "its history begins");
    }
}

#[tokio::test]
async fn what_may_not_leave_is_refused_in_words() {
    let app = TestApp::new().await;
    let admin = membership(&app, Persona::EmployerAdmin).await;
    let page = typed(&app).await.check("members", &admin).submit().await.is(422);
    assert!(page.error("members").is_some_and(|said| said.contains("administrateur")), "MEM-6: {page:?}");
    let nothing = typed(&app).await.uncheck("posts", &world::GARDENER.to_string());
    let nothing = nothing.uncheck("members", &membership(&app, Persona::Employer).await);
    let nothing = nothing.submit().await.is(422);
    assert!(nothing.error("posts").is_some_and(|said| said.contains("Choisissez au moins")), "{nothing:?}");
    let taken =
        typed(&app).await.check("destination", "new").fill("siret", "38012345600011").fill("name", "Double");
    assert!(taken.submit().await.is(422).error("siret").is_some(), "CMP-4");
    let nowhere = typed(&app).await.fill("wanted", " ");
    assert!(nowhere.submit().await.is(422).error("wanted").is_some());
    // What is of another structure, or of none, is no choice.
    for forged in [world::MASON.to_string(), Uuid::from_u128(9).to_string()] {
        typed(&app).await.forge("posts", &forged).submit().await.is(409);
    }
    typed(&app).await.forge("posts", "tout").submit().await.is(422);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0);
}

/// D32: an application that comes for a post that leaves is seen before it moves.
#[tokio::test]
async fn what_comes_meanwhile_is_seen_first() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let confirm = typed(&app).await.submit().await.is(200).form("#split-form").press("confirm");
    app.scenario().application().for_job(world::GARDENER).insert().await;
    confirm.submit().await.is(409);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM moved_applications").await, 0);
}
