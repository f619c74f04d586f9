//! What every use case is given.

use iae_credentials::Passwords;
use iae_mail::Mailer;

use crate::board::Board;
use crate::clock::Clock;
use crate::config::AppConfig;
use crate::db::{Db, Purpose};
use crate::gateways::{
    antivirus::Antivirus, files::Files, oidc::OidcProviders, pdf::PdfReader, sirene::Sirene,
};
use crate::running_exports::RunningExports;
use crate::secrets::Secrets;

/// Everything a use case may need: one value, shared by the server, the worker and the tests.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The same for exports, which hold a connection as long as the reader downloads: pages never wait for them.
    pub exports: Db,
    /// Whose exports run.
    pub running_exports: RunningExports,
    /// The time.
    pub clock: Clock,
    /// Where mails leave.
    pub mailer: Mailer,
    /// Where files are kept.
    pub files: Files,
    /// What tells whether a file is a PDF that opens.
    pub pdf: PdfReader,
    /// What looks for viruses in them.
    pub antivirus: Antivirus,
    /// Whom establishments are asked of, at sign-up.
    pub sirene: Sirene,
    /// The identity providers people sign in with.
    pub oidc: OidcProviders,
    /// What hashes and checks passwords.
    pub passwords: Passwords,
    /// The announcements that pages show.
    pub board: Board,
    /// What is derived from the operator's secret.
    pub secrets: Secrets,
    /// What the operator chose.
    pub config: AppConfig,
}

impl App {
    /// The same on other connections, of another role or for something else.
    #[must_use]
    pub fn on(&self, db: Db) -> Self {
        Self { exports: db.for_purpose(Purpose::Exports), db, ..self.clone() }
    }
}
