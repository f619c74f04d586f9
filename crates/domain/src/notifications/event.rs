//! What happens to a mail of the outbox, besides its way out.

use serde::Serialize;

use super::EmailStatus;
use crate::Changed;
use crate::event::happenings;
use crate::ids::EmailId;

/// Something happened to a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailEvent {
    /// The mail.
    pub email: EmailId,
    /// What happened.
    pub change: EmailChange,
}

/// What happened to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum EmailChange {
    /// Someone of the team read it: it is about the account of someone else than a candidate.
    Read,
    /// The team had it sent again, once it was given up.
    SentAgain {
        /// How many times it had been tried.
        attempts: i16,
    },
}

/// Someone of the team read a mail.
pub fn read(email: EmailId) -> Changed<EmailId> {
    Changed::new(email, EmailEvent { email, change: EmailChange::Read })
}

/// The mail was not given up: it left, or it is still tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the mail was not given up")]
pub struct NotGivenUp;

/// Has a mail sent again that was refused as many times as it is tried.
pub fn send_again(
    email: EmailId,
    (status, attempts): (EmailStatus, i16),
    most_attempts: i16,
) -> Result<Changed<EmailId>, NotGivenUp> {
    match status {
        EmailStatus::Failed if attempts >= most_attempts => {
            Ok(Changed::new(email, EmailEvent { email, change: EmailChange::SentAgain { attempts } }))
        }
        EmailStatus::Failed | EmailStatus::Queued | EmailStatus::Sent => Err(NotGivenUp),
    }
}

happenings! {
    EmailEvent: EmailChange about "email" email {
        Read = "email.read", "Message lu";
        SentAgain = "email.sent_again", "Message renvoyé";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mail_that_was_given_up_is_sent_again() {
        let email = EmailId(uuid::Uuid::from_u128(1));
        for (status, attempts, again) in [
            (EmailStatus::Failed, 25, true),
            (EmailStatus::Failed, 26, true),
            (EmailStatus::Failed, 24, false),
            (EmailStatus::Queued, 0, false),
            (EmailStatus::Sent, 25, false),
        ] {
            assert_eq!(send_again(email, (status, attempts), 25).is_ok(), again, "{status:?} {attempts}");
        }
    }
}
