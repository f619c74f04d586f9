//! Counts the SQL statements of one request, whatever the other tests of the process do meanwhile: sqlx logs each
//! statement while the future that runs it is polled, and only the request being counted has a list to note it in. What a base that
//! explains itself says of it comes the same way, as a notice.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::fmt::TestWriter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// Where sqlx logs statements, and what Postgres says besides its answers.
const OF_SQLX: [&str; 2] = ["sqlx::query", NOTICE];
const NOTICE: &str = "sqlx::postgres::notice";

tokio::task_local! {
    static ASKED: RefCell<Asked>;
}

/// What Postgres was asked by a future.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The statements.
    pub statements: Vec<String>,
    /// How it went about them, as JSON.
    pub plans: Vec<String>,
}

/// Runs a future and gives its statements with what it returns.
pub(crate) async fn counted<T>(future: impl Future<Output = T>) -> (T, Asked) {
    ASKED
        .scope(RefCell::default(), async {
            let output = future.await;
            (output, ASKED.with(RefCell::take))
        })
        .await
}

/// Listens to the statements of every connection, and prints warnings and errors with the test that failed.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let of_sqlx = filter_fn(|metadata| OF_SQLX.contains(&metadata.target()));
        let log = tracing_subscriber::fmt::layer().with_writer(TestWriter::new()).without_time();
        let wanted =
            EnvFilter::builder().parse_lossy("warn,sqlx::query=off,tower_http=off,graphile_worker=error");
        let subscriber =
            tracing_subscriber::registry().with(Count.with_filter(of_sqlx)).with(log.with_filter(wanted));
        // Not `init`, which also listens to the crate `log`: the parser of pages then words each letter it reads.
        tracing::subscriber::set_global_default(subscriber).ok();
    });
}

struct Count;

impl<S: Subscriber> Layer<S> for Count {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut statement = Statement::default();
        event.record(&mut statement);
        let note = |asked: &RefCell<Asked>| {
            let mut asked = asked.borrow_mut();
            if event.metadata().target() == NOTICE {
                asked.plans.extend(statement.plan());
            } else {
                asked.statements.push(statement.text());
            }
        };
        ASKED.try_with(note).ok();
    }
}

/// The text of a statement: sqlx gives a summary, and the whole beside it when it is longer. Or a notice.
#[derive(Default)]
struct Statement {
    summary: String,
    whole: String,
    notice: String,
}

impl Statement {
    fn text(&self) -> String {
        let text = if self.whole.is_empty() { &self.summary } else { &self.whole };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// « duration: 0.042 ms  plan: {…} », by auto_explain; none in any other notice.
    fn plan(&self) -> Option<String> {
        let (_, plan) = self.notice.strip_prefix("duration: ")?.split_once("plan:")?;
        Some(plan.trim().to_owned())
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            "message" => value.clone_into(&mut self.notice),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
