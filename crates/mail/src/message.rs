//! One mail, and how it is written.

use std::fmt;

use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use uuid::Uuid;

use crate::MailError;

/// A mail to send.
#[derive(Clone)]
pub struct OutgoingEmail {
    /// The same for every try.
    pub id: Uuid,
    /// Whom it goes to.
    pub recipient: String,
    /// Who reads the answer, if anyone does.
    pub reply_to: Option<String>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text_body: String,
    /// The same in HTML, if it has that too.
    pub html_body: Option<String>,
}

/// Holds an address and what is told to its reader.
impl fmt::Debug for OutgoingEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingEmail").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The mail as servers take it.
pub(crate) fn write(from: &Mailbox, email: &OutgoingEmail) -> Result<Message, MailError> {
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
    let text = email.text_body.clone();
    let message = match &email.html_body {
        Some(html) => message.multipart(MultiPart::alternative_plain_html(text, html.clone())),
        None => message.singlepart(SinglePart::plain(text)),
    };
    message.map_err(|_| MailError::Message)
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
