//! What a company has goes to another one (rule book 01 §13).

use std::collections::{BTreeMap, BTreeSet};

use iae_app::organisations::transfer::categories::{KEPT, MOVED};
use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, OrganisationId};
use iae_domain::organisations::transfer::{Category, PartyKind};
use iae_domain::organisations::{CompanyKind, CompanySource};
use iae_tests::{Form, Page, Persona, TestApp, world};

/// Tables whose rows are derived, or whose doubles become one.
const OF_THEIR_OWN: [&str; 5] =
    ["sessions", "application_departments", "hired_passes", "directory_jobs", "followed_people"];

async fn count(app: &TestApp, statement: String) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(app.db()).await.unwrap()
}

/// How many rows there are of each thing that may move.
pub(super) async fn totals(app: &TestApp) -> BTreeMap<&'static str, i64> {
    let mut totals = BTreeMap::new();
    for (_, table, _) in MOVED.iter().filter(|(_, table, _)| !OF_THEIR_OWN.contains(table)) {
        totals.insert(*table, count(app, format!("SELECT count(*) FROM {table}")).await);
    }
    totals
}

/// What an organisation still has of these categories, and how many.
pub(super) async fn left_behind(
    app: &TestApp,
    organisation: OrganisationId,
    categories: &BTreeSet<Category>,
) -> Vec<(String, i64)> {
    let mut left = Vec::new();
    for (_, table, column) in MOVED.iter().filter(|(category, ..)| categories.contains(category)) {
        let rows =
            count(app, format!("SELECT count(*) FROM {table} WHERE {column} = '{organisation}'")).await;
        if rows > 0 {
            left.push(((*table).to_owned(), rows));
        }
    }
    left
}

/// The member of the team reads, and does nothing else.
pub(super) async fn reads_only(app: &TestApp) {
    sqlx::query("UPDATE users SET is_superuser = false WHERE id = $1")
        .bind(world::STAFF)
        .execute(app.db())
        .await
        .unwrap();
    sqlx::query("INSERT INTO staff_groups (user_id, code, since) VALUES ($1, 'admin_readonly', $2)")
        .bind(world::STAFF)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
}

async fn read(app: &TestApp, source: OrganisationId, target: OrganisationId) -> Page {
    let address = format!("/admin/organisations/{source}/transfer?target={target}");
    app.browser(Persona::Staff).await.get(&address).await
}

/// From the ACI to the EI, all that is ticked at first.
async fn form(app: &TestApp) -> Form {
    let page = read(app, world::ACI, world::EI).await.is(200);
    page.form("#transfer").fill("remark", "Reprise de l’activité par l’EI.").press("read")
}

/// Reads what it would do: what is sent to confirm it.
async fn to_confirm(form: Form) -> Form {
    form.submit().await.is(200).form("#transfer").press("confirm")
}

/// The form without these categories, of which there may be nothing.
fn keeping(mut form: Form, kept: &[&str]) -> Form {
    for category in kept {
        if form.offered("categories").iter().any(|offered| offered == category) {
            form = form.uncheck("categories", category);
        }
    }
    form
}

/// A person hired as a gardener, on the diagnosis of the prescriber.
async fn hired(app: &TestApp) -> ApplicationId {
    let application = app.scenario().application().for_job(world::GARDENER).state(StateCode::Accepted);
    let id = application.insert().await;
    sqlx::query("UPDATE applications SET hired_job_id = $2 WHERE id = $1")
        .bind(id)
        .bind(world::GARDENER)
        .execute(app.db())
        .await
        .unwrap();
    id
}

async fn posts_of(app: &TestApp, application: ApplicationId) -> (i64, bool) {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM application_jobs j WHERE j.application_id = a.id), a.hired_job_id IS NOT NULL
         FROM applications a WHERE a.id = $1",
    )
    .bind(application)
    .fetch_one(app.db())
    .await
    .unwrap()
}

fn siae(kind: CompanyKind) -> PartyKind {
    PartyKind::Company { kind, source: CompanySource::Asp }
}

