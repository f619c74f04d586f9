//! A document is read; each reading is kept in the audit trail (ACL-3), and opens the file of the person (D34).

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::documents::policy::may_read;
use iae_domain::documents::{DocumentKind, Owner, downloaded};

use super::store;
use crate::candidates::note_opening_in;
use crate::error::{Error, Result};
use crate::gateways::files::Content;
use crate::{App, Ctx};

/// A file to be sent.
#[derive(Debug)]
pub struct Download {
    /// Its content, as it comes from the store.
    pub content: Content,
    /// When the application it belongs to was sent, else when it was stored.
    pub dated: DateTime<Utc>,
}

/// The document of this kind an owner has, for those who may read it; not found to anyone else, and when there is none.
pub async fn open(app: &App, ctx: &Ctx<Actor>, owner: Owner, kind: DocumentKind) -> Result<Download> {
    let stored = store::find(&app.db, ctx.now, owner, kind).await?;
    let stored = stored.filter(|stored| may_read(&ctx.actor, &stored.readers)).ok_or(Error::NotFound)?;
    app.db.rest();
    let content = app.files.get(&stored.storage_key).await?;
    let mut work = app.begin(ctx).await?;
    if let Some(candidate) = stored.readers.about.person() {
        note_opening_in(&mut work, ctx, candidate).await?;
    }
    work.keep(downloaded(stored.readers.about, stored.id));
    work.commit().await?;
    app.db.rest();
    Ok(Download { content, dated: stored.dated })
}
