//! What an organisation is.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::applications::visible_since;
use iae_domain::ids::{ConventionId, OrganisationId, UserId};
use iae_domain::organisations::team::{Sight, TurnedConvention};
use iae_domain::organisations::{
    AuthorisationStatus, CompanyKind, CompanySource, OrganisationFamily, Standing,
};
use iae_domain::staff::{StaffRight, ensure};

use crate::error::{Error, Result};
use crate::organisations::kind_label;
use crate::{App, Ctx};

/// An organisation.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its id.
    pub id: OrganisationId,
    /// Its family.
    pub family: OrganisationFamily,
    /// The code of its kind.
    pub kind: String,
    /// Its SIRET.
    pub siret: Option<String>,
    /// Its official name.
    pub name: String,
    /// What it is called.
    pub shown_name: String,
    /// Number and street.
    pub address_line_1: String,
    /// The rest of the address.
    pub address_line_2: String,
    /// Post code.
    pub post_code: Option<String>,
    /// Town.
    pub city: String,
    /// The code of its département.
    pub department_code: Option<String>,
    /// « Moselle (57) ».
    pub department: Option<String>,
    /// Its public phone number.
    pub phone: Option<String>,
    /// Its public address.
    pub email: Option<String>,
    /// Its web site.
    pub website: Option<String>,
    /// Whether searches around a commune find it.
    pub is_located: bool,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// When what is said of it last changed.
    pub updated_at: DateTime<Utc>,
    /// Where it stands (CMP-16).
    pub standing: Standing,
    /// Of a company whose convention fell: the end of its days of grace, past or not.
    pub grace_until: Option<DateTime<Utc>>,
    /// Since when nobody acts for it any more.
    pub closed_at: Option<DateTime<Utc>>,
    /// What took its place.
    pub replaced_by: Option<OrganisationId>,
    /// What the team transferred what it had to, disabling it.
    pub given_to: Option<OrganisationId>,
    /// Where a company comes from.
    pub source: Option<CompanySource>,
    /// The official address of a company: never shown outside the team (CMP-7).
    pub auth_email: Option<String>,
    /// Whether a company may be found.
    pub is_searchable: Option<bool>,
    /// Since when a company takes no application.
    pub blocked_at: Option<DateTime<Utc>>,
    /// Where the authorisation of a prescriber organisation stands.
    pub authorisation: Option<AuthorisationStatus>,
    /// Its code, of an agency of France Travail.
    pub code_safir: Option<String>,
    /// Whether it may prescribe today.
    pub is_authorised: bool,
    /// How much was done with it.
    pub counts: Counts,
    /// The last day of its annexes that are valid.
    pub annexes_until: Option<NaiveDate>,
    convention: Option<ConventionId>,
    convention_number: Option<i32>,
    convention_is_active: Option<bool>,
    deactivated_at: Option<DateTime<Utc>>,
    reactivated_at: Option<DateTime<Utc>>,
    reactivated_by: Option<UserId>,
}

/// How much was done with an organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Applications it received, and sees.
    pub received: i64,
    /// Those it received and does not see any more (VIS-1).
    pub faded: i64,
    /// Applications it sent.
    pub sent: i64,
    /// PASS IAE it hired under.
    pub passes: i64,
    /// Diagnoses it made.
    pub diagnoses: i64,
    /// Active members.
    pub members: i64,
    /// Those who administer it.
    pub administrators: i64,
}

impl Card {
    /// What it is, in words.
    pub fn kind_label(&self) -> &'static str {
        kind_label(self.family, &self.kind)
    }

    /// The kind of a company.
    pub fn company_kind(&self) -> Option<CompanyKind> {
        match self.family {
            OrganisationFamily::Company => CompanyKind::parse(&self.kind),
            OrganisationFamily::Prescriber | OrganisationFamily::Institution => None,
        }
    }

    /// Whether a company may be found.
    pub fn sight(&self) -> Option<Sight> {
        Some(Sight {
            company: self.id,
            kind: self.company_kind()?,
            source: self.source?,
            is_searchable: self.is_searchable?,
        })
    }

    /// The convention of a company, and its number at the paying agency.
    pub fn convention(&self) -> Option<(TurnedConvention, i32)> {
        let convention = TurnedConvention {
            id: self.convention?,
            is_active: self.convention_is_active?,
            deactivated_at: self.deactivated_at,
            reactivated_at: self.reactivated_at,
            reactivated_by: self.reactivated_by,
        };
        Some((convention, self.convention_number?))
    }

    /// The number of its convention at the paying agency.
    pub const fn convention_number(&self) -> Option<i32> {
        self.convention_number
    }

    /// Whether it is still as the team disabled it, once what it had was transferred.
    pub fn is_disabled(&self) -> bool {
        self.standing == Standing::Disabled
    }

    /// Whether nobody can come in by themselves: neither a member to invite, nor an official address to send a link to.
    pub fn is_out_of_reach(&self) -> bool {
        self.family == OrganisationFamily::Company
            && self.closed_at.is_none()
            && !self.is_disabled()
            && self.counts.members == 0
            && self.auth_email.as_deref().unwrap_or_default().is_empty()
    }
}

