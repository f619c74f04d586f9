//! What someone began and did not send.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::draft::kept_until;
use iae_domain::ids::{ApplicationDraftId, UserId};

use super::{name_shown, queries};
use crate::error::Result;
use crate::{App, Ctx};

/// A draft to be resumed, as the dashboard lists it.
#[derive(Debug, Clone)]
pub struct ResumableDraft {
    /// Its id.
    pub id: ApplicationDraftId,
    /// The employers it is for.
    pub companies: Vec<String>,
    /// The person, as the author may read them; none while nobody is chosen.
    pub candidate_name: Option<String>,
    /// When it was last worked on.
    pub updated_at: DateTime<Utc>,
}

impl ResumableDraft {
    /// The last day it is kept.
    pub fn kept_until(&self) -> NaiveDate {
        kept_until(self.updated_at)
    }
}

/// A row; whether the name may be read is decided here.
pub(super) struct Row {
    pub id: ApplicationDraftId,
    pub companies: Vec<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub created_by: Option<UserId>,
    pub updated_at: DateTime<Utc>,
}

impl Row {
    fn shown(self, actor: &Actor) -> ResumableDraft {
        let candidate_name = match (&self.first_name, &self.last_name) {
            (Some(first), Some(last)) => Some(name_shown(actor, first, last, self.created_by)),
            (Some(_) | None, _) => None,
        };
        let Self { id, companies, updated_at, .. } = self;
        ResumableDraft { id, companies, candidate_name, updated_at }
    }
}

/// What the author has begun in the current organisation and not sent, the latest first.
pub async fn resumable(app: &App, ctx: &Ctx<Actor>) -> Result<Vec<ResumableDraft>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(vec![]) };
    let rows = queries::resumable(&app.db, user, actor.organisation, None).await?;
    Ok(rows.into_iter().map(|row| row.shown(&ctx.actor)).collect())
}

/// The same for one draft: none when it is someone else's, or sent.
pub async fn resumable_draft(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ApplicationDraftId,
) -> Result<Option<ResumableDraft>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(None) };
    let rows = queries::resumable(&app.db, user, actor.organisation, Some(id)).await?;
    Ok(rows.into_iter().next().map(|row| row.shown(&ctx.actor)))
}
