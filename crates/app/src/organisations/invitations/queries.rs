//! Invitations, as pages show them.

mod team;

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::ids::{InvitationId, OrganisationId, UserId};
use iae_domain::organisations::OrganisationFamily;
use iae_domain::organisations::invitations::InvitationState;
use iae_domain::text::Email;

use crate::error::Result;
use crate::organisations::kind_label;
use crate::{App, Ctx};

pub(super) use team::state;
pub use team::{TeamInvitation, of_any, sent_to};

/// How long an invitation that expired is still shown, to be sent again.
const SHOWN_EXPIRED: TimeDelta = TimeDelta::days(30);

/// An invitation that nobody accepted, as members of its organisation read it.
#[derive(Debug, Clone)]
pub struct OpenInvitation {
    /// Its id.
    pub id: InvitationId,
    /// « Prénom NOM ».
    pub name: String,
    /// The address it was sent to.
    pub email: String,
    /// Who invites.
    pub sender: UserId,
    /// Their name.
    pub sender_name: String,
    /// When it was sent, the last time.
    pub sent_at: DateTime<Utc>,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    /// The word of its link.
    pub token: String,
}

/// Those of an organisation that wait, and those that expired lately, the latest first (MEM-15).
pub async fn open(
    app: &App,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> Result<Vec<OpenInvitation>> {
    let invitations = sqlx::query_as!(
        OpenInvitation,
        r#"
        SELECT i.id AS "id: InvitationId"
             , full_name(i.first_name, i.last_name) AS "name!"
             , i.email
             , i.sender_id AS "sender: UserId"
             , full_name(u.first_name, u.last_name) AS "sender_name!"
             , i.sent_at
             , i.expires_at
             , i.token
        FROM invitations i
        JOIN users u ON u.id = i.sender_id
        WHERE i.organisation_id = $1
          AND i.accepted_at IS NULL
          AND i.revoked_at IS NULL
          AND i.expires_at > $2
        ORDER BY i.expires_at DESC, i.id DESC
        LIMIT 100
        "#,
        organisation as _,
        now - SHOWN_EXPIRED,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(invitations)
}

/// An invitation, as whoever holds its link reads it.
#[derive(Debug, Clone)]
pub struct Landing {
    /// The address it was sent to.
    pub email: Email,
    /// « Prénom NOM ».
    pub name: String,
    /// Where it leads.
    pub organisation: OrganisationId,
    /// The name of the organisation.
    pub organisation_name: String,
    family: OrganisationFamily,
    kind: String,
    /// Who invites.
    pub sender_name: String,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    accepted_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    /// Whether the organisation takes newcomers (INV-6).
    pub is_open: bool,
    /// Whether its address is that of whoever reads.
    pub is_own: bool,
}

impl Landing {
    /// Where it stands (INV-5).
    pub fn state(&self, now: DateTime<Utc>) -> InvitationState {
        state(self.accepted_at, self.revoked_at, self.expires_at, now)
    }

    /// What the organisation is, in words.
    pub fn kind_label(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }
}

/// An invitation, for who has the word of its link, or its address.
pub async fn landing(
    app: &App,
    id: InvitationId,
    token: &str,
    reader: Option<UserId>,
) -> Result<Option<Landing>> {
    let landing = sqlx::query_as!(
        Landing,
        r#"
        SELECT i.email AS "email: Email"
             , full_name(i.first_name, i.last_name) AS "name!"
             , i.organisation_id AS "organisation: OrganisationId"
             , o.shown_name AS "organisation_name!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , full_name(sender.first_name, sender.last_name) AS "sender_name!"
             , i.expires_at
             , i.accepted_at
             , i.revoked_at
             , o.closed_at IS NULL AND (o.family <> 'company' OR coalesce(a.active_until = 'infinity', false)) AS "is_open!"
             , coalesce(reader.email = i.email, false) AS "is_own!"
        FROM invitations i
        JOIN organisations o ON o.id = i.organisation_id
        JOIN users sender ON sender.id = i.sender_id
        LEFT JOIN company_activity a ON a.organisation_id = o.id
        LEFT JOIN users reader ON reader.id = $3
        WHERE i.id = $1 AND (i.token = $2 OR reader.email = i.email)
        "#,
        id as _,
        token,
        reader as Option<UserId>,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(landing)
}

/// An invitation that waits for whoever reads.
#[derive(Debug, Clone)]
pub struct OwnInvitation {
    /// Its id.
    pub id: InvitationId,
    /// The name of the organisation.
    pub organisation_name: String,
    family: OrganisationFamily,
    kind: String,
    /// Who invites.
    pub sender_name: String,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
}

impl OwnInvitation {
    /// What the organisation is, in words.
    pub fn kind_label(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }
}

/// Those that wait for somebody, by their address, of organisations that take newcomers (D2, INV-6).
pub async fn waiting_for<A>(app: &App, ctx: &Ctx<A>, user: UserId) -> Result<Vec<OwnInvitation>> {
    let invitations = sqlx::query_as!(
        OwnInvitation,
        r#"
        SELECT i.id AS "id: InvitationId"
             , o.shown_name AS "organisation_name!"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , full_name(sender.first_name, sender.last_name) AS "sender_name!"
             , i.expires_at
        FROM users u
        JOIN invitations i ON i.email = u.email
        JOIN organisations o ON o.id = i.organisation_id
        JOIN users sender ON sender.id = i.sender_id
        LEFT JOIN company_activity a ON a.organisation_id = o.id
        WHERE u.id = $1
          AND u.kind = 'professional'
          AND i.accepted_at IS NULL
          AND i.revoked_at IS NULL
          AND i.expires_at > $2
          AND (o.family <> 'company' OR a.active_until = 'infinity')
        ORDER BY i.expires_at, i.id
        LIMIT 50
        "#,
        user as _,
        ctx.now,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(invitations)
}
