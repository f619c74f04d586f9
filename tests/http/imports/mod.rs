//! Imports of official files: the weekly flow of the paying agency from its three files to what people see, its safety
//! stop, what the team reads of it.

mod beside;
mod pages;
mod real_files;
mod rejected;
mod stop;

use chrono::{NaiveDate, TimeDelta};
use iae_app::Ctx;
use iae_app::imports::structures::{Asked, Flow, FlowReport, import_structures};
use iae_app::imports::{ImportError, NamedFile};
use iae_domain::Actor;
use iae_domain::ids::OrganisationId;
use iae_domain::imports::{ImportCount, ImportOutcome};
use iae_tests::{Persona, TestApp, world};

/// The three files of a week.
#[derive(Clone)]
struct Files {
    structures: String,
    conventions: String,
    annexes: String,
}

/// What the flow says of the SIAE of these tests, as the platform knows them.
fn world_files() -> Files {
    let mut files = Files {
        structures: "asp_id,kind,siret,name,auth_email,post_code,city\n".to_owned(),
        conventions: "asp_id,kind,siret,is_active\n".to_owned(),
        annexes: "asp_id,kind,number,state,start_at,end_at\n".to_owned(),
    };
    for (asp_id, kind, siret, number) in [
        (5701, "ACI", "38012345600011", "ACI057260001A0M0"),
        (5702, "EI", "39012345600012", "EI057260002A0M0"),
        (5704, "AI", "41012345600014", "AI057260004A0M0"),
    ] {
        files.add(asp_id, kind, siret, "direction@exemple.fr");
        files.annexes += &format!("{asp_id},{kind},{number},VALIDE,2025-01-01,2026-12-31\n");
    }
    files
}

impl Files {
    fn add(&mut self, asp_id: i32, kind: &str, siret: &str, email: &str) {
        self.structures += &format!("{asp_id},{kind},{siret},Structure {asp_id},{email},57000,METZ\n");
        self.conventions += &format!("{asp_id},{kind},{siret},True\n");
    }

    /// A new structure, in force until this day.
    fn with_newcomer(mut self, until: &str) -> Self {
        self.add(5790, "EI", NEWCOMER, "accueil@nouvelle.exemple.fr");
        self.annexes += &format!("5790,EI,EI057260090A0M0,VALIDE,2026-01-01,{until}\n");
        self
    }

    fn flow(&self) -> Flow<&[u8], &[u8], &[u8]> {
        Flow {
            structures: file("structures.csv", &self.structures),
            conventions: file("conventions.csv", &self.conventions),
            annexes: file("annexes.csv", &self.annexes),
        }
    }
}

fn file<'a>(name: &str, text: &'a str) -> NamedFile<&'a [u8]> {
    NamedFile { name: name.to_owned(), source: text.as_bytes() }
}

const NEWCOMER: &str = "50012345600015";

async fn import_as(
    app: &TestApp,
    ctx: &Ctx<Actor>,
    files: &Files,
    asked: Asked,
) -> Result<FlowReport, ImportError> {
    import_structures(&app.app, ctx, files.flow(), asked).await
}

fn asked(as_of: NaiveDate) -> Asked {
    Asked { as_of, confirmed: None, is_trial: false }
}

async fn import(app: &TestApp, files: &Files) -> FlowReport {
    import_as(app, &Ctx::system(app.now()), files, asked(app.today())).await.unwrap()
}

/// What was counted, the lines of the files left out.
fn counts(report: &FlowReport) -> Vec<(ImportCount, u64)> {
    let is_of_files = |count: ImportCount| matches!(count, ImportCount::Rejected | ImportCount::Prison);
    report.import.counts.iter().copied().filter(|(count, _)| !is_of_files(*count)).collect()
}

/// The company at this SIRET.
async fn company_at(app: &TestApp, siret: &str) -> Option<OrganisationId> {
    sqlx::query_scalar("SELECT id FROM organisations WHERE siret = $1 AND family = 'company'")
        .bind(siret)
        .fetch_optional(app.db())
        .await
        .unwrap()
}

async fn number(app: &TestApp, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(app.db()).await.unwrap()
}

/// For the snapshots of mails: a company comes in, then 200 conventions would fall in May.
pub async fn a_company_comes_in_and_an_import_stops(app: &TestApp) {
    import(app, &world_files().with_newcomer("2026-12-31")).await;
    stop::two_hundred_siae(app).await;
    let report = import(app, &world_files().with_newcomer("2026-12-31")).await;
    assert_eq!(report.import.outcome, ImportOutcome::HeldBack);
    app.run_jobs().await;
}

#[tokio::test]
async fn files_that_say_what_is_known_change_nothing() {
    let app = TestApp::new().await;
    let report = import(&app, &world_files()).await;
    assert_eq!((counts(&report), report.remarks), (vec![], vec![]));
    assert!(app.audit_trail().await.is_empty(), "nothing happened to anything");
    assert_eq!(number(&app, "SELECT count(*) FROM imports").await, 1, "that it ran is kept all the same");
}