/// The story: nothing is lost, who receives sees, and nobody acts for what was left.
#[tokio::test]
async fn all_that_a_company_has_is_another_s() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let application = hired(&app).await;
    let dates = "SELECT count(*) FROM passes WHERE starts_on IS NOT NULL AND ends_on = starts_on + 729";
    let (before, passes) = (totals(&app).await, count(&app, dates.to_owned()).await);
    let (rachel, emile) = (app.browser(Persona::OtherEmployer).await, app.browser(Persona::Employer).await);
    rachel.get(&format!("/applications/{application}")).await.is(404);

    let shown = read(&app, world::ACI, world::EI).await.is(200);
    assert!(shown.says("Candidatures reçues et embauches") && shown.says("1 à déplacer"), "{shown:?}");
    let form = form(&app).await;
    let ticked: Vec<String> =
        form.pairs().into_iter().filter(|(name, _)| name == "categories").map(|(_, code)| code).collect();
    for said in ["brand", "description", "searchable", "phone"] {
        assert!(!ticked.iter().any(|code| code == said), "what the target says of itself stays: {ticked:?}");
    }
    let review = form.check("categories", "brand").submit().await.is(200);
    assert!(review.says("Vérifier avant de confirmer") && review.says("Enseigne"), "{review:?}");
    let done = review.form("#transfer").press("confirm").submit().await.is(303).follow().await.is(200);
    assert!(done.says("Reprise de l’activité par l’EI."), "STF-2, on the page of the target: {done:?}");
    let source = app.browser(Persona::Staff).await.get(&format!("/admin/organisations/{}", world::ACI)).await;
    assert!(source.says("Désactivée") && source.says("Reprise de l’activité par l’EI."), "{source:?}");
    assert!(!source.says("jamais fait partie"), "{source:?}");
    let staff = app.browser(Persona::Staff).await;
    for (standing, is_there) in [("disabled", true), ("active", false), ("ended", false)] {
        let listed = staff.get(&format!("/admin/organisations?standing={standing}")).await.is(200);
        let own = format!("/admin/organisations/{}", world::ACI);
        assert_eq!(listed.links().contains(&own), is_there, "the list says it too: {standing}");
    }

    assert_eq!(totals(&app).await, before, "nothing is lost, nothing is made");
    assert_eq!(count(&app, dates.to_owned()).await, passes, "no date of a PASS moves");
    let all = Category::fitting(siae(CompanyKind::Aci), siae(CompanyKind::Ei));
    let left = left_behind(&app, world::ACI, &all).await;
    assert!(left.is_empty(), "what is derived follows: {left:?}");
    assert_eq!(posts_of(&app, application).await, (1, true), "posts move with their applications");
    rachel.get(&format!("/applications/{application}")).await.is(200);
    let home = emile.get("/dashboard").await.is(200);
    assert!(home.says("Les Jardins de la Seille") && home.says("1 acceptée"), "with its brand: {home:?}");
    let (blocked, searchable): (bool, bool) = sqlx::query_as(
        "SELECT block_applications_at IS NOT NULL, is_searchable FROM companies WHERE organisation_id = $1",
    )
    .bind(world::ACI)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert!(blocked && !searchable, "disabled");
    let listed = format!("SELECT count(*) FROM directory_employers WHERE organisation_id = '{}'", world::ACI);
    assert_eq!(count(&app, listed).await, 0, "and found no more");
    let trail = app.audit_trail().await;
    for event in ["organisation.data_given", "organisation.data_received"] {
        assert!(trail.iter().any(|line| line.contains(event)), "{event}: {trail:?}");
    }
}

/// TEN-1: whoever keeps working there sees no more of what left.
#[tokio::test]
async fn what_left_is_not_seen_any_more() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let application = hired(&app).await;
    let form = form(&app).await.uncheck("disable_source", "true").uncheck("categories", "members");
    to_confirm(form).await.submit().await.is(303);
    let emile = app.browser(Persona::Employer).await;
    emile.get(&format!("/applications/{application}")).await.is(404);
    assert!(!emile.get("/applications").await.is(200).says("BENALI"));
    let rachel = app.browser(Persona::OtherEmployer).await;
    assert!(rachel.get("/applications").await.is(200).says("BENALI"));
}

/// Rule book 01 §13: applications that move without their posts are for none; the other way round as well.
#[tokio::test]
async fn what_moves_without_its_posts_is_for_none() {
    for kept in [&["posts"][..], &["applications_received", "diagnoses", "controls"][..]] {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let application = hired(&app).await;
        let form = keeping(form(&app).await, kept);
        to_confirm(form).await.submit().await.is(303);
        assert_eq!(posts_of(&app, application).await, (0, false), "{kept:?}");
    }
}

#[tokio::test]
async fn what_the_target_may_not_have_is_refused_in_words() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let same = read(&app, world::ACI, world::ACI).await.is(422);
    assert!(same.says("Choisissez une autre structure"), "{same:?}");
    read(&app, world::ACI, world::DDETS_57).await.is(404);
    read(&app, world::CCAS, world::ACI).await.is(404);
    let other = read(&app, world::ACI, world::MISSION_LOCALE).await.is(200);
    assert!(other.says("entre deux employeurs"), "{other:?}");
    let geiq = read(&app, world::ACI, world::GEIQ).await.is(200);
    assert!(geiq.says("Propre à l’IAE") && geiq.says("reposent sur un PASS IAE"), "{geiq:?}");
    let forged = geiq.form("#transfer").fill("remark", "Essai.").forge("categories", "suspensions");
    let refused = forged.submit().await.is(422);
    assert!(refused.error("categories").is_some(), "IAE only: {refused:?}");
    app.scenario().diagnosis().by(Persona::EmployerAdmin).of(world::OTHER_CANDIDATE).insert().await;
    app.scenario().application().insert().await;
    let alone = form(&app).await.uncheck("categories", "diagnoses").submit().await.is(422);
    assert!(alone.says("part avec"), "04 §1.5: {alone:?}");
    assert!(alone.error("categories").is_some());

    let late = form(&app).await;
    sqlx::query("UPDATE companies SET source = 'USER_CREATED' WHERE organisation_id = $1")
        .bind(world::EI)
        .execute(app.db())
        .await
        .unwrap();
    late.submit().await.is(422);
    let antenna = read(&app, world::ACI, world::EI).await.is(200);
    assert!(antenna.says("ne transfère rien à une antenne"), "{antenna:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM organisation_transfers".to_owned()).await, 0);
}

