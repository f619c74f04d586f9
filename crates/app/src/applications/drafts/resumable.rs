//! What someone began and did not send.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::draft::kept_until;
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::ids::{ApplicationDraftId, CandidateId, OrganisationId, UserId};

use super::{OpenDraft, queries};
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

/// Which drafts of an author are read.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// All of them.
    All,
    /// One.
    One(ApplicationDraftId),
    /// Those of the same employers and the same person.
    Same(Same<'a>),
}

/// What makes a draft the same as another.
#[derive(Clone, Copy)]
pub(super) struct Same<'a> {
    /// For one of these employers.
    pub companies: &'a [OrganisationId],
    /// For this person; none when nobody is chosen.
    pub candidate: Option<CandidateId>,
    /// The one it is compared with.
    pub but: Option<ApplicationDraftId>,
}

/// A row; whether the name may be read is decided here.
pub(super) struct Row {
    pub id: ApplicationDraftId,
    pub companies: Vec<String>,
    pub candidate: Option<CandidateId>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub created_by: Option<UserId>,
    pub has_applied: bool,
    pub updated_at: DateTime<Utc>,
}

impl Row {
    fn shown(self, actor: &Actor) -> ResumableDraft {
        let candidate_name = match (self.candidate, &self.first_name, &self.last_name) {
            (Some(candidate), Some(first), Some(last)) => {
                // Their organisation deals with the people of their drafts; D30 for those they applied for before.
                let related = Standing::related(candidate, self.created_by);
                let standing = Standing { has_applied: self.has_applied, ..related };
                Some(policy::shown_name(actor, &standing, PersonName::of(first, last)).into())
            }
            (Some(_) | None, ..) => None,
        };
        let Self { id, companies, updated_at, .. } = self;
        ResumableDraft { id, companies, candidate_name, updated_at }
    }
}

/// What the author has begun in the current organisation and not sent, the latest first.
pub async fn resumable(app: &App, ctx: &Ctx<Actor>) -> Result<Vec<ResumableDraft>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(vec![]) };
    let rows = queries::resumable(&app.db, (user, actor.organisation), Wanted::All).await?;
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
    let rows = queries::resumable(&app.db, (user, actor.organisation), Wanted::One(id)).await?;
    Ok(rows.into_iter().next().map(|row| row.shown(&ctx.actor)))
}

/// What the author began before and did not send: for one of the employers of this draft, and for `candidate`; none when
/// there is nothing to resume.
pub async fn begun_before(
    app: &App,
    ctx: &Ctx<Actor>,
    open: &OpenDraft,
    candidate: Option<CandidateId>,
) -> Result<Option<ResumableDraft>> {
    let actor = ctx.actor_record();
    let Some(user) = actor.user else { return Ok(None) };
    let companies: Vec<_> = open.applications.iter().map(|one| one.company.id).collect();
    let same = Same { companies: &companies, candidate, but: Some(open.draft.id) };
    let rows = queries::resumable(&app.db, (user, actor.organisation), Wanted::Same(same)).await?;
    Ok(rows.into_iter().next().map(|row| row.shown(&ctx.actor)))
}
