//! Mails that follow from official files.

mod queries;

use askama::Template;
use iae_domain::french;
use iae_domain::ids::{ImportId, OrganisationId};
use iae_domain::imports::{Import, ImportCount, ImportOutcome};
use iae_domain::notifications::{CompanyMail, ImportMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::{counted, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::imports;
use crate::links;
use queries::Company;

/// Writes mails to the companies that came in; their facts come in one statement.
pub(super) async fn write_companies(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, CompanyMail, OrganisationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::companies(db, mails.iter().map(|(.., id)| *id)).await?;
    let link = links::dashboard(desk.config);
    let write = |(notice, mail, id)| {
        let company = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            CompanyMail::Imported => text!(Imported { company, link: &link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Writes mails about imports: one at a time comes to its end.
pub(super) async fn write_imports(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, ImportMail, ImportId)>,
) -> Result<Vec<Written>> {
    let mut written = Vec::with_capacity(mails.len());
    for (notice, mail, id) in mails {
        let run = imports::queries::run(&mut *db, id).await?.ok_or(Error::NotFound)?;
        let link = links::import(desk.config, id);
        let text = match mail {
            ImportMail::Stopped => text!(stopped(&run.import, &link))?,
        };
        written.push(Written { notice, text, copy: None });
    }
    Ok(written)
}

fn stopped<'a>(import: &Import, link: &'a Url) -> Stopped<'a> {
    let count = import.count(ImportCount::ConventionsFalling);
    let names: Vec<&str> = import.files.iter().map(|file| file.name.as_str()).collect();
    Stopped {
        falling: counted(count, "convention", "conventions"),
        count,
        is_refused: import.outcome == ImportOutcome::Refused,
        files: names.join(", "),
        as_of: french::date(import.as_of),
        link,
    }
}

/// To the official address of a company: the paying agency says that it is licensed, it may sign up (CMP-12, §16).
#[derive(Template)]
#[template(path = "emails/company_imported.txt", escape = "none", blocks = ["subject", "body"])]
struct Imported<'a> {
    company: &'a Company,
    link: &'a Url,
}

/// To the team: too many conventions would have fallen at once (CMP-11).
#[derive(Template)]
#[template(path = "emails/import_stopped.txt", escape = "none", blocks = ["subject", "body"])]
struct Stopped<'a> {
    /// « 3676 conventions ».
    falling: String,
    count: u64,
    /// Whether nothing was written.
    is_refused: bool,
    /// The names of the files.
    files: String,
    as_of: String,
    link: &'a Url,
}