/// D32.
#[tokio::test]
async fn what_came_meanwhile_is_read_first_and_nothing_moves_twice() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let early = form(&app).await;
    app.scenario().application().insert().await;
    let late = early.submit().await.is(409);
    assert!(late.says("a changé depuis que vous avez lu la page"), "{late:?}");
    let form = to_confirm(form(&app).await).await;
    form.submit().await.is(303);
    let again = form.submit().await.is(409);
    assert!(again.says("Sofia MARTIN a transféré des données"), "{again:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM organisation_transfers".to_owned()).await, 1);
}

/// A structure that was emptied and disabled gives nothing twice: that it is found no more is of its own end.
#[tokio::test]
async fn what_was_emptied_and_disabled_gives_nothing_more() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    to_confirm(form(&app).await).await.submit().await.is(303);
    let again = read(&app, world::ACI, world::EI).await.is(200);
    assert!(again.says("il ne lui reste rien à donner"), "{again:?}");
    let searchable: bool =
        sqlx::query_scalar("SELECT is_searchable FROM companies WHERE organisation_id = $1")
            .bind(world::EI)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert!(searchable, "the target is found");
    let told: i64 =
        count(&app, "SELECT count(*) FROM emails WHERE kind = 'members_transferred'".to_owned()).await;
    assert!(told > 0, "the administrators of both are told");
}

/// STF-1.
#[tokio::test]
async fn whoever_has_not_the_right_transfers_nothing() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = form(&app).await;
    reads_only(&app).await;
    read(&app, world::ACI, world::EI).await.is(403);
    form.submit().await.is(403);
    assert_eq!(count(&app, "SELECT count(*) FROM organisation_transfers".to_owned()).await, 0);
    let employer = app.browser(Persona::EmployerAdmin).await;
    employer.get(&format!("/admin/organisations/{}/transfer", world::ACI)).await.is(403);
}

/// Whatever refers to an organisation moves with a category, or stays for a reason that is said.
#[tokio::test]
async fn whatever_refers_to_an_organisation_is_listed() {
    let app = TestApp::new().await;
    let known: BTreeSet<(String, String)> = MOVED
        .iter()
        .map(|(_, table, column)| (*table, *column))
        .chain(KEPT.iter().map(|(table, column, _)| (*table, *column)))
        .map(|(table, column)| (table.to_owned(), column.to_owned()))
        .collect();
    let there: Vec<(String, String)> = sqlx::query_as(
        "SELECT c.conrelid::regclass::text, own.attname::text
         FROM pg_constraint c
         CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair (own, other)
         JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = pair.own
         JOIN pg_attribute other ON other.attrelid = c.confrelid AND other.attnum = pair.other
         WHERE c.contype = 'f'
           AND c.confrelid IN (
               'organisations'::regclass, 'companies'::regclass, 'prescriber_organisations'::regclass, 'institutions'::regclass
           )
           AND other.attname IN ('id', 'organisation_id')
         UNION
         SELECT t.table_name, k.column_name
         FROM information_schema.tables t
         JOIN information_schema.columns k ON k.table_schema = t.table_schema AND k.table_name = t.table_name
         WHERE t.table_schema = 'public'
           AND t.table_type = 'BASE TABLE'
           AND k.column_name IN ('organisation_id', 'company_id', 'institution_id')
         ORDER BY 1, 2",
    )
    .fetch_all(app.db())
    .await
    .unwrap();
    let there: BTreeSet<_> = there.into_iter().collect();
    let forgotten: Vec<_> = there.difference(&known).collect();
    assert!(
        forgotten.is_empty(),
        "say in app/src/organisations/transfer/categories.rs with which category it moves (and move it in store/), or why it stays: \
         {forgotten:?}"
    );
    let gone: Vec<_> = known.difference(&there).collect();
    assert!(
        gone.is_empty(),
        "take out of app/src/organisations/transfer/categories.rs what is there no more: {gone:?}"
    );
}
