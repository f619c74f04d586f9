//! What a structure is made of, as the team chooses a part of it.

use iae_domain::ids::{JobDescriptionId, MembershipId, OrganisationId};
use iae_domain::organisations::succession::SplitPart;
use serde::Deserialize;
use sqlx::types::Json;

use crate::error::Result;

/// A post of a structure, as its part is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Post {
    /// Its id.
    pub id: JobDescriptionId,
    /// What it is called.
    pub label: String,
    /// Where, when it is not at the structure.
    pub town: Option<String>,
    /// Whether it is open.
    pub is_open: bool,
    /// How many applied for it.
    pub applications: i64,
}

/// A member of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PieceMember {
    /// The membership.
    pub id: MembershipId,
    /// Who.
    pub name: String,
    /// Whether they administer it.
    pub is_admin: bool,
}

/// An antenna of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PieceAntenna {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its SIRET.
    pub siret: String,
}

/// What a structure may give a part of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Its posts, those that are open first.
    pub posts: Vec<Post>,
    /// Its active members, by name.
    pub members: Vec<PieceMember>,
    /// Its antennas.
    pub antennas: Vec<PieceAntenna>,
}

/// A part that is the structure's own, and how many administer the structure.
pub(in super::super) struct Chosen {
    pub part: SplitPart,
    pub administrators: usize,
}

impl Pieces {
    /// What was chosen, when all of it is the structure's.
    pub(in super::super) fn chosen(&self, asked: &SplitPart) -> Option<Chosen> {
        let posts = asked.posts.iter().all(|post| self.posts.iter().any(|own| own.id == *post));
        let antennas = asked.antennas.iter().all(|one| self.antennas.iter().any(|own| own.id == *one));
        let member = |(id, _): &(MembershipId, bool)| {
            let own = self.members.iter().find(|own| own.id == *id)?;
            Some((own.id, own.is_admin))
        };
        let members = asked.members.iter().map(member).collect::<Option<Vec<_>>>()?;
        let part = SplitPart { posts: asked.posts.clone(), members, antennas: asked.antennas.clone() };
        let administrators = self.members.iter().filter(|own| own.is_admin).count();
        (posts && antennas).then_some(Chosen { part, administrators })
    }
}

/// What a structure may give a part of, in one statement.
pub async fn pieces(db: impl sqlx::PgExecutor<'_>, structure: OrganisationId) -> Result<Pieces> {
    let row = sqlx::query!(
        r#"
        SELECT (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'id', j.id,
                       'label', j.label,
                       'town', p.name,
                       'is_open', j.is_active,
                       'applications', (SELECT count(*) FROM application_jobs a WHERE a.job_description_id = j.id)
                   ) ORDER BY j.is_active DESC, j.label, j.id), '[]')
                   FROM job_descriptions j
                   LEFT JOIN communes p ON p.insee_code = j.commune_code
                   WHERE j.company_id = $1
               ) AS "posts!: Json<Vec<Post>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'id', m.id,
                       'name', full_name(u.first_name, u.last_name),
                       'is_admin', m.is_admin
                   ) ORDER BY u.last_name, u.first_name, m.id), '[]')
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id AND u.is_active
                   WHERE m.organisation_id = $1 AND m.is_active
               ) AS "members!: Json<Vec<PieceMember>>"
             , (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'id', o.id,
                       'name', o.shown_name,
                       'siret', o.siret
                   ) ORDER BY o.search, o.id), '[]')
                   FROM companies c
                   JOIN companies other ON other.convention_id = c.convention_id AND other.organisation_id <> c.organisation_id
                   JOIN organisations o ON o.id = other.organisation_id AND o.closed_at IS NULL
                   WHERE c.organisation_id = $1 AND c.source = 'ASP'
               ) AS "antennas!: Json<Vec<PieceAntenna>>"
        "#,
        structure as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Pieces { posts: row.posts.0, members: row.members.0, antennas: row.antennas.0 })
}
