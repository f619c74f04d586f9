//! What every use case is given.

use crate::clock::Clock;
use crate::config::AppConfig;
use crate::db::{Db, Purpose};
use crate::gateways::{
    antivirus::Antivirus, files::Files, mailer::Mailer, oidc::OidcProviders, pdf::PdfReader,
};

/// Everything a use case may need: one value, shared by the server, the worker and the tests.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The same for exports, which hold a connection as long as the reader downloads: pages never wait for them.
    pub exports: Db,
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
    /// The identity providers people sign in with.
    pub oidc: OidcProviders,
    /// What the operator chose.
    pub config: AppConfig,
}

impl App {
    /// The same for the worker: its tasks have connections of their own, which may take longer than those of pages.
    #[must_use]
    pub fn for_tasks(&self) -> Self {
        Self { db: self.db.for_purpose(Purpose::Tasks), ..self.clone() }
    }
}
