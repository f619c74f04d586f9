//! Mails about habilitations: what a prefect grants (D15), what the team decides (PRE-7 to PRE-9).

mod queries;

use askama::Template;
use iae_domain::ids::{HabilitationId, OrganisationId};
use iae_domain::notifications::{AuthorisationMail, HabilitationMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::{Asked, Registered};

/// Writes mails about requests of habilitation; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, HabilitationMail, HabilitationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::asked(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let asked = facts.get(&id).ok_or(Error::NotFound)?;
        Ok(Written { notice, text: one(desk, mail, asked)?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Writes mails about what the team decided of organisations; their facts come in one statement.
pub(super) async fn write_of_team(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, AuthorisationMail, OrganisationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::registered(db, mails.iter().map(|(.., id)| *id)).await?;
    let (link, support) = (&links::habilitation(desk.config), desk.config.support_email.as_str());
    let write = |(notice, mail, id)| {
        let organisation = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            AuthorisationMail::Validated => text!(Validated { organisation, link }),
            AuthorisationMail::Refused => text!(NotValidated { organisation, link, support }),
            AuthorisationMail::KindChanged => text!(KindChanged { organisation, link }),
        };
        Ok(Written { notice, text: text?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn one(desk: &Desk<'_>, mail: HabilitationMail, asked: &Asked) -> Result<Text> {
    let link = &links::habilitation(desk.config);
    let review = &links::habilitation_review(desk.config, asked.id);
    match mail {
        HabilitationMail::Submitted => text!(Submitted { asked, link: review }),
        HabilitationMail::Complement => text!(Complement { asked, link }),
        HabilitationMail::Granted => text!(Granted { asked, link }),
        HabilitationMail::Refused => text!(Refused { asked, link }),
        HabilitationMail::Revoked => text!(Revoked { asked, link }),
        HabilitationMail::Ending => text!(Ending { asked, link }),
        HabilitationMail::EndingDdets => text!(EndingDdets { asked, link: review }),
        HabilitationMail::Ended => text!(Ended { asked, link }),
        HabilitationMail::EndedDdets => text!(EndedDdets { asked, link: review }),
    }
}

/// To the DDETS, or the team: a request is to be instructed.
#[derive(Template)]
#[template(path = "emails/habilitation_submitted.txt", escape = "none", blocks = ["subject", "body"])]
struct Submitted<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the organisation: something more is asked.
#[derive(Template)]
#[template(path = "emails/habilitation_complement.txt", escape = "none", blocks = ["subject", "body"])]
struct Complement<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the organisation: the order is made.
#[derive(Template)]
#[template(path = "emails/habilitation_granted.txt", escape = "none", blocks = ["subject", "body"])]
struct Granted<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the organisation: it stays an orienteur, and why.
#[derive(Template)]
#[template(path = "emails/habilitation_refused.txt", escape = "none", blocks = ["subject", "body"])]
struct Refused<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the organisation: its right is revoked, and why.
#[derive(Template)]
#[template(path = "emails/habilitation_revoked.txt", escape = "none", blocks = ["subject", "body"])]
struct Revoked<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the organisation: its right ends soon.
#[derive(Template)]
#[template(path = "emails/habilitation_ending.txt", escape = "none", blocks = ["subject", "body"])]
struct Ending<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the DDETS: a right ends soon.
#[derive(Template)]
#[template(path = "emails/habilitation_ending_ddets.txt", escape = "none", blocks = ["subject", "body"])]
struct EndingDdets<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the organisation: its right is over.
#[derive(Template)]
#[template(path = "emails/habilitation_ended.txt", escape = "none", blocks = ["subject", "body"])]
struct Ended<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// To the DDETS: a right is over.
#[derive(Template)]
#[template(path = "emails/habilitation_ended_ddets.txt", escape = "none", blocks = ["subject", "body"])]
struct EndedDdets<'a> {
    asked: &'a Asked,
    link: &'a Url,
}

/// PRE-7.
#[derive(Template)]
#[template(path = "emails/authorisation_validated.txt", escape = "none", blocks = ["subject", "body"])]
struct Validated<'a> {
    organisation: &'a Registered,
    link: &'a Url,
}

/// PRE-8: which proof to send, and where.
#[derive(Template)]
#[template(path = "emails/authorisation_refused.txt", escape = "none", blocks = ["subject", "body"])]
struct NotValidated<'a> {
    organisation: &'a Registered,
    link: &'a Url,
    support: &'a str,
}

/// PRE-9.
#[derive(Template)]
#[template(path = "emails/authorisation_kind_changed.txt", escape = "none", blocks = ["subject", "body"])]
struct KindChanged<'a> {
    organisation: &'a Registered,
    link: &'a Url,
}
