//! A DDETS reviews: each proof, a comment for each hire, then the SIAE as a whole (rule book 04 §1.10, §1.11).

use std::fmt;

use iae_domain::actor::InspectorActor;
use iae_domain::control::{Decision, Digest, Review, SeenValidation, ValidationRefused};
use iae_domain::ids::{ControlCriterionId, ControlHireId, ControlId};
use iae_domain::text::Message;
use sha2::{Digest as _, Sha256};

use super::store::LastComment;
use super::{lock, store};
use crate::error::{Error, Result};
use crate::{App, Ctx, Failure};

/// Decides of a proof that was seen when this was decided of it: when a colleague decided meanwhile, it is a conflict, and
/// when nothing can be decided of it now, it does not exist (EXT 5).
pub async fn review(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    criterion: ControlCriterionId,
    seen: Review,
    decision: Decision,
) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_criterion(work.db(), criterion).await?;
    let control = lock::of_ddets(&mut work, ctx, id).await?;
    let (hire, one) = control.criterion(criterion).ok_or(Error::NotFound)?;
    if one.defended.review != seen {
        return Err(Error::Conflict);
    }
    let reviewed = control.review(hire, one, decision, work.today()).ok_or(Error::NotFound)?;
    store::save_reviewed(&mut work, ctx.actor.user, reviewed).await?;
    work.commit().await
}

/// Most characters of what a DDETS says of a hire.
pub const COMMENT_MAX_CHARS: usize = 2_000;

/// What was said of a hire, as the form that says something else of it carries it (D32): its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenComment(String);

impl SeenComment {
    /// Of a comment that is shown.
    pub fn of(comment: &str) -> Self {
        Self(Digest(Sha256::digest(comment.as_bytes()).into()).to_string())
    }

    /// As a form sends it back.
    pub const fn sent(digest: String) -> Self {
        Self(digest)
    }
}

impl fmt::Display for SeenComment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says something of a hire to its SIAE, which reads it when it may read what was decided; none takes back what was said. When
/// another comment than the one that was seen is there, it is a conflict; the same one said again changes nothing.
pub async fn comment(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    hire: ControlHireId,
    seen: &SeenComment,
    comment: Option<&Message<COMMENT_MAX_CHARS>>,
) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let id = store::control_of_hire(work.db(), hire).await?;
    let control = lock::of_ddets(&mut work, ctx, id).await?;
    let hire = control.hire(hire).ok_or(Error::NotFound)?;
    let said = comment.map_or_else(String::new, |comment| comment.as_str().to_owned());
    let is_same = said == hire.comment;
    let commented = control.comment(hire, said, work.today()).ok_or(Error::NotFound)?;
    if is_same {
        return work.rollback().await;
    }
    if *seen != SeenComment::of(&hire.comment) {
        return Err(Error::Conflict);
    }
    store::save_comment(&mut work, commented).await?;
    work.commit().await
}

/// What is said of a hire now, and who said it. Who may read it was said by [`comment`].
pub async fn last_comment(app: &App, hire: ControlHireId) -> Result<LastComment> {
    store::last_comment(&app.db, hire).await?.ok_or(Error::NotFound)
}

/// Validates the review of an SIAE, of which it was said that this would be done: compared under the lock, when something was said.
/// Nobody is told before the turn of the phase.
pub async fn validate(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlId,
    seen: Option<SeenValidation>,
) -> Result<(), Failure<ValidationRefused>> {
    let mut work = app.begin(ctx).await?;
    let control = lock::of_ddets(&mut work, ctx, Some(id)).await?;
    let validated = control.validate(seen, work.now(), work.today())?;
    store::save_validated(&mut work, control.id, validated).await?;
    work.commit().await?;
    Ok(())
}
