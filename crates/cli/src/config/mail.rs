//! Where mails leave.

use std::path::Path;

use iae_app::gateways::mailer::{MailError, Mailer};
use iae_connect::emails;
use url::Url;

use super::{ConfigError, invalid, required};

/// Who writes the mails of a demonstration.
const DEMO_FROM: &str = "Parcours IAE <ne-pas-repondre@exemple.fr>";

/// The way out for mails.
#[derive(Debug)]
pub struct MailConfig {
    mailer: Mailer,
}

impl MailConfig {
    /// Reads `IAE_MAIL_URL` (a server or a folder) and `IAE_MAIL_FROM`. The password of the server is in its address,
    /// which is never printed.
    pub fn from_env() -> Result<Self, ConfigError> {
        let from = required("IAE_MAIL_FROM")?;
        let address = required("IAE_MAIL_URL")?;
        let mailer = match address.parse::<Url>() {
            Ok(url) if url.scheme() == "file" => Mailer::folder(Path::new(url.path()), &from),
            _ => Mailer::smtp(&address, &from),
        };
        Ok(Self { mailer: mailer.map_err(|error| refused(&error))? })
    }

    /// Mails kept in a folder.
    pub fn folder(path: &Path) -> Result<Self, ConfigError> {
        Ok(Self { mailer: Mailer::folder(path, DEMO_FROM).map_err(|error| refused(&error))? })
    }

    /// The mailer.
    pub fn into_mailer(self) -> Mailer {
        self.mailer
    }
}

/// The same way out, for the identity provider.
pub fn of_connect() -> Result<emails::Mailer, ConfigError> {
    let (from, address) = (required("IAE_MAIL_FROM")?, required("IAE_MAIL_URL")?);
    let mailer = match address.parse::<Url>() {
        Ok(url) if url.scheme() == "file" => emails::Mailer::folder(Path::new(url.path()), &from),
        _ => emails::Mailer::smtp(&address, &from),
    };
    mailer.map_err(|error| connect_refused(&error))
}

/// The same folder, for the identity provider of a demonstration.
pub fn of_demo_connect(path: &Path) -> Result<emails::Mailer, ConfigError> {
    emails::Mailer::folder(path, DEMO_FROM).map_err(|error| connect_refused(&error))
}

fn connect_refused(error: &emails::MailError) -> ConfigError {
    refused(&match error {
        emails::MailError::Message => MailError::Message,
        emails::MailError::Smtp => MailError::Smtp(String::new()),
        emails::MailError::Folder => MailError::Folder,
    })
}

fn refused(error: &MailError) -> ConfigError {
    match error {
        MailError::Message => invalid("IAE_MAIL_FROM", DEMO_FROM),
        MailError::Smtp(_) | MailError::Folder => {
            invalid("IAE_MAIL_URL", "smtps://compte:secret@hôte, smtp://hôte:port ou file:///dossier")
        }
    }
}
