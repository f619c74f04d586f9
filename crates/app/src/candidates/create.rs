//! A professional creates the file of a person who has none (CRE-1 to CRE-6).

mod store;

use iae_domain::Actor;
use iae_domain::budget::Budget;
use iae_domain::candidates::{CreateRefused, NewCandidateCommand, RelationOrigin, create as decide};
use iae_domain::ids::CandidateId;

use super::store::relate_actor;
use crate::budgets::spend;
use crate::error::Error;
use crate::{App, Ctx, Failure};

/// Creates the account and the file, tells the person by mail, and relates them to the organisation. The id is the
/// form's: posting the form twice, even at the same instant, creates one file and answers with it both times. A refusal that
/// tells of someone else is an answer, and counts as a look-up.
pub async fn create(
    app: &App,
    ctx: &Ctx<Actor>,
    command: NewCandidateCommand,
) -> Result<CandidateId, Failure<CreateRefused>> {
    spend(app, ctx, Budget::NewFile).await?;
    let mut work = app.begin(ctx).await?;
    let id = command.id;
    store::lock_id(&mut work, id).await?;
    if let Some(creator) = store::creator(&mut work, id).await? {
        let same_form = creator.is_some() && creator == work.by.user;
        return if same_form { Ok(id) } else { Err(Error::NotFound.into()) };
    }
    let facts = store::create_facts(&mut work, &command).await?;
    let new = match decide(&ctx.actor, command, &facts, work.now()) {
        Ok(new) => new,
        Err(refused) => {
            work.rollback().await?;
            if refused.tells_of_someone() {
                spend(app, ctx, Budget::LookUp).await?;
            }
            return Err(Failure::Refused(refused));
        }
    };
    store::insert(&mut work, new).await?;
    relate_actor(&mut work, id, RelationOrigin::Created).await?;
    work.commit().await?;
    Ok(id)
}
