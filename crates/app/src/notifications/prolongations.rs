//! Mails about requests to prolong a PASS (rule book 03 §6.6, §6.7).

mod queries;

use askama::Template;
use iae_domain::ids::ProlongationRequestId;
use iae_domain::notifications::{Notice, ProlongationMail};
use sqlx::PgConnection;
use url::Url;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Request;

/// Writes mails about requests; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, ProlongationMail, ProlongationRequestId)>,
) -> Result<Vec<Written>> {
    let facts = queries::requests(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let request = facts.get(&id).ok_or(Error::NotFound)?;
        Ok(Written { notice, text: one(desk, mail, request)?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn one(desk: &Desk<'_>, mail: ProlongationMail, request: &Request) -> Result<Text> {
    let link = &links::prolongation(desk.config, request.id);
    let pass = &links::pass(desk.config, request.pass_id);
    let letter = &links::prolongation_letter(desk.config, request.id);
    let again = &links::pass_prolongation(desk.config, request.pass_id);
    match mail {
        ProlongationMail::Asked => text!(Asked { request, link }),
        ProlongationMail::Delegated => text!(Delegated { request, link }),
        ProlongationMail::Reminder => text!(Reminder { request, link, today: desk.today }),
        ProlongationMail::GrantedEmployer => text!(GrantedEmployer { request, link: pass }),
        ProlongationMail::GrantedCandidate => text!(GrantedCandidate { request, link: pass }),
        ProlongationMail::Returned => text!(Returned { request, link: again }),
        ProlongationMail::DeniedEmployer => text!(DeniedEmployer { request, link: letter }),
        ProlongationMail::DeniedCandidate => text!(DeniedCandidate { request, link: letter }),
    }
}

/// To the prescriber: an SIAE asks.
#[derive(Template)]
#[template(path = "emails/prolongation_asked.txt", escape = "none", blocks = ["subject", "body"])]
struct Asked<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To the colleague a request is handed over to.
#[derive(Template)]
#[template(path = "emails/prolongation_delegated.txt", escape = "none", blocks = ["subject", "body"])]
struct Delegated<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To the prescriber and some colleagues: a request waits.
#[derive(Template)]
#[template(path = "emails/prolongation_reminder.txt", escape = "none", blocks = ["subject", "body"])]
struct Reminder<'a> {
    request: &'a Request,
    link: &'a Url,
    today: chrono::NaiveDate,
}

/// To whoever asked: it is granted.
#[derive(Template)]
#[template(path = "emails/prolongation_granted_employer.txt", escape = "none", blocks = ["subject", "body"])]
struct GrantedEmployer<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To the person: their PASS is prolonged.
#[derive(Template)]
#[template(path = "emails/prolongation_granted_candidate.txt", escape = "none", blocks = ["subject", "body"])]
struct GrantedCandidate<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To whoever asked: nobody may answer it, another prescriber is to be asked.
#[derive(Template)]
#[template(path = "emails/prolongation_returned.txt", escape = "none", blocks = ["subject", "body"])]
struct Returned<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To whoever asked: it is refused, and why.
#[derive(Template)]
#[template(path = "emails/prolongation_denied_employer.txt", escape = "none", blocks = ["subject", "body"])]
struct DeniedEmployer<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To the person: it is refused, why, and what is proposed.
#[derive(Template)]
#[template(path = "emails/prolongation_denied_candidate.txt", escape = "none", blocks = ["subject", "body"])]
struct DeniedCandidate<'a> {
    request: &'a Request,
    link: &'a Url,
}
