//! Mails about requests to correct a NIR (rule book 02 §14.4).

mod queries;

use askama::Template;
use iae_domain::ids::NirCorrectionId;
use iae_domain::notifications::{NirCorrectionMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Correction;

/// Writes mails about requests; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, NirCorrectionMail, NirCorrectionId)>,
) -> Result<Vec<Written>> {
    let facts = queries::corrections(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let correction = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            NirCorrectionMail::Asked => {
                let link = &links::nir_correction(desk.config, id);
                text!(Asked { correction, link })?
            }
            NirCorrectionMail::Refused => {
                let link = &links::nir_correction_of(desk.config, correction.candidate_id);
                text!(Refused { correction, link })?
            }
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To the platform's team: another NIR is asked for (CNR-2). The number and the reasons given stay on the page.
#[derive(Template)]
#[template(path = "emails/nir_correction_asked.txt", escape = "none", blocks = ["subject", "body"])]
struct Asked<'a> {
    correction: &'a Correction,
    link: &'a Url,
}

/// To whoever asked: the team says why the number stays as it is.
#[derive(Template)]
#[template(path = "emails/nir_correction_refused.txt", escape = "none", blocks = ["subject", "body"])]
struct Refused<'a> {
    correction: &'a Correction,
    link: &'a Url,
}
