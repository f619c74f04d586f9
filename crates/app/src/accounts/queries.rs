//! What is read of accounts.

use chrono::{DateTime, Utc};
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::{
    AuthorisationStatus, CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind,
};
use iae_domain::text::full_name;

use super::{Membership, Role, SignedIn};
use crate::Db;
use crate::error::{Error, Result};

/// Everyone who belongs or belonged to an organisation: their account, as a text, and their name.
pub(crate) async fn members(db: &Db, organisation: OrganisationId) -> Result<Vec<(String, String)>> {
    let members = sqlx::query!(
        r#"
        SELECT u.id::text AS "user!"
             , full_name(u.first_name, u.last_name) AS "name!"
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        WHERE m.organisation_id = $1
        ORDER BY u.last_name, u.first_name, u.id
        LIMIT 1000
        "#,
        organisation as _,
    )
    .fetch_all(db)
    .await?;
    Ok(members.into_iter().map(|member| (member.user, member.name)).collect())
}

/// The account with its usable memberships: companies first, those in grace after the active ones, then prescriber
/// organisations, then institutions, the oldest first (SES-1, CMP-18). None when the account is closed.
pub(super) async fn signed_in(
    db: &mut sqlx::PgConnection,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>> {
    let rows = sqlx::query!(
        r#"
        SELECT u.kind
             , u.first_name
             , u.last_name
             , u.is_superuser
             , m.organisation_id AS "organisation?"
             , m.is_admin AS "is_admin?"
             , o.family AS "family?"
             , o.kind AS "organisation_kind?"
             , o.department_code
             , o.shown_name AS "name?"
             , p.authorisation_status AS "authorisation_status?"
             , nullif(a.active_until, 'infinity') AS grace_until
        FROM users u
        LEFT JOIN (
            memberships m
            JOIN organisations o ON o.id = m.organisation_id
            LEFT JOIN company_activity a ON a.organisation_id = o.id
            LEFT JOIN prescriber_organisations p ON p.organisation_id = o.id
        ) ON m.user_id = u.id
             AND m.is_active
             AND u.kind = 'professional'
             AND (o.family <> 'company' OR a.active_until >= $2)
        WHERE u.id = $1 AND u.is_active
        ORDER BY array_position(ARRAY['company', 'prescriber', 'institution'], o.family)
               , (a.active_until = 'infinity') DESC
               , m.joined_at
               , m.id
        "#,
        user as _,
        now,
    )
    .fetch_all(db)
    .await?;
    let mut person = None;
    let mut memberships = Vec::new();
    for row in rows {
        person.get_or_insert((row.kind, row.first_name, row.last_name, row.is_superuser));
        let (Some(organisation), Some(family), Some(kind)) =
            (row.organisation, row.family, row.organisation_kind)
        else {
            continue;
        };
        let role = role(family, &kind, row.authorisation_status, row.department_code)
            .ok_or_else(|| Error::inconsistent("organisations", "kind", organisation))?;
        memberships.push(Membership {
            organisation,
            name: row.name.unwrap_or_default(),
            role,
            is_admin: row.is_admin.unwrap_or(false),
            grace_until: row.grace_until,
        });
    }
    Ok(person.map(|(kind, first_name, last_name, is_superuser)| SignedIn {
        user,
        kind,
        name: full_name(&first_name, &last_name),
        is_superuser,
        memberships,
        current: None,
    }))
}

fn role(
    family: OrganisationFamily,
    kind: &str,
    authorisation: Option<AuthorisationStatus>,
    department: Option<String>,
) -> Option<Role> {
    Some(match family {
        OrganisationFamily::Company => Role::Employer(CompanyKind::parse(kind)?),
        OrganisationFamily::Prescriber => Role::Prescriber {
            kind: PrescriberKind::parse(kind)?,
            authorised: authorisation.is_some_and(AuthorisationStatus::is_authorised),
        },
        OrganisationFamily::Institution => {
            Role::Inspector { kind: InstitutionKind::parse(kind)?, department }
        }
    })
}
