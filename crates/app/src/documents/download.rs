//! A CV is downloaded; each download is kept in the audit trail (ACL-3).

use bytes::Bytes;
use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::candidates::policy::{self, Standing};
use iae_domain::documents::downloaded;
use iae_domain::ids::ApplicationId;

use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// A file to be sent.
#[derive(Debug, Clone)]
pub struct Download {
    /// Its content.
    pub content: Bytes,
    /// When the application it belongs to was sent.
    pub submitted_at: DateTime<Utc>,
}

/// The CV of an application, for those who may read it; not found to anyone else, and when there is none.
pub async fn cv(app: &App, ctx: &Ctx<Actor>, application: ApplicationId) -> Result<Download> {
    let actor = ctx.actor_record();
    let user = actor.user.ok_or(Error::NotFound)?;
    let stored = store::cv(&app.db, user, actor.organisation, ctx.now, application).await?;
    let stored = stored.ok_or(Error::NotFound)?;
    // The application is their relation with the person. A CV says who it is of (PII-4): whoever may not see the
    // identity does not read it, even at an address they kept.
    let standing = Standing { candidate: stored.candidate, created_by: stored.created_by, is_related: true };
    if !policy::sees_identity(&ctx.actor, &standing) {
        return Err(Error::NotFound);
    }
    let content = app.files.get(&stored.storage_key).await?;
    let mut work = app.begin(ctx).await?;
    work.keep(downloaded(stored.candidate, stored.document));
    work.commit().await?;
    Ok(Download { content, submitted_at: stored.submitted_at })
}
