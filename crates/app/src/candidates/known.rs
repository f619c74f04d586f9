//! The people one may already see, to choose from: by name, or the last ones accompanied (D27).

use iae_domain::Actor;
use iae_domain::candidates::ShownName;
use iae_domain::ids::CandidateId;
use url::form_urlencoded;

use super::list::Candidates;
use crate::error::Result;
use crate::list::open;
use crate::{App, Ctx};

/// People proposed before any name is typed.
const LAST: usize = 5;

/// Someone to choose.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    /// Who.
    pub candidate: CandidateId,
    /// Their name, as the reader may see it.
    pub name: ShownName,
    /// Where they live.
    pub city: String,
}

/// The people of the organisation called so, the first page of its list; without a name, those last dealt with.
/// Whoever reads masked names finds by name only those they see (PII-5).
pub async fn known_people(app: &App, ctx: &Ctx<Actor>, name: &str) -> Result<Vec<KnownPerson>> {
    let pairs = [("view", "organisation"), ("name", name)];
    let asked = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let asked = if name.is_empty() { "" } else { asked.as_str() };
    let opened = open(&app.db, Candidates::of(ctx)?, asked).await?;
    let most = if name.is_empty() { LAST } else { opened.rows.len() };
    let known = |row: &_| opened.list.known(row);
    Ok(opened.rows.iter().take(most).map(known).collect())
}
