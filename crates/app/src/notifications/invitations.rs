//! Mails about invitations to join an organisation (rule book 01 §16).

mod queries;

use askama::Template;
use iae_domain::ids::InvitationId;
use iae_domain::notifications::{InvitationMail, Notice};
use sqlx::PgConnection;
use url::Url;

use super::letter::text;
use super::quote as filters;
use super::{Desk, Written};
use crate::error::{Error, Result};
use crate::links;
use queries::Invitation;

/// Writes mails about invitations; their facts come in one statement.
pub(super) async fn write(
    db: &mut PgConnection,
    desk: &Desk<'_>,
    mails: Vec<(Notice, InvitationMail, InvitationId)>,
) -> Result<Vec<Written>> {
    let facts = queries::invitations(db, mails.iter().map(|(.., id)| *id)).await?;
    let write = |(notice, mail, id)| {
        let invitation = facts.get(&id).ok_or(Error::NotFound)?;
        let text = match mail {
            InvitationMail::Sent => {
                let link = &links::invitation(desk.config, invitation.id, &invitation.token);
                text!(Sent { invitation, link })?
            }
            InvitationMail::Accepted => {
                let of_team = invitation.by_team.then_some(invitation.organisation_id);
                let link = of_team.map_or_else(
                    || links::members(desk.config),
                    |organisation| links::admin_organisation(desk.config, organisation),
                );
                text!(Accepted { invitation, link: &link })?
            }
        };
        Ok(Written { notice, text, copy: None })
    };
    mails.into_iter().map(write).collect()
}

/// To whoever is invited.
#[derive(Template)]
#[template(path = "emails/invitation_sent.txt", escape = "none", blocks = ["subject", "body"])]
struct Sent<'a> {
    invitation: &'a Invitation,
    link: &'a Url,
}

/// To whoever invited: they joined.
#[derive(Template)]
#[template(path = "emails/invitation_accepted.txt", escape = "none", blocks = ["subject", "body"])]
struct Accepted<'a> {
    invitation: &'a Invitation,
    link: &'a Url,
}
