//! Where mails leave: a mail server, a folder, or memory for tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::notifications::OutgoingEmail;

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
    Memory(Arc<Mutex<Vec<OutgoingEmail>>>),
}

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
                let message = message(from, email)?;
                let sent = transport.send(message).await;
                sent.map(drop).map_err(|error| {
                    MailError::Smtp(
                        error.status().map_or_else(|| "no answer".to_owned(), |code| code.to_string()),
                    )
                })
            }
            Self::Folder { path, from } => {
                let message = message(from, email)?;
                let transport = AsyncFileTransport::<Tokio1Executor>::new(path);
                transport.send(message).await.map(drop).map_err(|_| MailError::Folder)
            }
            Self::Memory(sent) => {
                sent.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(email.clone());
                Ok(())
            }
        }
    }
}

fn message(from: &Mailbox, email: &OutgoingEmail) -> Result<Message, MailError> {
    let to: Mailbox = email.recipient.parse().map_err(|_| MailError::Message)?;
    let mut message = Message::builder()
        .from(from.clone())
        .to(to)
        // The same for every try: a server that took the mail twice shows it once.
        .message_id(Some(format!("<{}@{}>", email.id, from.email.domain())))
        .header(AutoSubmitted)
        .subject(&email.subject);
    // An address nobody can write as one costs the answer, not the mail.
    if let Some(reply_to) = email.reply_to.as_ref().and_then(|reply_to| reply_to.parse().ok()) {
        message = message.reply_to(reply_to);
    }
    let parts = MultiPart::alternative_plain_html(email.text_body.clone(), email.html_body.clone());
    message.multipart(parts).map_err(|_| MailError::Message)
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

#[cfg(test)]
mod tests {
    use iae_domain::text::Email;

    use super::*;

    /// Whatever is taken for an address is one that a mail is written to.
    #[test]
    fn every_address_that_is_stored_can_be_written_to() {
        let letters = (' '..='~').chain(['é', '\u{200b}', '・']).map(String::from);
        let pieces: Vec<String> = letters.chain(["..".to_owned(), "a".repeat(64), "a".repeat(63)]).collect();
        let mut taken = 0;
        for piece in &pieces {
            for address in [
                format!("{piece}@courriel.example"),
                format!("{piece}jean@courriel.example"),
                format!("je{piece}an@courriel.example"),
                format!("jean{piece}@courriel.example"),
                format!("jean@{piece}courriel.example"),
                format!("jean@cour{piece}riel.example"),
                format!("jean@courriel{piece}.example"),
                format!("jean@courriel.{piece}example"),
                format!("jean@courriel.example{piece}"),
                format!("jean@{piece}"),
                format!("jean@courriel.{piece}"),
            ] {
                let Ok(email) = Email::parse(&address) else { continue };
                let mailbox = email.as_str().parse::<Mailbox>();
                assert!(mailbox.is_ok_and(|mailbox| mailbox.name.is_none()), "{address}");
                taken += 1;
            }
        }
        assert!(taken > 300, "{taken} addresses are taken");
    }
}
