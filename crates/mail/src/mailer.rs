//! The ways out.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use lettre::message::Mailbox;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use crate::message::{OutgoingEmail, write};

/// A way out for mails.
#[derive(Clone)]
pub enum Mailer {
    /// A mail server.
    Smtp {
        /// The connections to the server.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// Who writes.
        from: Mailbox,
    },
    /// A folder: one `.eml` file a mail.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Who writes.
        from: Mailbox,
    },
    /// Memory: what tests read back.
    Memory(Arc<Mutex<Vec<OutgoingEmail>>>),
}

/// Holds the password of the server.
impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Smtp { .. } => "Mailer::Smtp",
            Self::Folder { .. } => "Mailer::Folder",
            Self::Memory(_) => "Mailer::Memory",
        })
    }
}

/// Why a mail did not leave. The text names neither recipient nor content: it is kept and logged.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address or the message cannot be written as a mail.
    #[error("the message cannot be built")]
    Message,
    /// The server refused or did not answer.
    #[error("the mail server did not take the message: {0}")]
    Smtp(String),
    /// The folder cannot be written.
    #[error("the mail folder cannot be written")]
    Folder,
}

impl Mailer {
    /// A mail server, by its address: `smtps://account:secret@host` or `smtp://host:port`.
    pub fn smtp(url: &str, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::Message)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport = transport.map_err(|_| MailError::Smtp("address".to_owned()))?.build();
        Ok(Self::Smtp { transport, from })
    }

    /// A folder, created when missing.
    pub fn folder(path: &Path, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::Message)?;
        std::fs::create_dir_all(path).map_err(|_| MailError::Folder)?;
        Ok(Self::Folder { path: path.to_owned(), from })
    }

    /// Sends one mail.
    pub async fn send(&self, email: &OutgoingEmail) -> Result<(), MailError> {
        match self {
            Self::Smtp { transport, from } => {
                let sent = transport.send(write(from, email)?).await;
                sent.map(drop).map_err(|error| {
                    MailError::Smtp(
                        error.status().map_or_else(|| "no answer".to_owned(), |code| code.to_string()),
                    )
                })
            }
            Self::Folder { path, from } => {
                let transport = AsyncFileTransport::<Tokio1Executor>::new(path);
                transport.send(write(from, email)?).await.map(drop).map_err(|_| MailError::Folder)
            }
            Self::Memory(sent) => {
                sent.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(email.clone());
                Ok(())
            }
        }
    }
}
