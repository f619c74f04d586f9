//! Someone opens a person's file: kept, and shown to the person (D4).

use iae_domain::Actor;
use iae_domain::candidates::file_opened;
use iae_domain::ids::CandidateId;

use super::queries;
use super::queries::FilePage;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// The file, once its opening is kept. One trace a person, an organisation and a day is enough to know who read what.
/// A file without relation is not found.
pub async fn open_file(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<FilePage> {
    let page = queries::file_page(app, ctx, id).await?.ok_or(Error::NotFound)?;
    if !queries::opened_today(&app.db, ctx, id).await? {
        let mut work = app.begin(ctx).await?;
        work.keep(file_opened(id));
        work.commit().await?;
    }
    Ok(page)
}
