//! Where a draft begins: a company, its posts, perhaps a person (SUB-20 to SUB-22).

use iae_domain::Actor;
use iae_domain::applications::draft::{self, DraftMessage, NewDraft, UnfinishedDiagnosis};
use iae_domain::ids::{ApplicationDraftId, ApplicationId, CandidateId, JobDescriptionId, OrganisationId};

use super::{Draft, DraftApplication, OpenDraft, noted, open, queries, store};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// What a start from a company's card would lead to, before anything is written. Of an employer with more posts than a
/// page shows, those that are `wanted` are read first.
pub async fn preview(
    app: &App,
    ctx: &Ctx<Actor>,
    company: OrganisationId,
    wanted: &[JobDescriptionId],
    candidate: Option<CandidateId>,
) -> Result<OpenDraft> {
    let draft = Draft {
        id: ApplicationDraftId::at(ctx.now),
        // A candidate always applies for themselves (SUB-21).
        candidate: ctx.actor.candidate().or(candidate),
        applications: vec![DraftApplication::new(ApplicationId::at(ctx.now), company)],
        eligibility_seen: false,
        unfinished: UnfinishedDiagnosis::default(),
        message: DraftMessage::default(),
        proposed_from: None,
        has_cv: false,
        search: None,
        author_is_told: false,
        submitted_at: None,
    };
    let open = open::load_with(&mut *app.db.acquire().await?, ctx, draft, wanted).await?;
    noted(app, ctx, open).await
}

/// Where an application begins.
#[derive(Debug, Clone)]
pub struct Begin {
    /// The first employer.
    pub company: OrganisationId,
    /// Its posts.
    pub jobs: Vec<JobDescriptionId>,
    /// The person, when already known.
    pub candidate: Option<CandidateId>,
    /// The search it comes from.
    pub search: Option<String>,
}

/// Begins an application with the first employer and its posts, none for a spontaneous application. A person the
/// organisation does not deal with is not found (SUB-21, D4). For a person the author proposed lately, what was sent is
/// proposed again. What the author begins anew is given up.
pub async fn start(
    app: &App,
    ctx: &Ctx<Actor>,
    begin: Begin,
    anew: Option<ApplicationDraftId>,
) -> Result<ApplicationDraftId> {
    let Begin { company, jobs, candidate, search } = begin;
    let open = preview(app, ctx, company, &jobs, candidate).await?;
    iae_domain::applications::policy::submit(&ctx.actor)?;
    let new = NewDraft {
        id: open.draft.id,
        application: ApplicationId::at(ctx.now),
        company,
        jobs,
        candidate: open.draft.candidate,
        search,
    };
    let mut work = app.begin(ctx).await?;
    if let Some(former) = anew {
        match store::lock_unsent(&mut work, former).await {
            Ok(former) => store::delete(&mut work, draft::discard(former.id)).await?,
            // Sent, or given up, in another tab.
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    store::insert(&mut work, draft::start(new)).await?;
    work.commit().await?;
    Ok(open.draft.id)
}

/// The employers of these posts, open or closed: none for what is no post.
pub async fn employers_of_posts(app: &App, posts: &[JobDescriptionId]) -> Result<Vec<OrganisationId>> {
    if posts.is_empty() { Ok(vec![]) } else { queries::employers_of_posts(&app.db, posts).await }
}
