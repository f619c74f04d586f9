//! Staff read a mail of the outbox: it says who a person is, to whoever reads it (D34).

use iae_domain::actor::StaffActor;
use iae_domain::ids::EmailId;
use iae_domain::notifications;
use iae_domain::staff::{StaffRight, ensure};

use crate::candidates::note_opening;
use crate::error::Result;
use crate::notifications::queries::{self, EmailDetail};
use crate::{App, Ctx};

/// The mail, once it is kept that its person was read about: as an opening of the file of a candidate, else as a reading of
/// the mail itself.
pub async fn read_email(app: &App, ctx: &Ctx<StaffActor>, id: EmailId) -> Result<Option<EmailDetail>> {
    ensure(&ctx.actor, StaffRight::ReadEmails)?;
    let email = queries::email(&app.db, id).await?;
    match email.as_ref().map(|email| email.about) {
        Some(Some(candidate)) => note_opening(app, &ctx.any(), candidate).await?,
        Some(None) => {
            let mut work = app.begin(ctx).await?;
            work.keep(notifications::read(id));
            work.commit().await?;
        }
        None => {}
    }
    Ok(email)
}
