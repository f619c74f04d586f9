//! What an account may ask in a span of time (`domain/budget.rs`), or an address where nobody is signed in. Counted in
//! Postgres: instances count together, and what cannot be counted is refused.

mod store;
mod visitor;

use iae_domain::Actor;
use iae_domain::budget::{Budget, Left, Spending, Spendings};

use crate::error::{Error, Result};
use crate::{App, Ctx, Work};

pub use visitor::Visitor;
pub(crate) use visitor::waste;

/// Spends one, for good: whatever the request does next, what it learns is learnt. When nothing is left, the team and the
/// administrators of the organisation are told, once a day.
pub async fn spend(app: &App, ctx: &Ctx<Actor>, budget: Budget) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let Some(user) = work.by.user else { return Ok(()) };
    let spending = Spending::new(budget, user, work.by.organisation);
    let spendings = store::lock(&mut work, spending).await?;
    match spending.spend(&spendings, work.now()) {
        Ok(spent) => {
            store::insert(&mut work, spent).await?;
            work.commit().await
        }
        Err(exhausted) => {
            tell(work, spending, &spendings).await?;
            Err(Error::Exhausted(exhausted))
        }
    }
}

/// What is left of a budget, nothing being spent: for a page that asks for what is counted, and says beforehand what it does not show.
/// When nothing is left, those who are to be told are, as by [`spend`].
pub(crate) async fn left(app: &App, ctx: &Ctx<Actor>, budget: Budget) -> Result<Left> {
    let by = ctx.actor_record();
    let Some(user) = by.user else { return Ok(budget.left(&Spendings::default(), ctx.now)) };
    let spending = Spending::new(budget, user, by.organisation);
    let spendings = store::spent(&app.db, spending, ctx.now).await?;
    let left = budget.left(&spendings, ctx.now);
    if left.times == 0 && !spendings.is_told {
        let mut work = app.begin(ctx).await?;
        let spendings = store::lock(&mut work, spending).await?;
        if budget.left(&spendings, work.now()).times == 0 {
            tell(work, spending, &spendings).await?;
        }
    }
    Ok(left)
}

/// Keeps, and tells once a day, that nothing is left.
async fn tell(mut work: Work<'_>, spending: Spending, spendings: &Spendings) -> Result<()> {
    if spendings.is_told {
        return Ok(());
    }
    store::insert(&mut work, spending.tell()).await?;
    work.commit().await
}
