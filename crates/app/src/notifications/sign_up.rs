//! Mails about sign-ups (rule book 01 §16).

mod queries;

use askama::Template;
use iae_domain::ids::{OrganisationId, SignUpRequestId};
use iae_domain::notifications::{NewOrganisationMail, Notice, SignUpMail};
use sqlx::PgConnection;
use url::Url;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::{NewOne, Request};

/// Writes mails about what somebody who signs up asks; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, SignUpMail, SignUpRequestId)>,
) -> Result<Vec<Written>> {
    let facts = queries::requests(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let request = facts.get(&id).ok_or(Error::NotFound)?;
        Ok(Written { notice, text: asked(desk, mail, request)?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn asked(desk: &Desk<'_>, mail: SignUpMail, request: &Request) -> Result<Text> {
    match mail {
        SignUpMail::CompanyLink => {
            let token = request.token.as_deref().ok_or(Error::NotFound)?;
            text!(CompanyLink { request, link: &links::company_link(desk.config, request.id, token) })
        }
        SignUpMail::JoinAsked => {
            text!(JoinAsked { request, link: &links::invitation_of(desk.config, request.id) })
        }
        SignUpMail::JoinAskedTeam => text!(JoinAskedTeam { request }),
    }
}

/// Writes mails about organisations that somebody signed up; their facts come in one statement.
pub(super) async fn write_of_new(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, NewOrganisationMail, OrganisationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::new_ones(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let new = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            NewOrganisationMail::Prescriber => {
                text!(NewPrescriber { new, link: &links::authorisation(desk.config, id) })?
            }
            NewOrganisationMail::Facilitator => {
                text!(NewFacilitator { new, link: &links::admin_organisation(desk.config, id) })?
            }
            NewOrganisationMail::FacilitatorVerified => {
                text!(FacilitatorVerified { new, link: &links::dashboard(desk.config) })?
            }
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To the official address of a company: somebody asks to be the first one there (SGN-8).
#[derive(Template)]
#[template(path = "emails/sign_up_company_link.txt", escape = "none", blocks = ["subject", "body"])]
struct CompanyLink<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To who administers an organisation, else to its first member: somebody asks to be let in (SGN-11).
#[derive(Template)]
#[template(path = "emails/sign_up_join_asked.txt", escape = "none", blocks = ["subject", "body"])]
struct JoinAsked<'a> {
    request: &'a Request,
    link: &'a Url,
}

/// To the team: the same, of an organisation where nobody is.
#[derive(Template)]
#[template(path = "emails/sign_up_join_asked_team.txt", escape = "none", blocks = ["subject", "body"])]
struct JoinAskedTeam<'a> {
    request: &'a Request,
}

/// To the team: an organisation whose authorisation is to be validated (PRE-6).
#[derive(Template)]
#[template(path = "emails/new_prescriber_to_check.txt", escape = "none", blocks = ["subject", "body"])]
struct NewPrescriber<'a> {
    new: &'a NewOne,
    link: &'a Url,
}

/// To the team: a facilitator that nobody finds before it is verified (SGN-16).
#[derive(Template)]
#[template(path = "emails/new_facilitator_to_check.txt", escape = "none", blocks = ["subject", "body"])]
struct NewFacilitator<'a> {
    new: &'a NewOne,
    link: &'a Url,
}

/// To the members of a facilitator: the team verified it, and they act for it from now on (CMP-16).
#[derive(Template)]
#[template(path = "emails/facilitator_verified.txt", escape = "none", blocks = ["subject", "body"])]
struct FacilitatorVerified<'a> {
    new: &'a NewOne,
    link: &'a Url,
}
