//! Mails about the files of candidates (rule book 02 §14.4).

mod queries;

use askama::Template;
use iae_domain::ids::CandidateId;
use iae_domain::notifications::{CandidateMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Candidate;

/// Writes mails about files; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, CandidateMail, CandidateId)>,
) -> Result<Vec<Written>> {
    let facts = queries::candidates(db, mails.iter().map(|(.., id)| *id)).await?;
    let link = links::dashboard(desk.config);
    let write = |(notice, mail, id)| {
        let candidate = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            CandidateMail::Created => {
                let activation =
                    candidate.activation.map(|letter| links::account_letter(desk.config, letter));
                text!(Created { candidate, link: activation.as_ref().unwrap_or(&link) })?
            }
            CandidateMail::Updated => text!(Updated { candidate, link: &link })?,
            CandidateMail::EmailChanged => text!(EmailChanged { candidate, link: &link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To the person: a professional created their file (CRE-6).
#[derive(Template)]
#[template(path = "emails/candidate_created.txt", escape = "none", blocks = ["subject", "body"])]
struct Created<'a> {
    candidate: &'a Candidate,
    link: &'a Url,
}

/// To the person: a professional changed what their file says (UPD-2).
#[derive(Template)]
#[template(path = "emails/candidate_updated.txt", escape = "none", blocks = ["subject", "body"])]
struct Updated<'a> {
    candidate: &'a Candidate,
    link: &'a Url,
}

/// To the person, at both addresses: a professional changed the one mails go to (rule book 02 §14.4).
#[derive(Template)]
#[template(path = "emails/candidate_email_changed.txt", escape = "none", blocks = ["subject", "body"])]
struct EmailChanged<'a> {
    candidate: &'a Candidate,
    link: &'a Url,
}
