//! The organisations that a département council agreed for the people of the RSA it follows (PRE-24).

mod queries;

use iae_domain::actor::PrescriberActor;
use iae_domain::organisations::policy::list_agreed;

pub use queries::AgreedOrganisation;

use crate::error::Result;
use crate::{App, Ctx};

/// Those of the département of the council that someone administers, by name.
pub async fn agreed(app: &App, ctx: &Ctx<PrescriberActor>) -> Result<Vec<AgreedOrganisation>> {
    let council = list_agreed(&ctx.actor)?;
    queries::agreed(&app.db, council, ctx.today()).await
}
