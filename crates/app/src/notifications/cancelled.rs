//! Mails about what went with a cancelled PASS (rule book 03 §4.12).

mod queries;

use askama::Template;
use iae_domain::ids::ProlongationRequestId;
use iae_domain::notifications::{CancelledMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Request;

/// Writes mails about requests that are no more; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, CancelledMail, ProlongationRequestId)>,
) -> Result<Vec<Written>> {
    if mails.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<_> = mails.iter().map(|(.., id)| id.0).collect();
    let facts = queries::requests(db, &ids).await?;
    let write = |(notice, mail, id): (Notice, CancelledMail, ProlongationRequestId)| {
        let request = facts.iter().find(|request| request.id == id).ok_or(Error::NotFound)?;
        let link = &links::prolongation(desk.config, id);
        let text = match mail {
            CancelledMail::Request => text!(Dropped { request, link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To the prescriber: nothing is to be answered any more.
#[derive(Template)]
#[template(path = "emails/prolongation_dropped.txt", escape = "none", blocks = ["subject", "body"])]
struct Dropped<'a> {
    request: &'a Request,
    link: &'a Url,
}
