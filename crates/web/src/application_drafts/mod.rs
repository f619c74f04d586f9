//! Writing an application: one subject a page, saved as one goes, resumable (rule book 02 §4 and §13).

pub mod abandonment;
mod already_sent;
mod begun_before;
pub mod candidate;
pub mod completion;
pub mod eligibility;
pub mod employer_removal;
pub mod employers;
pub mod jobs;
pub mod message;
mod messages;
pub mod new;
pub mod nir;
mod posts;
pub mod previous;
mod refused;
pub mod sent;
mod step;
pub mod submission;
pub mod summary;

use iae_app::applications::drafts;
use iae_app::{App, Ctx, Error};
use iae_domain::Actor;
use iae_domain::applications::draft::StepChoice;
use iae_domain::ids::{ApplicationDraftId, CandidateId};

use crate::error::PageResult;
use crate::routing::Routes;

pub(crate) use iae_app::applications::drafts::MOST_POSTS;
pub(crate) use messages::listed;

/// Chooses the person for the application the author writes, and answers the address of what is left to do; none when
/// there is no such application, or no more.
pub(crate) async fn choose(
    app: &App,
    ctx: &Ctx<Actor>,
    id: ApplicationDraftId,
    candidate: CandidateId,
) -> PageResult<Option<String>> {
    let open = match drafts::load(app, ctx, id).await {
        Err(Error::NotFound) => return Ok(None),
        open => open?,
    };
    drafts::save(app, ctx, &open, StepChoice::Candidate(candidate)).await?;
    let open = drafts::load(app, ctx, id).await?;
    Ok(Some(step::href(id, open.next_missing())))
}

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(new::get)
        .post(new::post)
        .get(candidate::get)
        .post(candidate::post)
        .get(completion::get)
        .post(completion::post)
        .get(previous::get)
        .post(previous::post)
        .get(jobs::get)
        .post(jobs::post)
        .get(eligibility::get)
        .post(eligibility::post)
        .get(message::get)
        .post(message::post)
        .get(summary::get)
        .post(submission::post)
        .get(employers::get)
        .post(employers::post)
        .post(employer_removal::post)
        .get(nir::get)
        .post(nir::post)
        .get(abandonment::get)
        .post(abandonment::post)
        .get(sent::get)
}
