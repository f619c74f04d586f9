//! Mails about what became of a structure.

mod queries;

use askama::Template;
use iae_domain::ids::OrganisationId;
use iae_domain::notifications::{Notice, SuccessionMail};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Succession;

/// Writes mails about what became of structures; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, SuccessionMail, OrganisationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::latest(db, mails.iter().map(|(.., id)| *id)).await?;
    let link = &links::organisation(desk.config);
    let write = |(notice, mail, id)| {
        let succession = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            SuccessionMail::SiretChanged => text!(SiretChanged { succession, link }),
            SuccessionMail::Merged => text!(Merged { succession, link }),
            SuccessionMail::SplitOff => text!(SplitOff { succession, link }),
            SuccessionMail::TookPart => text!(TookPart { succession, link }),
        };
        Ok(Written { notice, text: text?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// CMP-5.
#[derive(Template)]
#[template(path = "emails/succession_siret_changed.txt", escape = "none", blocks = ["subject", "body"])]
struct SiretChanged<'a> {
    succession: &'a Succession,
    link: &'a Url,
}

/// To the administrators of the structure that took over, those of the one that closed among them.
#[derive(Template)]
#[template(path = "emails/succession_merged.txt", escape = "none", blocks = ["subject", "body"])]
struct Merged<'a> {
    succession: &'a Succession,
    link: &'a Url,
}

/// To the administrators of the structure that gave a part.
#[derive(Template)]
#[template(path = "emails/succession_split.txt", escape = "none", blocks = ["subject", "body"])]
struct SplitOff<'a> {
    succession: &'a Succession,
    link: &'a Url,
}

/// To those of the structure that took it.
#[derive(Template)]
#[template(path = "emails/succession_took_part.txt", escape = "none", blocks = ["subject", "body"])]
struct TookPart<'a> {
    succession: &'a Succession,
    link: &'a Url,
}