/// CMP-12: created, found, invited at its official address alone; the same files again do nothing.
#[tokio::test]
async fn a_structure_in_force_comes_in_and_is_invited() {
    let app = TestApp::new().await;
    let files = world_files().with_newcomer("2026-12-31");
    let trial = Asked { is_trial: true, ..asked(app.today()) };
    let ctx = Ctx::system(app.now());
    let tried = import_as(&app, &ctx, &files, trial).await.unwrap();
    assert_eq!(company_at(&app, NEWCOMER).await, None, "a trial writes nothing");
    assert_eq!(number(&app, "SELECT count(*) FROM imports").await, 0);

    let done = import(&app, &files).await;
    assert_eq!(counts(&done), counts(&tried), "and says everything");
    let id = company_at(&app, NEWCOMER).await.unwrap();
    let card = app.visitor().get(&format!("/employers/{id}")).await.is(200);
    assert!(card.says("Structure 5790") && !card.says("accueil@nouvelle"), "CMP-7: {}", card.text());
    let mails = app.run_jobs_and_mails().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(to, ["accueil@nouvelle.exemple.fr"]);
    let trail = app.audit_trail().await;
    for action in
        ["convention.created", "organisation.company_imported", "convention.annexes_synced", "import.done"]
    {
        assert_eq!(trail.iter().filter(|done| *done == action).count(), 1, "{action}: {trail:?}");
    }

    let again = import(&app, &files).await;
    assert!(counts(&again).is_empty(), "{again:?}");
    assert!(app.run_jobs_and_mails().await.is_empty(), "no mail");
    assert_eq!(app.audit_trail().await, trail, "no row of the trail");
}

/// CMP-12: two runs at once, one creation.
#[tokio::test]
async fn two_imports_at_once_create_once() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.ignore_jobs();
    let files = world_files().with_newcomer("2026-12-31");
    let (one, other) = tokio::join!(import(&app, &files), import(&app, &files));
    let created = [&one, &other].map(|report| report.import.count(ImportCount::CompaniesCreated));
    assert_eq!(created.iter().sum::<u64>(), 1);
}

/// CMP-5, CMP-12: the SIRET follows the file within the SIREN, and what it was is kept.
#[tokio::test]
async fn a_siret_that_changes_is_kept() {
    let app = TestApp::new().await;
    let files = world_files();
    let moved = Files { structures: files.structures.replace("38012345600011", "38012345600099"), ..files };
    let report = import(&app, &moved).await;
    assert_eq!(counts(&report), [(ImportCount::SiretsChanged, 1)]);
    assert_eq!(company_at(&app, "38012345600099").await, Some(world::ACI));
    let kept =
        "SELECT count(*) FROM siret_changes WHERE before = '38012345600011' AND after = '38012345600099'";
    assert_eq!(number(&app, kept).await, 1);
    assert!(counts(&import(&app, &moved).await).is_empty());
}

/// CMP-4, CMP-5, CMP-12: two structures move one after the other and a third comes where the first was, all in one run.
#[tokio::test]
async fn a_place_that_is_left_is_taken_in_the_same_run() {
    const PLACES: [&str; 3] = ["38012345600011", "38012345600022", "38012345600033"];
    let app = TestApp::new().await;
    app.ignore_mails();
    app.ignore_jobs();
    let annex = |asp_id: i32| format!("{asp_id},ACI,ACI05726{asp_id:04}A0M0,VALIDE,2026-01-01,2026-12-31\n");
    let mut files = world_files();
    files.add(5791, "ACI", PLACES[1], "direction@exemple.fr");
    files.annexes += &annex(5791);
    import(&app, &files).await;
    let second = company_at(&app, PLACES[1]).await.unwrap();

    let structures = files.structures.replace(PLACES[1], PLACES[2]).replace(PLACES[0], PLACES[1]);
    let mut moved = Files { structures, ..files };
    moved.add(5792, "ACI", PLACES[0], "direction@exemple.fr");
    moved.annexes += &annex(5792);
    let report = import(&app, &moved).await;
    assert_eq!(report.remarks, vec![]);
    assert_eq!(report.import.count(ImportCount::SiretsChanged), 2);
    assert_eq!(company_at(&app, PLACES[1]).await, Some(world::ACI));
    assert_eq!(company_at(&app, PLACES[2]).await, Some(second));
    assert!(company_at(&app, PLACES[0]).await.is_some_and(|id| id != world::ACI && id != second));
    assert_eq!(number(&app, "SELECT count(*) FROM siret_changes").await, 2);
    assert!(counts(&import(&app, &moved).await).is_empty(), "once");
}

