//! Companies, as somebody who signs up finds theirs (SGN-7 to SGN-9).

use chrono::{DateTime, Utc};
use iae_domain::ids::{OrganisationId, SignUpRequestId, UserId};
use iae_domain::organisations::CompanyKind;
use iae_domain::organisations::sign_up::{CompanySearch, JOIN_ASKED_AGAIN};
use iae_domain::text::Email;

use super::said_in_short;
use crate::App;
use crate::error::Result;

/// Companies shown of a search, at most.
pub const COMPANIES_SHOWN: usize = 50;

/// A company that was found.
#[derive(Debug, Clone)]
pub struct CompanyRow {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// Whether anybody acts for it.
    pub has_members: bool,
}

/// Active companies; one more than are shown when there are more.
pub async fn companies(app: &App, search: &CompanySearch) -> Result<Vec<CompanyRow>> {
    let (siren, siret, words) = match search {
        CompanySearch::Siren(siren) => (Some(siren.as_str()), None, Vec::new()),
        CompanySearch::Siret(siret) => (None, Some(siret.as_str()), Vec::new()),
        CompanySearch::Name(words) => {
            (None, None, words.iter().map(|word| format!("% {word}%")).collect::<Vec<String>>())
        }
    };
    let limit = i64::try_from(COMPANIES_SHOWN).unwrap_or(i64::MAX).saturating_add(1);
    let rows = sqlx::query_as!(
        CompanyRow,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , o.kind AS "kind: CompanyKind"
             , o.siret AS "siret!"
             , o.post_code
             , o.city
             , EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               ) AS "has_members!"
        FROM organisations o
        JOIN company_activity a ON a.organisation_id = o.id
        WHERE o.family = 'company'
          AND a.active_until = 'infinity'
          AND ($1::text IS NULL OR o.siret BETWEEN $1 || '00000' AND $1 || '99999')
          AND o.closed_at IS NULL
          AND ($2::text IS NULL OR o.siret = $2 OR o.id = ANY (organisations_of_siret($2)))
          AND ' ' || o.search || ' ' || folded(o.brand) LIKE ALL ($3::text[])
        ORDER BY o.search
               , o.id
        LIMIT $4
        "#,
        siren,
        siret,
        &words,
        limit,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(rows)
}

/// A company, as somebody who would join it reads it.
#[derive(Debug, Clone)]
pub struct Company {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    contact_first_name: Option<String>,
    contact_last_name: Option<String>,
    /// Whether the contact administers it.
    pub contact_is_admin: bool,
    /// Whether whoever reads acts for it.
    pub is_member: bool,
    auth_email: Option<String>,
    asked_at: Option<DateTime<Utc>>,
}

impl Company {
    /// Who is asked, its first administrator, else its first member, said in short (SGN-7); none when nobody acts for it.
    pub fn contact(&self) -> Option<String> {
        said_in_short(self.contact_first_name.as_deref(), self.contact_last_name.as_deref())
    }

    /// When whoever reads asked to be let in, and when they may ask again; none once they may (SGN-15).
    pub fn asked(&self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let asked_at = self.asked_at?;
        let again = asked_at + JOIN_ASKED_AGAIN;
        (now < again).then_some((asked_at, again))
    }

    /// Where a link is sent, as whoever signs up reads it (USR-13); none when the official data give no address.
    pub fn redacted_address(&self) -> Option<String> {
        let address = Email::parse(self.auth_email.as_deref()?).ok()?;
        Some(address.redacted_user())
    }
}

/// An active company; any other does not exist for whoever signs up.
pub async fn company(app: &App, id: OrganisationId, reader: UserId) -> Result<Option<Company>> {
    let company = sqlx::query_as!(
        Company,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , o.kind AS "kind: CompanyKind"
             , o.siret AS "siret!"
             , o.post_code
             , o.city
             , contact.first_name AS "contact_first_name?"
             , contact.last_name AS "contact_last_name?"
             , coalesce(contact.is_admin, false) AS "contact_is_admin!"
             , EXISTS (
                   SELECT FROM memberships own WHERE own.organisation_id = o.id AND own.user_id = $2 AND own.is_active
               ) AS "is_member!"
             , c.auth_email
             , (
                   SELECT max(r.asked_at)
                   FROM sign_up_requests r
                   WHERE r.organisation_id = o.id AND r.user_id = $2 AND r.token IS NULL
               ) AS "asked_at?"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        JOIN company_activity a ON a.organisation_id = c.organisation_id
        LEFT JOIN LATERAL (
            SELECT u.first_name
                 , u.last_name
                 , m.is_admin
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
            ORDER BY m.is_admin DESC, m.joined_at, m.id
            LIMIT 1
        ) contact ON true
        WHERE c.organisation_id = $1 AND a.active_until = 'infinity'
        "#,
        id as _,
        reader as _,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(company)
}

/// The link of a company, as whoever holds it reads it.
#[derive(Debug, Clone)]
pub struct Landing {
    /// The company.
    pub company: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: String,
    /// Town.
    pub city: String,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
    somebody_came: bool,
    /// Whether the company takes newcomers.
    pub is_open: bool,
    /// Whether somebody acts for it.
    pub has_members: bool,
    /// Whether whoever reads acts for it.
    pub is_member: bool,
}

impl Landing {
    /// Whether it still lets somebody in (SGN-9).
    pub fn serves(&self, now: DateTime<Utc>) -> bool {
        let is_over = self.used_at.is_some() || self.somebody_came || now >= self.expires_at;
        self.is_open && !self.has_members && !is_over
    }
}

/// A link, for who has its word.
pub async fn landing(app: &App, id: SignUpRequestId, token: &str, reader: UserId) -> Result<Option<Landing>> {
    let landing = sqlx::query_as!(
        Landing,
        r#"
        SELECT o.id AS "company: OrganisationId"
             , o.shown_name AS "name!"
             , o.kind AS "kind: CompanyKind"
             , o.siret AS "siret!"
             , o.city
             , r.expires_at AS "expires_at!"
             , r.used_at
             , EXISTS (
                   SELECT
                   FROM memberships came
                   WHERE came.organisation_id = r.organisation_id AND came.joined_at > r.asked_at
               ) AS "somebody_came!"
             , coalesce(a.active_until = 'infinity', false) AS "is_open!"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               ) AS "has_members!"
             , EXISTS (
                   SELECT FROM memberships own WHERE own.organisation_id = o.id AND own.user_id = $3 AND own.is_active
               ) AS "is_member!"
        FROM sign_up_requests r
        JOIN organisations o ON o.id = r.organisation_id
        JOIN company_activity a ON a.organisation_id = o.id
        WHERE r.id = $1 AND r.token = $2
        "#,
        id as _,
        token,
        reader as _,
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(landing)
}
