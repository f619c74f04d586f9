//! A PASS is read, on its page or as its certificate: to a professional who sees whose it is, it opens the file of the
//! person (D34).

use iae_domain::Actor;
use iae_domain::ids::PassId;

use super::queries::{self, PassDetail};
use crate::candidates::note_opening;
use crate::error::Result;
use crate::{App, Ctx};

/// The PASS `id`, if the actor may read it.
pub async fn open(app: &App, ctx: &Ctx<Actor>, id: PassId) -> Result<PassDetail> {
    let pass = queries::detail(&app.db, ctx, id).await?;
    if pass.names_holder {
        note_opening(app, ctx, pass.candidate).await?;
    }
    Ok(pass)
}
