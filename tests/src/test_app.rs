//! The platform in process: the real router, a stopped clock, mails in memory, files in a folder, a database of its own.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum_extra::extract::cookie::Key;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iae_app::accounts::Passwords;
use iae_app::board::Board;
use iae_app::config::AppConfig;
use iae_app::db::{Purpose, Role};
use iae_app::gateways::antivirus::Antivirus;
use iae_app::gateways::files::Files;
use iae_app::gateways::oidc::OidcProviders;
use iae_app::gateways::pdf::PdfReader;
use iae_app::gateways::sirene::Sirene;
use iae_app::{App, Clock, Db, Secrets};
use iae_domain::pass::IssuerPrefix;
use iae_domain::text::Email;
use iae_domain::time::paris_date;
use iae_mail::{Mailer, OutgoingEmail};
use iae_server::Rates;
use iae_test_database::Database;
use iae_web::limits::Limits;
use iae_web::ready;
use iae_web::ready_pages::ReadyPages;
use iae_web::state::WebState;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::database::{database, grown, pending_jobs};
use crate::{Browser, Persona, Scenario, statements};

/// Address of the platform in tests.
pub const BASE_URL: &str = "https://parcours.test";

/// When tests begin: a Monday morning, eleven o'clock in Paris.
const NOW: &str = "2026-05-04T09:00:00Z";

/// The platform, for one test.
pub struct TestApp {
    /// What use cases need.
    pub app: Arc<App>,
    router: Router,
    ready: ReadyPages,
    worker: Arc<App>,
    owner: Db,
    files: PathBuf,
    sent: Arc<Mutex<Vec<OutgoingEmail>>>,
    mails_matter: AtomicBool,
    jobs_matter: AtomicBool,
    database: Database,
}

impl TestApp {
    /// The platform with the people and organisations of [`crate::world`].
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// The same on a base of some three hundred and fifty thousand rows, where Postgres says how it goes about each statement ([`Page::plans`]).
    ///
    /// [`Page::plans`]: crate::Page::plans
    pub async fn grown() -> Self {
        Self::on(grown(now()).await, |_| {})
    }

    /// The same, changed before it starts: identity providers, another way out for mails…
    pub async fn with(change: impl FnOnce(&mut App)) -> Self {
        Self::on(database(now()).await, change)
    }

    fn on(database: Database, change: impl FnOnce(&mut App)) -> Self {
        statements::listen();
        rustls::crypto::ring::default_provider().install_default().ok();
        let files = std::env::temp_dir().join(database.name());
        let sent = Arc::default();
        let connect = |role: Role| Db::connect(role.of(database.options()), 5, Purpose::Pages);
        let db = connect(Role::Platform);
        let mut app = App {
            exports: db.for_purpose(Purpose::Exports),
            running_exports: iae_app::running_exports::RunningExports::default(),
            db,
            clock: Clock::fixed(now()),
            mailer: Mailer::Memory(Arc::clone(&sent)),
            files: Files::local(&files).unwrap(),
            antivirus: Antivirus::Off,
            sirene: Sirene::Off,
            pdf: PdfReader::new(beside_tests("inspect-pdf")),
            oidc: OidcProviders::default(),
            passwords: Passwords::default(),
            board: Board::default(),
            secrets: Secrets::new(&[7; 64]),
            config: config(),
        };
        change(&mut app);
        let app = Arc::new(app);
        let state = state(&app);
        let ready = state.ready.clone();
        Self {
            router: iae_web::router(state),
            ready,
            worker: Arc::new(app.on(connect(Role::Worker))),
            owner: connect(Role::Owner),
            app,
            files,
            sent,
            mails_matter: AtomicBool::new(true),
            jobs_matter: AtomicBool::new(true),
            database,
        }
    }

    /// Leaves it as it is, for others to start from: what takes long to prepare is prepared once.
    pub async fn at_rest(self) -> AtRest {
        self.ignore_jobs();
        for db in [&self.app.db, &self.worker.db, &self.owner] {
            db.close().await;
        }
        AtRest(self)
    }

    /// The database as its owner sees it, for what a test prepares and looks at. The platform itself has a role (ADR 27).
    pub fn db(&self) -> &Db {
        &self.owner
    }

    /// The database for who acts under this role.
    pub fn db_as(&self, role: Role) -> Db {
        Db::connect(role.of(self.database.options()), 5, Purpose::Pages)
    }

    /// What the worker runs with.
    pub fn worker(&self) -> &Arc<App> {
        &self.worker
    }

    /// Where files are kept.
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// The stopped time.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The day it is in Paris.
    pub fn today(&self) -> NaiveDate {
        paris_date(self.now())
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        self.app.clock.advance(by);
    }

    /// Serves over the network, until the test ends: for what a connection may do that a request does not say.
    pub async fn listen(&self) -> SocketAddr {
        self.listen_with(Limits::default()).await
    }

    /// The same, with other limits than those of an instance.
    pub async fn listen_with(&self, limits: Limits) -> SocketAddr {
        self.serve_until(limits, std::future::pending()).await.0
    }

