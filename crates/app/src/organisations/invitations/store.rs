//! Invitations in and out of the database. Whoever changes one locks its organisation first.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::accounts::UserKind;
use iae_domain::actor::Colleague;
use iae_domain::ids::{InvitationId, OrganisationId, UserId};
use iae_domain::organisations::PrescriberKind;
use iae_domain::organisations::invitations::{
    Host, Invitation, Invited, Known, NewInvitation, RevokedBecause, SENT_AGAIN,
};
use iae_domain::staff::SupportRemark;
use iae_domain::text::Email;
use uuid::Uuid;

use crate::Work;
use crate::db::{ensure_one_row, ensure_rows};
use crate::error::Result;
use crate::organisations::{members, secret};

/// An invitation as its columns have it.
struct Row {
    id: InvitationId,
    organisation: OrganisationId,
    sender: UserId,
    email: Email,
    sent_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    accepted_at: Option<DateTime<Utc>>,
    accepted_by: Option<UserId>,
    revoked_at: Option<DateTime<Utc>>,
}

impl From<Row> for Invitation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            organisation: row.organisation,
            sender: row.sender,
            email: row.email,
            sent_at: row.sent_at,
            expires_at: row.expires_at,
            accepted: row.accepted_at.zip(row.accepted_by),
            revoked_at: row.revoked_at,
        }
    }
}

/// Where an invitation leads, and the word of its link.
pub(super) async fn place(work: &mut Work<'_>, id: InvitationId) -> Result<Option<(OrganisationId, String)>> {
    let place = sqlx::query!(
        r#"SELECT organisation_id AS "organisation: OrganisationId", token FROM invitations WHERE id = $1"#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(place.map(|place| (place.organisation, place.token)))
}

/// An invitation, once its organisation is locked.
pub(super) async fn lock(work: &mut Work<'_>, id: InvitationId) -> Result<Option<Invitation>> {
    let row = sqlx::query_as!(
        Row,
        r#"
        SELECT id AS "id: InvitationId"
             , organisation_id AS "organisation: OrganisationId"
             , sender_id AS "sender: UserId"
             , email AS "email: Email"
             , sent_at
             , expires_at
             , accepted_at
             , accepted_by AS "accepted_by: UserId"
             , revoked_at
        FROM invitations
        WHERE id = $1
        FOR UPDATE
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(row.map(Invitation::from))
}

/// What decides who this member may invite, once their organisation is locked.
pub(super) async fn host(work: &mut Work<'_>, sender: &Colleague) -> Result<Host> {
    let (organisation, user) = (sender.organisation(), sender.user());
    let is_member = members::store::membership(work, organisation, user).await?.is_some_and(|m| m.is_active);
    let is_france_travail = match sender {
        Colleague::Prescriber(prescriber) => prescriber.kind == PrescriberKind::Ft,
        Colleague::Employer(_) | Colleague::Inspector(_) => false,
    };
    let host = hosted(work, organisation, user, is_france_travail).await?;
    Ok(Host { is_open: is_member && host.is_open, ..host })
}

/// What decides whom the team may invite there, once the organisation is locked.
pub(super) async fn host_of_team(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
) -> Result<Host> {
    let is_france_travail = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT
            FROM prescriber_organisations p
            WHERE p.organisation_id = $1 AND p.kind = $2
        ) AS "is_france_travail!"
        "#,
        organisation as _,
        PrescriberKind::Ft.code(),
    )
    .fetch_one(work.db())
    .await?;
    hosted(work, organisation, user, is_france_travail).await
}

/// The same, whoever invites.
async fn hosted(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
    is_france_travail: bool,
) -> Result<Host> {
    let is_open = members::store::is_open(work, organisation).await?;
    let now = work.now();
    let pending = sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "pending!"
        FROM invitations
        WHERE organisation_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2
        "#,
        organisation as _,
        now,
    )
    .fetch_one(work.db())
    .await?;
    let just_invited = sqlx::query_scalar!(
        r#"
        SELECT DISTINCT email AS "email: Email"
        FROM invitations
        WHERE organisation_id = $1
          AND sender_id = $2
          AND accepted_at IS NULL
          AND revoked_at IS NULL
          AND sent_at > $3
        ORDER BY email
        LIMIT 1000
        "#,
        organisation as _,
        user as _,
        now - SENT_AGAIN,
    )
    .fetch_all(work.db())
    .await?;
    Ok(Host {
        organisation,
        sender: user,
        is_open,
        is_france_travail,
        pending: usize::try_from(pending).unwrap_or(usize::MAX),
        just_invited,
    })
}

