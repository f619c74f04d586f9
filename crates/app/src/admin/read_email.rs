//! Staff read a mail of the outbox: it says who a person is, to whoever reads it (D34).

use iae_domain::Actor;
use iae_domain::ids::EmailId;

use crate::candidates::note_opening;
use crate::error::Result;
use crate::notifications::queries::{self, EmailDetail};
use crate::{App, Ctx};

/// The mail, once it is kept that its person was read about.
pub async fn read_email(app: &App, ctx: &Ctx<Actor>, id: EmailId) -> Result<Option<EmailDetail>> {
    let email = queries::email(&app.db, id).await?;
    if let Some(about) = email.as_ref().and_then(|email| email.about) {
        note_opening(app, ctx, about).await?;
    }
    Ok(email)
}