/// The organisation, in one statement; each count has the index of its table.
#[expect(clippy::too_many_lines, reason = "one statement, one column a line")]
pub async fn card(app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId) -> Result<Card> {
    ensure(&ctx.actor, StaffRight::ReadOrganisations)?;
    let today = ctx.today();
    let row = sqlx::query!(
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.family AS "family: OrganisationFamily"
             , o.kind
             , o.siret
             , o.name
             , o.shown_name AS "shown_name!"
             , o.address_line_1
             , o.address_line_2
             , o.post_code
             , o.city
             , o.department_code
             , d.name || ' (' || d.code || ')' AS department
             , o.phone
             , o.email
             , o.website
             , o.latitude IS NOT NULL AS "is_located!"
             , o.created_at
             , o.updated_at
             , standing_at(s.standing, s.active_until, $4) AS "standing!: Standing"
             , nullif(s.active_until, 'infinity') AS grace_until
             , o.closed_at
             , o.replaced_by AS "replaced_by: OrganisationId"
             , (
                   SELECT t.target_id
                   FROM organisation_transfers t
                   WHERE t.source_id = o.id AND t.kind = 'transfer' AND t.closes_source
                   ORDER BY t.done_at DESC
                          , t.id DESC
                   LIMIT 1
               ) AS "given_to?: OrganisationId"
             , c.source AS "source?: CompanySource"
             , c.auth_email AS "auth_email?"
             , c.is_searchable AS "is_searchable?"
             , c.block_applications_at AS "blocked_at?"
             , p.authorisation_status AS "authorisation?: AuthorisationStatus"
             , p.code_safir AS "code_safir?"
             , coalesce(is_authorised(p, $2), false) AS "is_authorised!"
             , (
                   SELECT max(f.ends_on)
                   FROM financial_annexes f
                   WHERE f.convention_id = v.id AND f.state IN ('VALIDE', 'PROVISOIRE')
               ) AS annexes_until
             , (SELECT count(*) FROM applications a WHERE company_sees(o.id, a, $3)) AS "received!"
             , (
                   SELECT count(*)
                   FROM applications a
                   WHERE a.company_id = o.id AND NOT company_sees(o.id, a, $3)
               ) AS "faded!"
             , (SELECT count(*) FROM applications a WHERE a.sender_organisation_id = o.id) AS "sent!"
             , (SELECT count(*) FROM hired_passes h WHERE h.company_id = o.id) AS "passes!"
             , (SELECT count(*) FROM eligibility_diagnoses e WHERE e.organisation_id = o.id) AS "diagnoses!"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               ) AS "members!"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND m.is_admin AND u.is_active
               ) AS "administrators!"
             , v.id AS "convention?: ConventionId"
             , v.asp_id AS "convention_number?"
             , v.is_active AS "convention_is_active?"
             , v.deactivated_at AS "deactivated_at?"
             , v.reactivated_at AS "reactivated_at?"
             , v.reactivated_by AS "reactivated_by?: UserId"
        FROM organisations o
        JOIN organisation_standings s ON s.organisation_id = o.id
        LEFT JOIN departments d ON d.code = o.department_code
        LEFT JOIN companies c ON c.organisation_id = o.id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = o.id
        LEFT JOIN conventions v ON v.id = c.convention_id
        WHERE o.id = $1
        "#,
        id as _,
        today,
        visible_since(ctx.now),
        ctx.now,
    )
    .fetch_optional(&app.db)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(Card {
        id: row.id,
        family: row.family,
        kind: row.kind,
        siret: row.siret,
        name: row.name,
        shown_name: row.shown_name,
        address_line_1: row.address_line_1,
        address_line_2: row.address_line_2,
        post_code: row.post_code,
        city: row.city,
        department_code: row.department_code,
        department: row.department,
        phone: row.phone,
        email: row.email,
        website: row.website,
        is_located: row.is_located,
        created_at: row.created_at,
        updated_at: row.updated_at,
        standing: row.standing,
        grace_until: row.grace_until,
        closed_at: row.closed_at,
        replaced_by: row.replaced_by,
        given_to: row.given_to,
        source: row.source,
        auth_email: row.auth_email,
        is_searchable: row.is_searchable,
        blocked_at: row.blocked_at,
        authorisation: row.authorisation,
        code_safir: row.code_safir,
        is_authorised: row.is_authorised,
        counts: Counts {
            received: row.received,
            faded: row.faded,
            sent: row.sent,
            passes: row.passes,
            diagnoses: row.diagnoses,
            members: row.members,
            administrators: row.administrators,
        },
        annexes_until: row.annexes_until,
        convention: row.convention,
        convention_number: row.convention_number,
        convention_is_active: row.convention_is_active,
        deactivated_at: row.deactivated_at,
        reactivated_at: row.reactivated_at,
        reactivated_by: row.reactivated_by,
    })
}
