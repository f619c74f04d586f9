//! Someone opens a person's file: kept, and shown to the person (D4).

use iae_domain::Actor;
use iae_domain::candidates::file_opened;
use iae_domain::ids::CandidateId;

use super::queries;
use super::queries::FilePage;
use crate::error::{Error, Result};
use crate::{App, Ctx, audit};

/// The file, once its opening is kept. One trace a person, an organisation and a day is enough to know who read what.
/// A file without relation is not found.
pub async fn open_file(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<FilePage> {
    let page = queries::file_page(app, ctx, id).await?.ok_or(Error::NotFound)?;
    if !queries::opened_today(&app.db, ctx, id).await? {
        let mut tx = app.db.begin().await?;
        audit::record(app, &mut tx, ctx, &[file_opened(id)]).await?;
        tx.commit().await?;
    }
    Ok(page)
}
