//! Whom a search is for: the person a professional looks for an employer with (rule book 04 §4.1, SUB-21).

mod queries;

use iae_domain::Actor;
use iae_domain::candidates::policy::{may_open, sees_identity, shown_name};
use iae_domain::candidates::{PersonName, ShownName};
use iae_domain::ids::CandidateId;

use crate::candidates::keep_opening;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// The person an application would be for.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Who.
    pub candidate: CandidateId,
    /// Their name, as the reader may see it.
    pub name: ShownName,
    /// Their first name; none when the name is masked.
    pub first_name: Option<String>,
    /// The slug of the commune where they live, when it is known.
    pub commune: Option<String>,
}

/// The person asked for, once it is kept that the reader saw who they are (D34); in one statement when it already is.
/// Without relation they are not found (D4). A candidate searches for nobody but themselves, whoever they name (SUB-21).
pub async fn applicant(app: &App, ctx: &Ctx<Actor>, asked: Option<CandidateId>) -> Result<Option<Applicant>> {
    let Some(candidate) = asked.filter(|_| ctx.actor.candidate().is_none()) else { return Ok(None) };
    let row = queries::applicant(&app.db, ctx, candidate).await?.ok_or(Error::NotFound)?;
    let standing = row.standing(candidate);
    if !may_open(&ctx.actor, &standing) {
        return Err(Error::NotFound);
    }
    let sees = sees_identity(&ctx.actor, &standing);
    if sees && !row.is_noted {
        keep_opening(app, ctx, candidate).await?;
    }
    let name = PersonName::of(&row.first_name, &row.last_name);
    Ok(Some(Applicant {
        candidate,
        name: shown_name(&ctx.actor, &standing, name),
        first_name: Some(row.first_name).filter(|_| sees),
        commune: row.commune,
    }))
}
