//! The message left for the next page.

use std::fmt::Display;

use tower_sessions::Session;

use crate::error::{PageError, PageResult, see_other};
use crate::french::spaced;
use crate::layout::{Flash, FlashLevel};
use crate::session;

/// To the page at `to`, which says that something is done.
pub async fn done(
    session: &Session,
    title: &str,
    message: impl Into<String>,
    to: impl Display,
) -> PageResult {
    leave(session, FlashLevel::Success, title, message.into()).await?;
    see_other(to.to_string())
}

/// To the page at `to`, which says that something could not be done.
pub async fn not_done(
    session: &Session,
    title: &str,
    message: impl Into<String>,
    to: impl Display,
) -> PageResult {
    error(session, title, message).await?;
    see_other(to.to_string())
}

/// Says on the next page, whichever it is, that something could not be done.
pub async fn error(session: &Session, title: &str, message: impl Into<String>) -> Result<(), PageError> {
    leave(session, FlashLevel::Error, title, message.into()).await
}

/// Says something on the next page.
pub async fn say(
    session: &Session,
    level: FlashLevel,
    title: &str,
    message: String,
) -> Result<(), PageError> {
    leave(session, level, title, message).await
}

async fn leave(session: &Session, level: FlashLevel, title: &str, message: String) -> Result<(), PageError> {
    session::leave_flash(session, Flash { level, title: spaced(title), message: spaced(&message) }).await
}
