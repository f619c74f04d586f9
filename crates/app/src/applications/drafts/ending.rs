//! What became of a draft that is there no more, for who began it: the audit trail is all that is left of it.

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::ids::ApplicationDraftId;

use super::queries;
use crate::error::Result;
use crate::{App, Ctx};

/// How a draft ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was sent.
    Sent(DateTime<Utc>),
    /// The same was sent from another draft.
    SentFromAnother(DateTime<Utc>),
    /// Its author gave it up.
    GivenUp(DateTime<Utc>),
    /// Nobody touched it for too long.
    Expired(DateTime<Utc>),
}

/// How the draft `id` ended, for who began it, in the organisation they began it for; none for anyone else, nor while it
/// is being written.
pub async fn ending(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<Option<Ending>> {
    let actor = ctx.actor_record();
    match actor.user {
        Some(user) => queries::ending(&app.db, (user, actor.organisation), id).await,
        None => Ok(None),
    }
}
