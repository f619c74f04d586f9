//! A reader hides an announcement: on none of their browsers do pages show it to them again.

use iae_domain::ids::{AnnouncementEditionId, AnnouncementId};

use super::{queries, store};
use crate::accounts::SignedIn;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Hides these words of it. What says something else since is read again; what is not for them does not exist.
pub async fn dismiss(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    id: AnnouncementId,
    edition: Option<AnnouncementEditionId>,
) -> Result<()> {
    let announcement = queries::announcement(&app.db, id).await?.ok_or(Error::NotFound)?;
    if !announcement.notice.audience.includes(&person.reader()) {
        return Err(Error::NotFound);
    }
    let Some(edition) = edition.filter(|_| !announcement.is_over(ctx.now)) else { return Ok(()) };
    let Some(dismissed) = announcement.dismiss(person.user, edition, &person.dismissed) else {
        return Ok(());
    };
    let mut work = app.begin(&ctx.with(person.record())).await?;
    store::save_dismissal(&mut work, dismissed).await?;
    work.commit().await
}
