//! The platform put together from its configuration, and its three long-running parts: pages, tasks, identity
//! provider.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use iae_app::accounts::Passwords;
use iae_app::announcements::keep_fresh;
use iae_app::board::Board;
use iae_app::db::{Purpose, Role};
use iae_app::gateways::antivirus::Antivirus;
use iae_app::gateways::oidc::OidcProviders;
use iae_app::gateways::pdf::PdfReader;
use iae_app::gateways::sirene::Sirene;
use iae_app::{App, AppConfig, Clock, Db, Secrets, config::Demo, jobs};
use iae_connect::{Connect, clients};
use iae_mail::Mailer;
use iae_web::ready;
use iae_web::ready_pages::ReadyPages;
use iae_web::state::WebState;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::{
    ConfigError, ConnectConfig, DatabaseConfig, HttpConfig, InstanceConfig, LimitsConfig, OidcConfig,
    StorageConfig, antivirus_from_env, check_safety, mailer, sirene_from_env,
};

/// After how long the worker tries again when the database left it.
const WORKER_RETRY: Duration = Duration::from_secs(5);

/// What to do about keys that do not open.
const WRONG_KEYS_SECRET: &str = "IAE_CONNECT_KEYS_SECRET n’ouvre pas les clés de signature de cette base. Remettez le \
    secret qui les a scellées ; s’il est perdu, « iae connect rotate-keys --now » en fait de nouvelles.";

/// Everything the platform needs to know.
pub struct Config {
    /// The network.
    pub http: HttpConfig,
    /// The database.
    pub db: Db,
    /// The instance itself.
    pub instance: InstanceConfig,
    /// Mails.
    pub mailer: Mailer,
    /// Identity providers.
    pub oidc: OidcConfig,
    /// Files.
    pub storage: StorageConfig,
    /// What looks for viruses in files.
    pub antivirus: Antivirus,
    /// Whom establishments are asked of.
    pub sirene: Sirene,
    /// Limits.
    pub limits: LimitsConfig,
    /// What a demonstration shows; none on a real instance.
    pub demo: Option<Demo>,
}

impl Config {
    /// Reads the environment, for who acts under this role, to do this, and refuses what no instance may start with.
    pub fn from_env(role: Role, purpose: Purpose) -> Result<Self, ConfigError> {
        check_safety()?;
        Ok(Self {
            http: HttpConfig::from_env()?,
            db: DatabaseConfig::from_env()?.connect(role, purpose),
            instance: InstanceConfig::from_env()?,
            mailer: mailer()?,
            oidc: OidcConfig::from_env()?,
            storage: StorageConfig::from_env()?,
            antivirus: antivirus_from_env()?,
            sirene: sirene_from_env()?,
            limits: LimitsConfig::from_env()?,
            demo: None,
        })
    }

    /// The platform, ready to serve. Nothing is asked of the database or of the providers yet.
    pub fn build(self) -> Result<WebState, Box<dyn Error>> {
        let app = App {
            exports: self.db.for_purpose(Purpose::Exports),
            running_exports: iae_app::running_exports::RunningExports::default(),
            db: self.db,
            clock: Clock::System,
            mailer: self.mailer,
            files: self.storage.open()?,
            antivirus: self.antivirus,
            sirene: self.sirene,
            // This very program, even once another version took its place on the disk.
            pdf: PdfReader::new(PathBuf::from("/proc/self/exe")),
            oidc: OidcProviders::new(self.oidc.settings(&self.http.base_url))?,
            passwords: Passwords::default(),
            board: Board::default(),
            secrets: Secrets::new(self.http.cookie_key.master()),
            config: AppConfig {
                base_url: self.http.base_url,
                support_email: self.instance.support_email,
                pass_prefix: self.instance.pass_prefix,
                rows_at_once: iae_app::exports::ROWS_AT_ONCE,
                second_factor_for: self.instance.second_factor_for,
                demo: self.demo,
            },
        };
        Ok(WebState {
            app: Arc::new(app),
            cookie_key: self.http.cookie_key,
            limits: self.limits.limits(),
            ready: ReadyPages::default(),
        })
    }
}

/// A listener, or a sentence that says which address is taken.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Box<dyn Error>> {
    let listener = TcpListener::bind(address).await;
    Ok(listener.map_err(|error| format!("impossible d’écouter sur {address} : {error}"))?)
}

/// Serves the pages until `stop`; meanwhile, the announcements they show are read again, and what changes of those that are kept
/// ready is heard.
pub async fn serve(
    listener: TcpListener,
    state: WebState,
    stop: CancellationToken,
) -> Result<(), Box<dyn Error>> {
    let beside = state.clone();
    tokio::select! {
        served = iae_web::serve(listener, state, stop.cancelled_owned()) => Ok(served?),
        never = keep_fresh(&beside) => match never {},
        never = ready::stay_true(&beside) => match never {},
    }
}

/// Runs the tasks until `stop`, through every absence of the database.
pub async fn work(app: Arc<App>, stop: CancellationToken) -> Result<(), Box<dyn Error>> {
    while !stop.is_cancelled() {
        let Err(error) = jobs::run(&app, stop.clone()).await else { continue };
        tracing::warn!(%error, retry.seconds = WORKER_RETRY.as_secs(), "worker stopped");
        tokio::select! {
            () = stop.cancelled() => (),
            () = tokio::time::sleep(WORKER_RETRY) => (),
        }
    }
    Ok(())
}

/// The identity provider, with the platform registered as its relying party.
pub async fn identity_provider(db: Db, config: ConnectConfig) -> Result<Connect, Box<dyn Error>> {
    clients::upsert(db.pool(), &config.relying_party.client(), Clock::System.now()).await?;
    let connect =
        Connect::new(db.pool().clone(), config.provider, config.keys_secret, iae_connect::Clock::System)
            .await;
    connect.map_err(in_words)
}

/// A failure of the identity provider, in the operator's words when they can mend it.
pub fn in_words(error: iae_connect::Error) -> Box<dyn Error> {
    if matches!(error, iae_connect::Error::KeysSecret) { WRONG_KEYS_SECRET.into() } else { error.into() }
}

/// Serves the identity provider until `stop`.
pub async fn serve_identities(
    listener: TcpListener,
    connect: Connect,
    stop: CancellationToken,
) -> Result<(), Box<dyn Error>> {
    Ok(iae_connect::serve(listener, connect, stop.cancelled_owned()).await?)
}
