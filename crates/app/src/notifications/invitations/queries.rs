//! What mails say about invitations.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::french;
use iae_domain::ids::{InvitationId, OrganisationId};
use iae_domain::organisations::OrganisationFamily;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;
use crate::organisations::kind_label;

/// An invitation, with everything its mails may say.
pub(super) struct Invitation {
    pub id: InvitationId,
    pub token: String,
    pub email: String,
    sender: String,
    /// Whether somebody of the team sent it.
    pub by_team: bool,
    /// Who joined by it.
    guest: Option<String>,
    pub organisation: String,
    pub organisation_id: OrganisationId,
    family: OrganisationFamily,
    kind: String,
    expires_at: DateTime<Utc>,
}

impl Invitation {
    /// « Mission locale ».
    pub(super) fn kind(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }

    /// Who invites.
    pub(super) fn sender(&self) -> String {
        if self.by_team {
            format!("{}, de l’équipe de Parcours IAE,", self.sender)
        } else {
            self.sender.clone()
        }
    }

    /// Until when it serves, to the minute: as its page and the list of members say it (INV-5).
    pub(super) fn until(&self) -> String {
        french::date_time(self.expires_at)
    }

    /// Who joined, or the address that did.
    pub(super) fn guest(&self) -> &str {
        self.guest.as_deref().unwrap_or(&self.email)
    }
}

/// These invitations, by their ids.
pub(super) async fn invitations(
    db: &mut PgConnection,
    ids: impl Iterator<Item = InvitationId>,
) -> Result<HashMap<InvitationId, Invitation>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Invitation,
        r#"
        SELECT i.id AS "id: InvitationId"
             , i.token
             , i.email
             , full_name(sender.first_name, sender.last_name) AS "sender!"
             , sender.kind = 'itou_staff' AS "by_team!"
             , full_name(guest.first_name, guest.last_name) AS guest
             , o.shown_name AS "organisation!"
             , o.id AS "organisation_id: OrganisationId"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , i.expires_at
        FROM invitations i
        JOIN users sender ON sender.id = i.sender_id
        LEFT JOIN users guest ON guest.id = i.accepted_by
        JOIN organisations o ON o.id = i.organisation_id
        WHERE i.id = ANY ($1)
        ORDER BY i.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
