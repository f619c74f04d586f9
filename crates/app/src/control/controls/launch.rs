//! What was drawn becomes controls, each with its hires (rule book 04 §1.6).

use iae_domain::control::{Control, Launch};

use super::store;
use crate::Work;
use crate::error::Result;

/// Writes the controls of a campaign that is launched, with their audit rows and mails.
pub(in super::super) async fn launch(work: &mut Work<'_>, launch: &Launch) -> Result<()> {
    let drawn = store::drawn(work, launch).await?;
    let now = work.now();
    let draw = |(company, hires)| Control::draw(&launch.campaign, company, hires, now);
    store::insert_all(work, drawn.into_iter().map(draw).collect()).await
}