/// What is known of the accounts that have these addresses, beside each.
pub(super) async fn known(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    people: Vec<Invited>,
) -> Result<Vec<(Invited, Option<Known>)>> {
    let emails: Vec<String> = people.iter().map(|person| person.email.as_str().to_owned()).collect();
    let accounts = sqlx::query!(
        r#"
        SELECT u.email AS "email!: Email"
             , u.kind AS "kind: UserKind"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   WHERE m.user_id = u.id AND m.organisation_id = $1 AND m.is_active AND u.is_active
               ) AS "is_member!"
        FROM users u
        WHERE u.email = ANY ($2)
        ORDER BY u.email
        LIMIT 1000
        "#,
        organisation as _,
        &emails,
    )
    .fetch_all(work.db())
    .await?;
    let known = |invited: Invited| {
        let account = accounts.iter().find(|account| account.email == invited.email);
        let known = account.map(|account| Known { kind: account.kind, is_member: account.is_member });
        (invited, known)
    };
    Ok(people.into_iter().map(known).collect())
}

/// Writes invitations, each with its audit row and its mail.
pub(super) async fn insert(work: &mut Work<'_>, changed: Changed<Vec<NewInvitation>>) -> Result<usize> {
    let invitations = work.keep(changed);
    let texts = |text: fn(&NewInvitation) -> &str| -> Vec<String> {
        invitations.iter().map(|invitation| text(invitation).to_owned()).collect()
    };
    let Some(first) = invitations.first() else { return Ok(0) };
    let result = sqlx::query!(
        r#"
        INSERT INTO invitations
            (id, organisation_id, sender_id, email, first_name, last_name, token, created_at, sent_at, expires_at)
        SELECT new.id, $1, $2, new.email, new.first_name, new.last_name, new.token, $3, $3, $4
        FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[])
            AS new (id, email, first_name, last_name, token)
        "#,
        first.organisation as _,
        first.sender as _,
        first.sent_at,
        first.expires_at,
        &invitations.iter().map(|invitation| invitation.id.0).collect::<Vec<Uuid>>(),
        &texts(|invitation| invitation.invited.email.as_str()),
        &texts(|invitation| invitation.invited.first_name.as_str()),
        &texts(|invitation| invitation.invited.last_name.as_str()),
        &invitations.iter().map(|_| secret()).collect::<Vec<String>>(),
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, invitations.len(), "invitations")?;
    Ok(invitations.len())
}

/// Writes what became of an invitation, with its audit row and its mail.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Invitation>) -> Result<()> {
    let invitation = work.keep(changed);
    let (accepted_at, accepted_by) = invitation.accepted.unzip();
    let result = sqlx::query!(
        r#"
        UPDATE invitations
        SET sent_at = $2, expires_at = $3, accepted_at = $4, accepted_by = $5, revoked_at = $6
        WHERE id = $1
        "#,
        invitation.id as _,
        invitation.sent_at,
        invitation.expires_at,
        accepted_at,
        accepted_by as Option<UserId>,
        invitation.revoked_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "invitations")
}

/// Writes that the team took an invitation back, and why.
pub(super) async fn save_taken_back(
    work: &mut Work<'_>,
    changed: Changed<(Invitation, SupportRemark)>,
) -> Result<()> {
    let (invitation, remark) = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE invitations SET revoked_at = $2, revocation_remark = $3 WHERE id = $1",
        invitation.id as _,
        invitation.revoked_at,
        remark.as_str(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "invitations")
}

/// Takes back the invitations of an organisation that nobody accepted, to an address or from somebody, once it is locked; those that
/// expired too, which could be sent again.
pub(in crate::organisations) async fn revoke_of(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    to: Option<Email>,
    sent_by: Option<UserId>,
    because: RevokedBecause,
) -> Result<()> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT id AS "id: InvitationId"
             , organisation_id AS "organisation: OrganisationId"
             , sender_id AS "sender: UserId"
             , email AS "email: Email"
             , sent_at
             , expires_at
             , accepted_at
             , accepted_by AS "accepted_by: UserId"
             , revoked_at
        FROM invitations
        WHERE organisation_id = $1
          AND (email = $2 OR sender_id = $3)
          AND accepted_at IS NULL
          AND revoked_at IS NULL
        ORDER BY id
        LIMIT 1000
        FOR UPDATE
        "#,
        organisation as _,
        to.as_ref().map(Email::as_str),
        sent_by as Option<UserId>,
    )
    .fetch_all(work.db())
    .await?;
    let now = work.now();
    for invitation in rows.into_iter().map(Invitation::from) {
        if let Ok(revoked) = invitation.revoke(because, now) {
            save(work, revoked).await?;
        }
    }
    Ok(())
}

/// Takes back what waits for somebody who leaves, and what they sent: each for its own reason (MEM-7, INV-12).
pub(in crate::organisations) async fn revoke_to_and_from(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    to: Option<Email>,
    from: UserId,
    (to_because, from_because): (RevokedBecause, RevokedBecause),
) -> Result<()> {
    revoke_of(work, organisation, to, None, to_because).await?;
    revoke_of(work, organisation, None, Some(from), from_because).await
}
