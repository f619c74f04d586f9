//! Invitations of all organisations, as the team reads them.

use chrono::{DateTime, Utc};
use iae_domain::ids::{InvitationId, OrganisationId, UserId};
use iae_domain::organisations::invitations::InvitationState;
use iae_domain::text::Email;

use crate::error::Result;
use crate::{App, links};

/// Where an invitation stands (INV-5).
pub(in crate::organisations::invitations) fn state(
    accepted_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> InvitationState {
    if accepted_at.is_some() {
        InvitationState::Accepted
    } else if revoked_at.is_some() {
        InvitationState::Revoked
    } else if now < expires_at {
        InvitationState::Pending
    } else {
        InvitationState::Expired
    }
}

/// An invitation, as the team reads it.
#[derive(Debug, Clone)]
pub struct TeamInvitation {
    /// Its id.
    pub id: InvitationId,
    /// « Prénom NOM ».
    pub name: String,
    /// The address it was sent to.
    pub email: String,
    /// Where it leads.
    pub organisation: OrganisationId,
    /// The name of the organisation.
    pub organisation_name: String,
    /// Who invites.
    pub sender: UserId,
    /// Their name.
    pub sender_name: String,
    /// When it was sent, the last time.
    pub sent_at: DateTime<Utc>,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<Utc>>,
    /// Who accepted it.
    pub accepted_by: Option<String>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Why the team took it back.
    pub remark: Option<String>,
    token: String,
}

impl TeamInvitation {
    /// Where it stands.
    pub fn state(&self, now: DateTime<Utc>) -> InvitationState {
        state(self.accepted_at, self.revoked_at, self.expires_at, now)
    }

    /// Its link, to be handed over by another way: it is not enough to accept (INV-8).
    pub fn link(&self, app: &App) -> String {
        links::invitation(&app.config, self.id, &self.token).to_string()
    }
}

/// An invitation, whatever became of it.
pub async fn of_any(app: &App, id: InvitationId) -> Result<Option<TeamInvitation>> {
    Ok(for_team(app, Some(id), None, 1).await?.pop())
}

/// The last invitations to an address, whatever became of them.
pub async fn sent_to(app: &App, email: &Email) -> Result<Vec<TeamInvitation>> {
    for_team(app, None, Some(email), 100).await
}

async fn for_team(
    app: &App,
    id: Option<InvitationId>,
    email: Option<&Email>,
    most: i64,
) -> Result<Vec<TeamInvitation>> {
    let invitations = sqlx::query_as!(
        TeamInvitation,
        r#"
        SELECT i.id AS "id: InvitationId"
             , full_name(i.first_name, i.last_name) AS "name!"
             , i.email
             , i.organisation_id AS "organisation: OrganisationId"
             , o.shown_name AS "organisation_name!"
             , i.sender_id AS "sender: UserId"
             , full_name(sender.first_name, sender.last_name) AS "sender_name!"
             , i.sent_at
             , i.expires_at
             , i.accepted_at
             , full_name(guest.first_name, guest.last_name) AS accepted_by
             , i.revoked_at
             , i.revocation_remark AS remark
             , i.token
        FROM invitations i
        JOIN organisations o ON o.id = i.organisation_id
        JOIN users sender ON sender.id = i.sender_id
        LEFT JOIN users guest ON guest.id = i.accepted_by
        WHERE i.id = $1 OR i.email = $2
        ORDER BY i.sent_at DESC, i.id DESC
        LIMIT $3
        "#,
        id as Option<InvitationId>,
        email.map(Email::as_str),
        most,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(invitations)
}
