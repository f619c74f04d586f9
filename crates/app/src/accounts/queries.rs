//! What is read of accounts.

use chrono::{DateTime, Utc};
use iae_domain::accounts::UserKind;
use iae_domain::ids::{AnnouncementEditionId, OrganisationId, UserId};
use iae_domain::organisations::{CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind};
use iae_domain::staff::StaffGroup;
use iae_domain::text::{Email, full_name};
use iae_domain::time::paris_date;
use uuid::Uuid;

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

/// An account beside one of the memberships it may be used under, or beside none.
pub(super) struct PersonRow {
    /// Its kind.
    pub kind: UserKind,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Whether it holds every right of the staff area.
    pub is_superuser: bool,
    /// The groups of the team it is in.
    pub groups: Vec<String>,
    /// The version of the terms its holder accepted last.
    pub terms: Option<String>,
    /// Whether they were welcomed.
    pub is_welcomed: bool,
    /// Whether they have a second factor here.
    pub has_second_factor: bool,
    /// Its address.
    pub email: Option<Email>,
    /// The announcements that its holder read and hid.
    pub dismissed: Vec<Uuid>,
    /// The organisation; none of what follows when there is none.
    pub organisation: Option<OrganisationId>,
    /// Whether the member administers it.
    pub is_admin: Option<bool>,
    /// Its family.
    pub family: Option<OrganisationFamily>,
    /// Its kind, within the family.
    pub organisation_kind: Option<String>,
    /// Its département; that of the candidate, when there is no organisation.
    pub department_code: Option<String>,
    /// Its name as shown.
    pub name: Option<String>,
    /// Whether a prescriber organisation is authorised today.
    pub authorised: Option<bool>,
    /// The end of the grace period of a company.
    pub grace_until: Option<DateTime<Utc>>,
}

/// The account with its usable memberships: companies first, those in grace after the active ones, then prescriber
/// organisations, then institutions, the oldest first (SES-1, CMP-18). None when the account is closed. The session is read
/// with the same (`sessions/store.rs`).
pub(super) async fn signed_in(
    db: &mut sqlx::PgConnection,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<SignedIn>> {
    let rows = sqlx::query_as!(
        PersonRow,
        r#"
        SELECT u.kind
             , u.first_name
             , u.last_name
             , u.is_superuser
             , ARRAY(SELECT g.code FROM staff_groups g WHERE g.user_id = u.id ORDER BY g.code LIMIT 50) AS "groups!"
             , u.terms_version AS terms
             , u.welcomed_at IS NOT NULL AS "is_welcomed!"
             , EXISTS (
                   SELECT FROM second_factors f WHERE f.user_id = u.id AND f.removed_at IS NULL
               ) AS "has_second_factor!"
             , u.email AS "email: Email"
             , u.dismissed_announcements AS dismissed
             , m.organisation_id AS "organisation?: OrganisationId"
             , m.is_admin AS "is_admin?"
             , m.family AS "family?: OrganisationFamily"
             , m.kind AS "organisation_kind?"
             , coalesce(m.department_code, (SELECT c.department_code FROM candidates c WHERE c.id = u.id))
                   AS "department_code?"
             , m.shown_name AS "name?"
             , is_authorised(p, $3) AS authorised
             , nullif(m.active_until, 'infinity') AS grace_until
        FROM users u
        LEFT JOIN active_memberships m
               ON m.user_id = u.id
              AND u.kind = 'professional'
              AND (m.family <> 'company' OR m.active_until >= $2)
        LEFT JOIN prescriber_organisations p ON p.organisation_id = m.organisation_id
        WHERE u.id = $1 AND u.is_active
        ORDER BY m.rank
               , (m.active_until = 'infinity') DESC
               , m.joined_at
               , m.id
        "#,
        user as _,
        now,
        paris_date(now),
    )
    .fetch_all(db)
    .await?;
    person(user, rows)
}

/// The person of these rows, one for each membership, in order.
pub(super) fn person(user: UserId, rows: Vec<PersonRow>) -> Result<Option<SignedIn>> {
    let mut person = None;
    let mut memberships = Vec::new();
    for row in rows {
        person.get_or_insert_with(|| SignedIn {
            user,
            kind: row.kind,
            name: full_name(&row.first_name, &row.last_name),
            is_superuser: row.is_superuser,
            groups: row.groups.iter().filter_map(|code| StaffGroup::parse(code)).collect(),
            terms: row.terms,
            is_welcomed: row.is_welcomed,
            has_second_factor: row.has_second_factor,
            email: row.email,
            dismissed: row.dismissed.into_iter().map(AnnouncementEditionId).collect(),
            department: row.department_code.clone().filter(|_| row.organisation.is_none()),
            memberships: Vec::new(),
            current: None,
            impersonator: None,
        });
        let (Some(organisation), Some(family), Some(kind)) =
            (row.organisation, row.family, row.organisation_kind)
        else {
            continue;
        };
        let department = row.department_code;
        let role = role(family, &kind, row.authorised.unwrap_or(false), department.clone())
            .ok_or_else(|| Error::inconsistent("organisations", "kind", organisation))?;
        memberships.push(Membership {
            organisation,
            name: row.name.unwrap_or_default(),
            role,
            department,
            is_admin: row.is_admin.unwrap_or(false),
            grace_until: row.grace_until,
        });
    }
    Ok(person.map(|person| SignedIn { memberships, ..person }))
}

fn role(
    family: OrganisationFamily,
    kind: &str,
    authorised: bool,
    department: Option<String>,
) -> Option<Role> {
    Some(match family {
        OrganisationFamily::Company => Role::Employer(CompanyKind::parse(kind)?),
        OrganisationFamily::Prescriber => Role::Prescriber { kind: PrescriberKind::parse(kind)?, authorised },
        OrganisationFamily::Institution => {
            Role::Inspector { kind: InstitutionKind::parse(kind)?, department }
        }
    })
}
