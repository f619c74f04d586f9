//! What becomes of a structure, recorded by the team: another SIRET, a merger, a split (rule book 05, C13). One transaction each, in a
//! few statements however much moves.

mod change_siret;
pub mod first_structure;
mod merge;
pub mod queries;
mod split;
mod store;

pub use change_siret::{SiretPreview, change_siret, siret_preview};
pub use merge::{MergerCommand, MergerPreview, merge, merger_preview};
pub use split::{SplitCommand, SplitPreview, SplitTarget, split, split_preview};

use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::Structure;
use iae_domain::policy::Denied;
use iae_domain::staff::{StaffRight, ensure};

use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Whoever merges organisations records what becomes of them.
pub fn may_record(actor: &StaffActor) -> Result<(), Denied> {
    ensure(actor, StaffRight::MergeOrganisations)
}

/// The structure something is recorded of.
pub async fn structure(app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId) -> Result<Structure> {
    may_record(&ctx.actor)?;
    store::structure(&app.db, id).await?.ok_or(Error::NotFound)
}
