//! A session whose holder sees the platform as somebody (AUT-30).

use iae_app::accounts::impersonation::Begun;
use iae_domain::ids::ImpersonationId;
use tower_sessions::Session;

use super::{ENDS_AT, FLASH, IMPERSONATION, KEPT_FORM, ORGANISATION, SWITCHED, unavailable};
use crate::error::PageError;

/// The impersonation that this session shows the platform by, be it over (AUT-30).
pub async fn impersonation(session: &Session) -> Result<Option<ImpersonationId>, PageError> {
    session.get(IMPERSONATION).await.map_err(unavailable)
}

/// What is of the person behind the pages, and of nobody else.
const OF_THE_PERSON: [&str; 4] = [ORGANISATION, SWITCHED, KEPT_FORM, FLASH];

/// The session shows the platform as somebody from now on, under a new id (SES-13). It stays that of who signed in, with the
/// second factor they showed, and ends when it would have.
pub async fn see_as(session: &Session, begun: Begun) -> Result<(), PageError> {
    change_person(session).await?;
    session.insert(ENDS_AT, begun.session_ends_at).await.map_err(unavailable)?;
    session.insert(IMPERSONATION, begun.id).await.map_err(unavailable)
}

/// The session shows the platform as who signed in again, under a new id.
pub async fn see_as_oneself(session: &Session) -> Result<(), PageError> {
    change_person(session).await?;
    session.remove_value(IMPERSONATION).await.map(drop).map_err(unavailable)
}

/// A request under way under the former id writes nothing any more.
async fn change_person(session: &Session) -> Result<(), PageError> {
    session.cycle_id().await.map_err(unavailable)?;
    for name in OF_THE_PERSON {
        session.remove_value(name).await.map_err(unavailable)?;
    }
    Ok(())
}
