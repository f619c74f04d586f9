//! A sheet too long to be waited for: asked for in a request, written by the worker, followed and taken away by the one
//! person it is for, gone after days.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::{StreamExt as _, TryStreamExt as _};
use iae_domain::Actor;
use iae_domain::exports::prepared::{self, Ended, ExportState, KEPT, Owner, may_take};
use iae_domain::exports::{Export, ExportFormat, ListKind};
use iae_domain::ids::ExportId;
use iae_domain::policy::Denied;
use iae_domain::time::paris_date;
use uuid::Uuid;

use super::store::Prepared;
use super::{File, Lines, name, store, xlsx};
use crate::control::controls::queries::review::list::Controls;
use crate::error::{Error, Result};
use crate::list::List;
use crate::queue::PrepareExport;
use crate::{App, Ctx, Db};

/// Sheets are prepared one after the other: mails and other tasks never wait for them.
const QUEUE: &str = "exports";

/// Where an export stands, for its owner.
#[derive(Debug, Clone)]
pub struct Preparation {
    /// Its id.
    pub id: ExportId,
    /// The list.
    pub list: ListKind,
    /// How many rows it has.
    pub rows: i64,
    /// How many are written.
    pub rows_written: i64,
    /// Its state.
    pub state: ExportState,
    /// Last day the file is there.
    pub kept_until: NaiveDate,
}

/// What the worker has to write.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its id.
    pub id: ExportId,
    /// The list.
    pub list: ListKind,
    /// Who it is for.
    pub owner: Owner,
    query: String,
    storage_key: String,
}

impl Wanted {
    /// What the address asked for.
    pub(crate) fn query(&self) -> &str {
        &self.query
    }
}

/// Asks the worker for an export; the same view asked for twice is prepared once.
pub(super) async fn ask(app: &App, ctx: &Ctx<Actor>, export: Export, query: &str) -> Result<ExportId> {
    let list = export.contents.list;
    let owner = Owner::of(&ctx.actor).ok_or(Denied::Role)?;
    let export = prepared::ask(export);
    let mut work = app.begin(ctx).await?;
    if !store::insert(&mut work, &owner, &export, query, &storage_key()).await? {
        work.rollback().await?;
        return store::last_asked(&app.db, &owner, list, query).await?.ok_or(Error::Conflict);
    }
    let export = work.keep(export).id;
    work.enqueue_in(QUEUE, [PrepareExport { export }]).await?;
    work.commit().await?;
    Ok(export)
}

/// Where an export stands; not found to anyone but its owner.
pub async fn follow(app: &App, ctx: &Ctx<Actor>, id: ExportId) -> Result<Preparation> {
    let Prepared { list, rows, rows_written, state, asked_at, .. } = of_owner(app, ctx, id).await?;
    Ok(Preparation { id, list, rows, rows_written, state, kept_until: paris_date(asked_at + KEPT) })
}

/// The file of an export that is ready, for its owner; each time is kept in the audit trail.
pub async fn download(app: &App, ctx: &Ctx<Actor>, id: ExportId) -> Result<File> {
    let export = of_owner(app, ctx, id).await?;
    if export.state != ExportState::Ready {
        return Err(Error::NotFound);
    }
    app.db.rest();
    let content = app.files.get(&export.storage_key).await?;
    let mut work = app.begin(ctx).await?;
    work.keep(prepared::download(id));
    work.commit().await?;
    app.db.rest();
    let name = name(export.list, paris_date(export.asked_at), ExportFormat::Xlsx);
    Ok(File { name, content: content.chunks.map_err(std::io::Error::other).boxed() })
}

async fn of_owner(app: &App, ctx: &Ctx<Actor>, id: ExportId) -> Result<Prepared> {
    let export = store::find(&app.db, id).await?;
    let export = export.filter(|export| may_take(&ctx.actor, &export.owner())).ok_or(Error::NotFound)?;
    if export.list == ListKind::Controls {
        Controls::ensure_in_view(app, ctx, &export.query).await?;
    }
    Ok(export)
}

/// What the worker has to write, unless it is written already.
pub(crate) async fn wanted(db: &Db, id: ExportId) -> Result<Option<Wanted>> {
    let export = store::find(db, id).await?.filter(|export| export.state == ExportState::Preparing);
    Ok(export.map(|export| {
        let owner = export.owner();
        let Prepared { id, list, query, storage_key, .. } = export;
        Wanted { id, list, owner, query, storage_key }
    }))
}

/// Writes the sheet into the store, and in `written` how many rows it has. Written again from its beginning when a worker
/// stopped midway: its key is the same.
pub(crate) async fn sheet<L: List>(
    app: &App,
    list: L,
    wanted: &Wanted,
    written: Arc<AtomicU32>,
) -> Result<()> {
    let lines = Lines::of(&app.db, list, &wanted.query).await?;
    let header = lines.header();
    let file = xlsx::make(L::KIND.label(), header, lines.read(app.exports.clone(), None), written).await?;
    app.files.put(&wanted.storage_key, tokio::fs::File::from_std(file)).await
}

/// Keeps how the preparation ended. When its time was over meanwhile, what was written is forgotten.
pub(crate) async fn end(app: &App, wanted: &Wanted, ended: Ended) -> Result<()> {
    let mut work = app.begin(&Ctx::system(app.clock.now())).await?;
    if store::end(&mut work, wanted.id, prepared::end(wanted.id, ended)).await? {
        return work.commit().await;
    }
    work.rollback().await?;
    match store::find(&app.db, wanted.id).await? {
        Some(_) => Ok(()),
        None => app.files.delete(&wanted.storage_key).await,
    }
}

/// Forgets the exports whose time is over, with their files; answers how many.
pub(crate) async fn expire(app: &App, now: DateTime<Utc>) -> Result<usize> {
    let old = store::asked_before(&app.db, now - KEPT).await?;
    for id in &old {
        let mut work = app.begin(&Ctx::system(now)).await?;
        if store::delete(&mut work, prepared::expire(*id)).await? {
            work.commit().await?;
        }
    }
    Ok(old.len())
}

/// A key that says nothing of what it holds.
#[expect(clippy::disallowed_methods, reason = "the key of a file is random, not an id")]
fn storage_key() -> String {
    format!("export/{}", Uuid::new_v4().simple())
}
