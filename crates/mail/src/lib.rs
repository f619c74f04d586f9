//! Where mails leave, for the platform and for its identity provider: a mail server, a folder, or memory for tests.
//!
//! It sends one mail, once. What is written, to whom, and when it is tried again belong to those who queue it.

mod mailer;
mod message;

pub use mailer::{MailError, Mailer};
pub use message::OutgoingEmail;
