//! The message left for the next page.

use tower_sessions::Session;

use crate::error::PageError;
use crate::french::spaced;
use crate::layout::{Flash, FlashLevel};
use crate::session;

/// Says on the next page that something is done.
pub async fn success(session: &Session, title: &str, message: impl Into<String>) -> Result<(), PageError> {
    leave(session, FlashLevel::Success, title, message.into()).await
}

/// Says on the next page that something could not be done.
pub async fn error(session: &Session, title: &str, message: impl Into<String>) -> Result<(), PageError> {
    leave(session, FlashLevel::Error, title, message.into()).await
}

async fn leave(session: &Session, level: FlashLevel, title: &str, message: String) -> Result<(), PageError> {
    session::leave_flash(session, Flash { level, title: spaced(title), message: spaced(&message) }).await
}
