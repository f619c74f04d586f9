//! The financial annexes of a company, and the choice of another by an antenna (rule book 01 §3.6).

mod attach;
pub mod queries;
mod store;

use iae_domain::actor::EmployerActor;
use iae_domain::organisations::policy::read_annexes;
use iae_domain::organisations::{Annex, Attachment, one_a_line};

pub use attach::attach;

use crate::error::{Error, Result};
use crate::{App, Ctx};

/// What an administrator reads of the annexes of their company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annexes {
    /// The company and its convention.
    pub attachment: Attachment,
    /// Its annexes, one a prefix (CMP-23).
    pub own: Vec<Annex>,
    /// Those an antenna may choose, in force today (CMP-24); none for another company.
    pub offered: Vec<Annex>,
}

/// The annexes of the company someone administers.
pub async fn annexes(app: &App, ctx: &Ctx<EmployerActor>) -> Result<Annexes> {
    let company = read_annexes(&ctx.actor)?;
    let attachment = queries::attachment(&app.db, company).await?.ok_or(Error::NotFound)?;
    let all = queries::annexes_of_siren(&app.db, company).await?;
    let today = ctx.today();
    let own = all.iter().filter(|annex| Some(annex.convention) == attachment.convention).cloned().collect();
    let mut offered = if attachment.is_chosen() { one_a_line(all, today) } else { Vec::new() };
    offered.retain(|annex| annex.is_active(today));
    Ok(Annexes { attachment, own: one_a_line(own, today), offered })
}
