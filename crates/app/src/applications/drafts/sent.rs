//! The end of the draft: what was sent, for its sender alone (SUB-70, SUB-71).

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::applications::draft::NotSent;
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, OrganisationId, UserId};

use super::{queries, store};
use crate::candidates::note_opening;
use crate::error::Result;
use crate::{App, Ctx};

/// What was sent in one go, as its end page shows it.
#[derive(Debug, Clone)]
pub struct Sending {
    /// The person.
    pub candidate_id: CandidateId,
    pub(super) first_name: String,
    pub(super) last_name: String,
    /// The person's phone.
    pub phone: Option<String>,
    /// The person's e-mail.
    pub email: Option<String>,
    pub(super) created_by: Option<UserId>,
    /// The sender has an address mails are sent to.
    pub sender_is_told: bool,
    /// The search it comes from: a path of the platform (SUB-22).
    pub search: Option<String>,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// Its employers, in the order they were chosen.
    pub to: Vec<SentTo>,
}

/// An employer of a sending.
#[derive(Debug, Clone)]
pub struct SentTo {
    /// Its application.
    pub application: ApplicationId,
    /// The employer.
    pub company_id: OrganisationId,
    /// Its name.
    pub company_name: String,
    /// Why nothing left for it.
    pub refusal: Option<NotSent>,
}

impl Sending {
    /// The employers that received the application.
    pub fn received(&self) -> impl Iterator<Item = &SentTo> {
        self.to.iter().filter(|one| one.refusal.is_none())
    }

    /// The name as the sender may read it.
    pub fn candidate_name(&self, actor: &Actor) -> String {
        // Only who sent the application opens its end page (SUB-70): they know whom they sent it for (D30).
        let sender = actor.record().user;
        let standing = Standing::related(self.candidate_id, self.created_by).sent_by(sender, actor);
        policy::shown_name(actor, &standing, PersonName::of(&self.first_name, &self.last_name)).into()
    }

    /// Whether the sender may read and complete who the person is.
    pub fn sees_identity(&self, actor: &Actor) -> bool {
        policy::sees_identity(actor, &Standing::related(self.candidate_id, self.created_by))
    }
}

/// The sending of the application `id`, for the person who sent it, in the organisation they sent it for, and
/// nobody else (SUB-70, D33).
pub async fn sent(app: &App, ctx: &Ctx<Actor>, id: ApplicationId) -> Result<Option<Sending>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(None) };
    let sent = queries::sent(&app.db, (user, actor.organisation), id).await?;
    if let Some(sent) = &sent {
        note_opening(app, ctx, sent.candidate_id).await?;
    }
    Ok(sent)
}

/// What the draft `id` became, for who wrote it, in the organisation they wrote it for; none while it is not sent.
pub async fn sent_from(app: &App, ctx: &Ctx<Actor>, id: ApplicationDraftId) -> Result<Option<Sending>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(None) };
    let draft = store::find(&mut *app.db.acquire().await?, user, actor.organisation, id).await?;
    let Some(draft) = draft.filter(|draft| draft.submitted_at.is_some()) else { return Ok(None) };
    let first = queries::first_of(&mut *app.db.acquire().await?, draft.id).await?;
    match first {
        Some(first) => sent(app, ctx, first).await,
        None => Ok(None),
    }
}
