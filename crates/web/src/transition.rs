//! What is posted to change something, said once: parse, act, and go on; or the same page again with what is wrong.
//!
//! ```ignore
//! let acted = async {
//!     let command = form.parse()?;
//!     refuse(&state, &ctx, id, command).await.or_say(|refused| messages::refused(refused, id))
//! };
//! match acted.await {
//!     Ok(()) => flash::done(&session, "Candidature déclinée", "Votre réponse est envoyée.", ApplicationPath { id }).await,
//!     Err(not_done) => not_done.again(|errors| RefusalPage { layout, application, form, errors }),
//! }
//! ```

use askama::Template;
use chrono::{DateTime, Utc};
use iae_app::{Error, Failure};
use iae_domain::applications::Overtaken;
use iae_domain::budget::Exhausted;

use crate::error::{PageError, PageResult, not_now, unprocessable};
use crate::forms::FieldErrors;
use crate::limit;

/// When what a form shows came, as the form says it: tells what took each other's place apart (D32).
pub(crate) fn version(at: DateTime<Utc>) -> String {
    at.timestamp_micros().to_string()
}

/// The same, read; none when no form of ours said it.
pub(crate) fn instant(version: &str) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(version.parse().ok()?)
}

/// Why nothing was done.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// Mistakes, each to be mended beside its field.
    Mistakes(FieldErrors),
    /// Someone acted since the page was read (D32).
    Overtaken(Overtaken),
    /// The person asked all they may for now: the same later is right.
    NotNow(Exhausted),
    /// Nothing can be mended on the page: another is shown instead.
    Elsewhere(PageError),
}

impl NotDone {
    /// The same page again with the mistakes (422) or when to send it (429), or the page shown instead.
    pub(crate) fn again<P: Template>(self, page: impl FnOnce(FieldErrors) -> P) -> PageResult {
        match self {
            Self::Mistakes(errors) => unprocessable(&page(errors)),
            Self::Overtaken(_) => Err(Error::Conflict.into()),
            Self::NotNow(exhausted) => {
                not_now(&page(FieldErrors::of_form(limit::said(&exhausted))), exhausted.until)
            }
            Self::Elsewhere(error) => Err(error),
        }
    }
}

impl From<FieldErrors> for NotDone {
    fn from(errors: FieldErrors) -> Self {
        Self::Mistakes(errors)
    }
}

impl From<Overtaken> for NotDone {
    fn from(overtaken: Overtaken) -> Self {
        Self::Overtaken(overtaken)
    }
}

impl From<PageError> for NotDone {
    fn from(error: PageError) -> Self {
        Self::Elsewhere(error)
    }
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        match error {
            Error::Exhausted(exhausted) => Self::NotNow(exhausted),
            error => Self::Elsewhere(error.into()),
        }
    }
}

/// What a use case answers, once its refusals have words.
pub(crate) trait OrSay<T, R> {
    /// `words` says what the rules refuse: beside a field, or on another page.
    fn or_say<W: Into<NotDone>>(self, words: impl FnOnce(R) -> W) -> Result<T, NotDone>;
}

impl<T, R> OrSay<T, R> for Result<T, Failure<R>> {
    fn or_say<W: Into<NotDone>>(self, words: impl FnOnce(R) -> W) -> Result<T, NotDone> {
        self.map_err(|failure| match failure {
            Failure::Refused(refused) => words(refused).into(),
            Failure::App(error) => error.into(),
        })
    }
}
