//! Mails about the openings of a company.

mod queries;

use askama::Template;
use iae_domain::ids::OrganisationId;
use iae_domain::notifications::{Notice, OpeningMail};
use iae_domain::organisations::CLOSED_AFTER;
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Company;

/// Writes mails about openings; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, OpeningMail, OrganisationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::companies(db, mails.iter().map(|(.., id)| *id)).await?;
    let (link, days) = (links::organisation(desk.config), CLOSED_AFTER.num_days());
    let write = |(notice, mail, id)| {
        let company = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            OpeningMail::SpontaneousExpired => text!(SpontaneousExpired { company, days, link: &link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To every member: nobody said in time that the company still takes spontaneous applications (CMP-36).
#[derive(Template)]
#[template(path = "emails/spontaneous_expired.txt", escape = "none", blocks = ["subject", "body"])]
struct SpontaneousExpired<'a> {
    company: &'a Company,
    /// After how many days they close.
    days: i64,
    link: &'a Url,
}
