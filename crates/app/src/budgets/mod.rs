//! What an account may ask in a span of time (`domain/budget.rs`), or an address where nobody is signed in. Counted in
//! Postgres: instances count together, and what cannot be counted is refused.

mod store;
mod visitor;

use iae_domain::Actor;
use iae_domain::budget::{Budget, Spending};

use crate::error::{Error, Result};
use crate::{App, Ctx};

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
            if !spendings.is_told {
                store::insert(&mut work, spending.tell()).await?;
                work.commit().await?;
            }
            Err(Error::Exhausted(exhausted))
        }
    }
}
