//! The refusal of a request, as a letter.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::ids::ProlongationRequestId;
use iae_domain::pass::policy;
use iae_domain::pass::prolongation::Denial;
use iae_domain::time::paris_date;

use super::detail::{DenialCard, RequestDetail, found};
use crate::candidates::note_opening;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// The refusal of a request, in writing.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The request.
    pub request: RequestDetail,
    /// Why it was refused.
    pub denial: DenialCard,
    /// Who answered, and when.
    pub answered: (String, DateTime<Utc>),
    /// Between whom.
    pub correspondents: Correspondents,
}

impl Letter {
    /// The day it is written.
    pub fn day(&self) -> NaiveDate {
        paris_date(self.answered.1)
    }

    /// The day the prolongation was asked.
    pub fn asked_on(&self) -> NaiveDate {
        paris_date(self.request.created_at)
    }
}

/// Where a letter comes from, and where it goes.
#[derive(Debug, Clone)]
pub struct Correspondents {
    /// The address of the organisation, a line each; empty when it has none.
    pub sender_address: String,
    /// That of the person, for who reads their name.
    pub addressee_address: String,
    /// The phone of the organisation.
    pub phone: Option<String>,
    /// Its address of e-mail.
    pub email: Option<String>,
}

/// The refusal of the request, for the person, the SIAE and the organisation; there is none for anyone else.
pub async fn letter(app: &App, ctx: &Ctx<Actor>, id: ProlongationRequestId) -> Result<Letter> {
    let found = found(app, ctx, id).await?;
    if !policy::read_denial(&ctx.actor, found.candidate, (found.company, found.addressed)) {
        return Err(Error::NotFound);
    }
    note_opening(app, ctx, found.candidate).await?;
    let denial = found.detail.denial.clone().ok_or(Error::NotFound)?;
    let answered = found.detail.processed.clone().ok_or(Error::NotFound)?;
    let mut correspondents = correspondents(app, id).await?;
    if !found.names_holder {
        correspondents.addressee_address.clear();
    }
    Ok(Letter { denial, answered, correspondents, request: found.detail })
}

/// The letter as this refusal would send it, signed by this person: read before it is sent. Who reads the request reads it.
pub async fn letter_to_send(
    app: &App,
    request: RequestDetail,
    denial: Denial,
    answered: (String, DateTime<Utc>),
) -> Result<Letter> {
    let Denial { reason, explanation, proposed } = denial;
    let (actions, details) =
        proposed.map(|(actions, details)| (actions, details.as_str().to_owned())).unwrap_or_default();
    let denial = DenialCard { reason, explanation: explanation.as_str().to_owned(), actions, details };
    Ok(Letter { correspondents: correspondents(app, request.id).await?, denial, answered, request })
}

async fn correspondents(app: &App, id: ProlongationRequestId) -> Result<Correspondents> {
    let correspondents = sqlx::query_as!(
        Correspondents,
        r#"
        SELECT concat_ws(
                   E'\n',
                   nullif(o.address_line_1, ''),
                   nullif(o.address_line_2, ''),
                   nullif(concat_ws(' ', o.post_code, nullif(o.city, '')), '')
               ) AS "sender_address!"
             , concat_ws(
                   E'\n',
                   nullif(c.address_line_1, ''),
                   nullif(c.address_line_2, ''),
                   nullif(concat_ws(' ', c.post_code, nullif(c.city, '')), '')
               ) AS "addressee_address!"
             , nullif(o.phone, '') AS phone
             , nullif(o.email, '') AS email
        FROM prolongation_requests r
        JOIN passes p ON p.id = r.pass_id
        JOIN candidates c ON c.id = p.candidate_id
        JOIN organisations o ON o.id = r.prescriber_organisation_id
        WHERE r.id = $1
        "#,
        id as _,
    );
    correspondents.fetch_optional(&app.db).await?.ok_or(Error::NotFound)
}