    /// The same, until it is told to stop; gives what ends when the server has.
    pub async fn serve_until(
        &self,
        limits: Limits,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> (SocketAddr, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = WebState { limits, ..state(&self.app) };
        let server = tokio::spawn(async move { iae_web::serve(listener, state, stop).await.unwrap() });
        (address, server)
    }

    /// From now on, hears what changes of the pages that every visitor is given, as a process that serves does: they are kept
    /// ready. Without it each is made when it is asked for, so that no other test has to wait for what Postgres tells.
    pub async fn keep_ready(&self) {
        listen_to_changes(WebState { ready: self.ready.clone(), ..state(&self.app) }).await;
    }

    /// A browser nobody signed in with, at another process of the platform that keeps pages ready, on the same database.
    pub async fn visitor_elsewhere(&self) -> Browser {
        let state = state(&Arc::new(self.app.on(self.db_as(Role::Platform))));
        listen_to_changes(state.clone()).await;
        Browser::new(iae_web::router(state))
    }

    /// A browser nobody signed in with.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser where this person signed in.
    pub async fn browser(&self, persona: Persona) -> Browser {
        let browser = self.visitor();
        browser.sign_in(&self.app, persona.user()).await;
        browser
    }

    /// Makes what must exist before a test begins.
    pub fn scenario(&self) -> Scenario<'_> {
        Scenario::new(self)
    }

    /// Runs the tasks that wait, as a worker does.
    pub async fn run_jobs(&self) {
        iae_app::jobs::run_pending(&self.worker).await.expect("the worker runs");
    }

    /// The mails sent since the last call, in order. Tasks that send them must have run.
    pub fn mails(&self) -> Vec<OutgoingEmail> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }

    /// Runs what waits, then gives the mails sent since the last call.
    pub async fn run_jobs_and_mails(&self) -> Vec<OutgoingEmail> {
        self.run_jobs().await;
        self.mails()
    }

    /// This test does not speak of mails.
    pub fn ignore_mails(&self) {
        self.mails_matter.store(false, Ordering::Relaxed);
    }

    /// This test does not speak of the tasks left to run, mails included.
    pub fn ignore_jobs(&self) {
        self.ignore_mails();
        self.jobs_matter.store(false, Ordering::Relaxed);
    }

    /// Actions of the audit trail, in the order they were written: the table is append-only.
    pub async fn audit_trail(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT action FROM audit_events ORDER BY ctid")
            .fetch_all(self.db())
            .await
            .unwrap()
    }

    /// Counts the SQL statements of a future; [`crate::Page::statements`] gives those of a request.
    pub async fn statements<T>(&self, future: impl Future<Output = T>) -> (T, usize) {
        let (output, found) = statements::counted(future).await;
        (output, found.statements.len())
    }

    /// What the test left behind.
    async fn left_behind(&self) -> Vec<String> {
        let mut left = Vec::new();
        let mails_matter = self.mails_matter.load(Ordering::Relaxed);
        if mails_matter {
            let unread = self.mails();
            left.extend(
                unread.iter().map(|mail| format!("mail unread: « {} » to {}", mail.subject, mail.recipient)),
            );
        }
        if self.jobs_matter.load(Ordering::Relaxed) {
            let jobs: Vec<String> = pending_jobs(&self.database).await;
            let matters = |job: &&String| mails_matter || job.as_str() != "send_email";
            left.extend(jobs.iter().filter(matters).map(|job| format!("task not run: {job}")));
        }
        left
    }
}

/// A platform nobody uses any more, which others are copied from.
pub struct AtRest(TestApp);

impl AtRest {
    /// A platform that holds the same, on a database of its own. Its tasks and mails do not matter.
    pub async fn copy(&self) -> TestApp {
        let copy = TestApp::on(self.0.database.copy().await, |_| {});
        copy.ignore_jobs();
        copy.keep_proof();
        copy
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // A runtime of its own: the one of the test may already be stopping, and cannot be blocked on from here.
        let left = std::thread::scope(|scope| {
            let closing = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(self.left_behind())
            });
            closing.join().unwrap_or_default()
        });
        std::fs::remove_dir_all(&self.files).ok();
        assert!(
            left.is_empty() || std::thread::panicking(),
            "the test left something behind; run and read it (app.run_jobs(), app.mails()) or say that it does not \
             matter (app.ignore_mails()):\n{}",
            left.join("\n")
        );
    }
}

/// When tests begin.
fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn state(app: &Arc<App>) -> WebState {
    WebState {
        app: Arc::clone(app),
        cookie_key: Key::from(&[7; 64]),
        limits: unlimited(),
        ready: ReadyPages::default(),
    }
}

/// Until the test ends; returns once changes are heard.
async fn listen_to_changes(state: WebState) {
    let pages = state.ready.clone();
    tokio::spawn(async move { ready::stay_true(&state).await });
    while !pages.is_listening() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Tests read faster than anyone: what limits pages has its own, which listen with the limits of everyone.
fn unlimited() -> Limits {
    Limits { rates: unlimited_pages(), ..Limits::default() }
}

/// The same of the provider: whoever attacks both asks for more than it takes.
pub(crate) fn unlimited_pages() -> Rates {
    Rates {
        account_pages_per_minute: NonZeroU32::MAX,
        anonymous_pages_per_minute: NonZeroU32::MAX,
        ..Rates::default()
    }
}

/// A program cargo builds with the tests: they run from the folder `deps` beside it.
pub fn beside_tests(program: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join(program)
}

/// What the operator of the platform under test chose.
pub fn config() -> AppConfig {
    AppConfig {
        base_url: BASE_URL.parse().unwrap(),
        support_email: Email::parse("equipe@parcours.exemple.fr").unwrap(),
        pass_prefix: IssuerPrefix::parse("99999").unwrap(),
        rows_at_once: iae_app::exports::ROWS_AT_ONCE,
        second_factor_for: vec![],
        demo: None,
    }
}
