//! Where mails leave.

use std::path::Path;

use iae_app::gateways::mailer::{MailError, Mailer};
use url::Url;

use super::{ConfigError, invalid, required};

/// The way out for mails.
#[derive(Debug)]
pub struct MailConfig {
    mailer: Mailer,
}

impl MailConfig {
    /// Reads `IAE_MAIL_URL` (a server or a folder) and `IAE_MAIL_FROM`. The password of the server is in its address,
    /// which is never printed.
    pub fn from_env() -> Result<Self, ConfigError> {
        const EXPECTED: &str = "smtps://compte:secret@hôte, smtp://hôte:port ou file:///dossier";
        let from = required("IAE_MAIL_FROM")?;
        let text = required("IAE_MAIL_URL")?;
        let url: Url = text.parse().map_err(|_| invalid("IAE_MAIL_URL", EXPECTED))?;
        let mailer = match url.scheme() {
            "file" => Mailer::folder(Path::new(url.path()), &from),
            _ => Mailer::smtp(&text, &from),
        };
        let mailer = mailer.map_err(|error| match error {
            MailError::Message => invalid("IAE_MAIL_FROM", "Parcours IAE <ne-pas-repondre@exemple.fr>"),
            MailError::Smtp(_) | MailError::Folder => invalid("IAE_MAIL_URL", EXPECTED),
        })?;
        Ok(Self { mailer })
    }

    /// The mailer.
    pub fn into_mailer(self) -> Mailer {
        self.mailer
    }
}
