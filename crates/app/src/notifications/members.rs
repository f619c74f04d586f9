//! Mails about the members of an organisation (rule book 01 §16).

mod queries;

use askama::Template;
use iae_domain::ids::{MembershipId, OrganisationId};
use iae_domain::notifications::{MemberMail, MembersMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::{Text, text};
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::{Host, Member};

/// Writes mails about members; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, MemberMail, MembershipId)>,
) -> Result<Vec<Written>> {
    let facts = queries::members(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let member = facts.get(&id).ok_or(Error::NotFound)?;
        Ok(Written { notice, text: one(desk, mail, member)?, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Writes mails about all the members of an organisation; their facts come in one statement.
pub(super) async fn write_of_all(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, MembersMail, OrganisationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::hosts(db, mails.iter().map(|(.., id)| *id)).await?;
    let link = &links::members(desk.config);
    let write = |(notice, mail, id)| {
        let host = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            MembersMail::Review => text!(Review { host, link })?,
            MembersMail::Merged => text!(Merged { host, link })?,
            MembersMail::Transferred => text!(Transferred { host, link })?,
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// Every kind has its struct, every struct its template: what is missing does not compile.
fn one(desk: &Desk<'_>, mail: MemberMail, member: &Member) -> Result<Text> {
    let members = &links::members(desk.config);
    let link = &links::dashboard(desk.config);
    match mail {
        MemberMail::Promoted => text!(Promoted { member, link: members }),
        MemberMail::AutomaticAdmin => text!(AutomaticAdmin { member, link: members }),
        MemberMail::Demoted => text!(Demoted { member, link: members }),
        MemberMail::Left => text!(Left { member, is_team: desk.is_team() }),
        MemberMail::HandedOver => text!(HandedOver { member, link }),
        MemberMail::DepartureAsked => {
            text!(DepartureAsked { member, link: &links::departure(desk.config, member.id) })
        }
        MemberMail::LastAdminLeaves => text!(LastAdminLeaves { member }),
        MemberMail::UnadministeredDeparture => {
            let link = &links::admin_departure(desk.config, member.id);
            text!(UnadministeredDeparture { member, link })
        }
        MemberMail::AdminAsked => {
            let (id, token) = member.request().ok_or(Error::NotFound)?;
            let link = &links::admin_request(desk.config, id, token);
            text!(AdminAsked { member, link })
        }
    }
}

/// To a member: they administer the organisation.
#[derive(Template)]
#[template(path = "emails/member_promoted.txt", escape = "none", blocks = ["subject", "body"])]
struct Promoted<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To a member: they administer the organisation, since nobody did (MEM-13).
#[derive(Template)]
#[template(path = "emails/member_automatic_admin.txt", escape = "none", blocks = ["subject", "body"])]
struct AutomaticAdmin<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To a member: they no longer administer the organisation.
#[derive(Template)]
#[template(path = "emails/member_demoted.txt", escape = "none", blocks = ["subject", "body"])]
struct Demoted<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To whoever left.
#[derive(Template)]
#[template(path = "emails/member_left.txt", escape = "none", blocks = ["subject", "body"])]
struct Left<'a> {
    member: &'a Member,
    is_team: bool,
}

/// To the colleagues who take something over.
#[derive(Template)]
#[template(path = "emails/member_handed_over.txt", escape = "none", blocks = ["subject", "body"])]
struct HandedOver<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To those who administer the organisation: a member wants to leave.
#[derive(Template)]
#[template(path = "emails/member_departure_asked.txt", escape = "none", blocks = ["subject", "body"])]
struct DepartureAsked<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To the team: the last administrator of an organisation wants to leave.
#[derive(Template)]
#[template(path = "emails/member_last_admin_leaves.txt", escape = "none", blocks = ["subject", "body"])]
struct LastAdminLeaves<'a> {
    member: &'a Member,
}

/// To the team: a member of an organisation that nobody administers wants to leave.
#[derive(Template)]
#[template(path = "emails/member_unadministered_departure.txt", escape = "none", blocks = ["subject", "body"])]
struct UnadministeredDeparture<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To the official address of a company: a member asks to administer it.
#[derive(Template)]
#[template(path = "emails/member_admin_asked.txt", escape = "none", blocks = ["subject", "body"])]
struct AdminAsked<'a> {
    member: &'a Member,
    link: &'a Url,
}

/// To those who administer one of two organisations that the team made one.
#[derive(Template)]
#[template(path = "emails/members_merged.txt", escape = "none", blocks = ["subject", "body"])]
struct Merged<'a> {
    host: &'a Host,
    link: &'a Url,
}

/// To those who administer one of two companies, of which one was given what the other had.
#[derive(Template)]
#[template(path = "emails/members_transferred.txt", escape = "none", blocks = ["subject", "body"])]
struct Transferred<'a> {
    host: &'a Host,
    link: &'a Url,
}

/// To those who administer an organisation: read its members again.
#[derive(Template)]
#[template(path = "emails/members_review.txt", escape = "none", blocks = ["subject", "body"])]
struct Review<'a> {
    host: &'a Host,
    link: &'a Url,
}
