//! Where mails leave: a mail server, a folder, or memory for tests.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use uuid::Uuid;

/// A mail to send: plain text.
#[derive(Clone)]
pub struct Letter {
    /// The same for every try.
    pub id: Uuid,
    /// Address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
}

/// Holds an address.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// A way out for mails.
#[derive(Clone)]
pub enum Mailer {
    /// A mail server.
    Smtp {
        /// The connection pool to the server.
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
    Memory(Arc<Mutex<Vec<Letter>>>),
}

/// Holds the password of the server.
impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Smtp { .. } => "Mailer::Smtp",
            Self::Folder { .. } => "Mailer::Folder",
            Self::Memory(_) => "Mailer::Memory",
        })
    }
}

/// Why a mail did not leave. The text names neither recipient nor content: it is logged.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address or the message cannot be written as a mail.
    #[error("the message cannot be built")]
    Message,
    /// The server refused or did not answer.
    #[error("the mail server did not take the message")]
    Smtp,
    /// The folder cannot be written.
    #[error("the mail folder cannot be written")]
    Folder,
}

impl Mailer {
    /// A mail server, by its address: `smtps://account:secret@host` or `smtp://host:port`.
    pub fn smtp(url: &str, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::Message)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| MailError::Smtp)?;
        Ok(Self::Smtp { transport: transport.build(), from })
    }

    /// A folder, created when missing.
    pub fn folder(path: &Path, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::Message)?;
        std::fs::create_dir_all(path).map_err(|_| MailError::Folder)?;
        Ok(Self::Folder { path: path.to_owned(), from })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        match self {
            Self::Smtp { transport, from } => {
                transport.send(message(from, letter)?).await.map(drop).map_err(|_| MailError::Smtp)
            }
            Self::Folder { path, from } => {
                let transport = AsyncFileTransport::<Tokio1Executor>::new(path);
                transport.send(message(from, letter)?).await.map(drop).map_err(|_| MailError::Folder)
            }
            Self::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
                Ok(())
            }
        }
    }
}

fn message(from: &Mailbox, letter: &Letter) -> Result<Message, MailError> {
    Message::builder()
        .from(from.clone())
        .to(letter.to.parse().map_err(|_| MailError::Message)?)
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .subject(&letter.subject)
        .body(letter.text.clone())
        .map_err(|_| MailError::Message)
}

/// Tells mail servers that no person wrote it, so that answering machines stay silent (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
