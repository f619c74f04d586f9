//! Where mails leave.

use std::path::Path;

use iae_mail::{MailError, Mailer};
use url::Url;

use super::{ConfigError, invalid, required};

/// Who writes the mails of a demonstration.
const DEMO_FROM: &str = "Parcours IAE <ne-pas-repondre@exemple.fr>";

/// The way out for mails: reads `IAE_MAIL_URL` (a server or a folder) and `IAE_MAIL_FROM`. The password of the server is
/// in its address, which is never printed.
pub fn mailer() -> Result<Mailer, ConfigError> {
    let (from, address) = (required("IAE_MAIL_FROM")?, required("IAE_MAIL_URL")?);
    let mailer = match address.parse::<Url>() {
        Ok(url) if url.scheme() == "file" => Mailer::folder(Path::new(url.path()), &from),
        _ => Mailer::smtp(&address, &from),
    };
    mailer.map_err(|error| refused(&error))
}

/// The way out of a demonstration: mails kept in a folder.
pub fn demo_mailer(path: &Path) -> Result<Mailer, ConfigError> {
    Mailer::folder(path, DEMO_FROM).map_err(|error| refused(&error))
}

fn refused(error: &MailError) -> ConfigError {
    match error {
        MailError::Message => invalid("IAE_MAIL_FROM", DEMO_FROM),
        MailError::Smtp(_) | MailError::Folder => {
            invalid("IAE_MAIL_URL", "smtps://compte:secret@hôte, smtp://hôte:port ou file:///dossier")
        }
    }
}
