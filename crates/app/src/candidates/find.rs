//! A professional looks a person up by NIR, then by e-mail address (§12.5, steps A and B). What is found is kept: the
//! relation lets the organisation open the file, and the person sees who looked them up (D4).

use iae_domain::Actor;
use iae_domain::budget::Budget;
use iae_domain::candidates::{Account, LookUpKey, LookUpRefused, LookedUp, Nir, RelationOrigin, look_up};
use iae_domain::text::Email;

use super::{Identity, queries, store};
use crate::budgets::spend;
use crate::{App, Ctx, Failure, Work};

/// The person who has this NIR, if anyone does (FND-1).
pub async fn find_by_nir(
    app: &App,
    ctx: &Ctx<Actor>,
    nir: Nir,
) -> Result<Option<Identity>, Failure<LookUpRefused>> {
    spend(app, ctx, Budget::LookUp).await?;
    let mut work = app.begin(ctx).await?;
    let holder = store::account_by_nir(&mut work, &nir).await?;
    found(app, work, ctx, LookUpKey::Nir, None, holder).await
}

/// The person who has this address, if anyone does (FND-3).
pub async fn find_by_email(
    app: &App,
    ctx: &Ctx<Actor>,
    email: Email,
) -> Result<Option<Identity>, Failure<LookUpRefused>> {
    spend(app, ctx, Budget::LookUp).await?;
    let mut work = app.begin(ctx).await?;
    let holder = store::account_by_email(&mut work, &email).await?;
    found(app, work, ctx, LookUpKey::Email, Some(&email), holder).await
}

async fn found(
    app: &App,
    mut work: Work<'_>,
    ctx: &Ctx<Actor>,
    key: LookUpKey,
    email: Option<&Email>,
    holder: Option<Account>,
) -> Result<Option<Identity>, Failure<LookUpRefused>> {
    let LookedUp::Found(changed) = look_up(&ctx.actor, key, email, holder)? else { return Ok(None) };
    let candidate = work.keep(changed);
    store::relate_actor(&mut work, candidate, RelationOrigin::LookedUp).await?;
    work.commit().await?;
    // The look-up itself says that they were read: nothing of the file is opened (D34).
    Ok(queries::identity(app, ctx, candidate).await?)
}