/// CMP-4, CMP-12: another company is already there.
#[tokio::test]
async fn a_siret_that_is_taken_is_reported() {
    let app = TestApp::new().await;
    sqlx::query(
        "WITH antenna AS (
             INSERT INTO organisations (id, family, kind, siret, name, created_at, updated_at)
             VALUES (gen_random_uuid(), 'company', 'ACI', '38012345600099', 'Antenne', $1, $1)
             RETURNING id
         ), member AS (
             INSERT INTO memberships (id, user_id, organisation_id, is_admin, joined_at, updated_at)
             SELECT gen_random_uuid(), $2, id, true, $1, $1 FROM antenna
         )
         INSERT INTO companies (organisation_id, source, convention_id)
         SELECT antenna.id, 'USER_CREATED', c.convention_id FROM antenna, companies c WHERE c.organisation_id = $3",
    )
    .bind(app.now())
    .bind(world::EMPLOYER)
    .bind(world::ACI)
    .execute(app.db())
    .await
    .unwrap();
    let files = world_files();
    let moved = Files { structures: files.structures.replace("38012345600011", "38012345600099"), ..files };
    let report = import(&app, &moved).await;
    assert!(counts(&report).is_empty());
    let [remark] = report.remarks.as_slice() else { panic!("{:?}", report.remarks) };
    assert_eq!((remark.file.as_str(), remark.line), ("structures.csv", Some(2)));
    assert!(remark.says.contains("existe déjà"), "{}", remark.says);
}

/// CMP-9, CMP-10, CMP-14, CMP-15: grace, then deleted if nothing was ever done with it, else hidden; back with its annex.
#[tokio::test]
async fn a_convention_falls_then_its_company_ends_or_comes_back() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.ignore_jobs();
    import(&app, &world_files().with_newcomer("2026-12-31")).await;
    let newcomer = company_at(&app, NEWCOMER).await.unwrap();
    let fallen = Files {
        annexes: world_files().annexes.replace(
            "EI057260002A0M0,VALIDE,2025-01-01,2026-12-31",
            "EI057260002A0M0,VALIDE,2025-01-01,2026-05-03",
        ),
        ..world_files()
    }
    .with_newcomer("2026-05-03");
    let report = import(&app, &fallen).await;
    let expected = [(ImportCount::ConventionsDeactivated, 2), (ImportCount::AnnexesWritten, 2)];
    assert_eq!(counts(&report), expected);
    let dashboard = app.browser(Persona::OtherEmployer).await.get("/dashboard").await.is(200);
    assert!(dashboard.says("3 juin 2026"), "30 days of grace: {}", dashboard.text());

    app.advance(TimeDelta::days(31));
    let report = import(&app, &fallen).await;
    let ended = [
        (ImportCount::CompaniesHidden, 1),
        (ImportCount::CompaniesDeleted, 1),
        (ImportCount::ConventionsDeleted, 1),
        (ImportCount::AnnexesUnused, 1),
    ];
    assert_eq!(counts(&report), ended, "the EI has members, nobody ever came to the newcomer");
    app.visitor().get(&format!("/employers/{newcomer}")).await.is(404);
    app.visitor().get(&format!("/employers/{}", world::EI)).await.is(404);
    let again: Vec<_> = counts(&import(&app, &fallen).await);
    assert_eq!(again, [(ImportCount::AnnexesUnused, 1)], "once");

    let report = import(&app, &world_files()).await;
    let back = [
        (ImportCount::CompaniesShown, 1),
        (ImportCount::ConventionsReactivated, 1),
        (ImportCount::AnnexesWritten, 1),
    ];
    assert_eq!(counts(&report), back);
    app.visitor().get(&format!("/employers/{}", world::EI)).await.is(200);
}

/// CMP-14: what still hangs on a company keeps it whole, and the rest of the run is written.
#[tokio::test]
async fn a_company_that_something_holds_is_reported() {
    let app = TestApp::new().await;
    app.ignore_mails();
    app.ignore_jobs();
    import(&app, &world_files().with_newcomer("2026-12-31")).await;
    let newcomer = company_at(&app, NEWCOMER).await.unwrap();
    app.scenario().draft().by(Persona::Prescriber).to(newcomer).insert().await;
    import(&app, &world_files().with_newcomer("2026-05-03")).await;
    app.advance(TimeDelta::days(31));
    let files = world_files().with_newcomer("2026-05-03");
    let moved = Files { structures: files.structures.replace("38012345600011", "38012345600099"), ..files };
    let report = import(&app, &moved).await;
    assert!(report.remarks.iter().any(|remark| remark.says.contains("s’y rattachent")), "{report:?}");
    assert_eq!(counts(&report), [(ImportCount::SiretsChanged, 1), (ImportCount::AnnexesUnused, 1)]);
    assert_eq!(company_at(&app, NEWCOMER).await, Some(newcomer));
    assert_eq!(company_at(&app, "38012345600099").await, Some(world::ACI), "the others are written");
}
