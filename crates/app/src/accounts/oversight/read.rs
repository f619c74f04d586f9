//! Somebody of the team reads an account: it says who a person is, and that it was read is kept (D34).

use iae_domain::accounts::{AccountChange, UserKind, happened};
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;

use super::queries::{self, AccountDetail};
use crate::candidates::note_opening;
use crate::error::Result;
use crate::{App, Ctx};

/// The account, once it is kept that it was read: as an opening of the file of a candidate, else as a reading of the account.
pub async fn read_account(app: &App, ctx: &Ctx<StaffActor>, user: UserId) -> Result<AccountDetail> {
    let detail = queries::detail(app, ctx, user).await?;
    match detail.account.overseen.kind {
        UserKind::JobSeeker => note_opening(app, &ctx.any(), user.into()).await?,
        UserKind::Professional | UserKind::Staff => {
            let mut work = app.begin(ctx).await?;
            work.keep(happened((), user, AccountChange::ReadByTeam));
            work.commit().await?;
        }
    }
    Ok(detail)
}
