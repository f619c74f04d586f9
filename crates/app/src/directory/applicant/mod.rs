//! Whom a search is for: the person a professional looks for an employer with (rule book 04 §4.1, SUB-21), or the
//! candidate who reads.

mod queries;

use iae_domain::Actor;
use iae_domain::applications::submit::{WaitingPeriod, waiting_period};
use iae_domain::candidates::policy::{may_open, sees_name, shown_name};
use iae_domain::candidates::{PersonName, ShownName, searched_for};
use iae_domain::ids::CandidateId;
use iae_domain::pass::waiting_period::waiting_after;

use crate::error::{Error, Result};
use crate::{App, Ctx};

/// The person an application would be for.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// Who.
    pub candidate: CandidateId,
    /// Whether they search for themselves.
    pub is_reader: bool,
    /// Their name, as the reader may see it.
    pub name: ShownName,
    /// Their first name; none when the name is masked.
    pub first_name: Option<String>,
    /// The slug of the commune where they live, when it is known.
    pub commune: Option<String>,
    /// The waiting period they are in, for whoever reads.
    pub waiting: Option<WaitingPeriod>,
}

/// The person asked for, once it is kept that the reader saw who they are (D34); in one statement when it already is.
/// Without relation they are not found (D4). A candidate searches for themselves, whoever they name (SUB-21).
pub async fn applicant(app: &App, ctx: &Ctx<Actor>, asked: Option<CandidateId>) -> Result<Option<Applicant>> {
    let own = ctx.actor.candidate();
    let Some(candidate) = own.or(asked) else { return Ok(None) };
    let row = queries::applicant(&app.db, ctx, candidate).await?.ok_or(Error::NotFound)?;
    let standing = row.standing(candidate);
    if !may_open(&ctx.actor, &standing) {
        return Err(Error::NotFound);
    }
    let sees = sees_name(&ctx.actor, &standing);
    if sees && own.is_none() && !row.is_noted {
        let mut work = app.begin(ctx).await?;
        work.keep(searched_for(candidate));
        work.commit().await?;
    }
    let today = ctx.today();
    let until = row.pass_ends_on.and_then(|last_day| waiting_after(last_day, today));
    let name = PersonName::of(&row.first_name, &row.last_name);
    Ok(Some(Applicant {
        candidate,
        is_reader: own.is_some(),
        name: shown_name(&ctx.actor, &standing, name),
        first_name: Some(row.first_name).filter(|_| sees),
        commune: row.commune,
        waiting: waiting_period(&ctx.actor, until, row.has_prescriber_diagnosis),
    }))
}
