//! How a draw was made, and the days of its campaign, for whoever they concern (rule book 04 §1.6, §1.19).

use iae_domain::Actor;
use iae_domain::control::{DrawnCompany, FrozenList, policy};
use iae_domain::ids::{ControlCampaignId, ControlId, OrganisationId};

use super::{CampaignDetail, campaign};
use crate::control::campaigns::store;
use crate::error::{Error, Result};
use crate::{Ctx, Db};

/// Who reads, hence what of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The team and the DDETS: the whole of it.
    All,
    /// An SIAE: its own lines, and the hashes of the others.
    Company {
        /// The SIAE.
        company: OrganisationId,
        /// Its control, when it was drawn.
        control: Option<ControlId>,
    },
}

impl Reader {
    /// Whether what is of this SIAE is read.
    pub fn reads(self, of: OrganisationId) -> bool {
        match self {
            Self::All => true,
            Self::Company { company, .. } => company == of,
        }
    }
}

/// A draw, as its page tells it.
#[derive(Debug, Clone)]
pub struct DrawDetail {
    /// The campaign.
    pub detail: CampaignDetail,
    /// Who reads.
    pub reader: Reader,
    /// The list as it is kept; empty until it is frozen.
    pub list: FrozenList,
    /// What its draw gives, done again; nothing until the value is known.
    pub drawn: Vec<DrawnCompany>,
}

impl DrawDetail {
    /// Whether what is kept is no longer what was published.
    pub fn is_tampered(&self) -> bool {
        let published = self.detail.campaign.list.as_ref();
        published.is_some_and(|published| published.digest != self.list.digest())
    }
}

/// The draw of a campaign. To whom it does not concern, it does not exist.
pub async fn draw(db: &Db, ctx: &Ctx<Actor>, id: ControlCampaignId) -> Result<DrawDetail> {
    let detail = campaign(db, id).await?.ok_or(Error::NotFound)?;
    let (reader, is_listed) = reader(db, &ctx.actor, id).await?;
    if !policy::read_draw(&ctx.actor, detail.campaign.institution, is_listed) {
        return Err(Error::NotFound);
    }
    let list = store::list(db, id).await?;
    let drawn = detail.value.as_ref().map(|value| list.draw(value, detail.campaign.ratio));
    Ok(DrawDetail { detail, reader, list, drawn: drawn.unwrap_or_default() })
}

/// The campaign whose days are read: the same readers, an SIAE only once it is controlled.
pub async fn calendar(db: &Db, ctx: &Ctx<Actor>, id: ControlCampaignId) -> Result<(CampaignDetail, Reader)> {
    let detail = campaign(db, id).await?.ok_or(Error::NotFound)?;
    let (reader, _) = reader(db, &ctx.actor, id).await?;
    let is_controlled = matches!(reader, Reader::Company { control: Some(_), .. });
    if !policy::read_draw(&ctx.actor, detail.campaign.institution, is_controlled) {
        return Err(Error::NotFound);
    }
    Ok((detail, reader))
}

/// Who reads, and whether the list has a line of theirs.
async fn reader(db: &Db, actor: &Actor, id: ControlCampaignId) -> Result<(Reader, bool)> {
    let Actor::Employer(employer) = actor else { return Ok((Reader::All, false)) };
    let company = employer.organisation;
    let row = sqlx::query!(
        r#"
        SELECT (
                   SELECT l.company_id
                   FROM control_list_lines l
                   WHERE l.campaign_id = $1 AND l.company_id = ANY ((SELECT inherited_by FROM read_inherited_by($2))::uuid[])
                   ORDER BY l.company_id = $2 DESC, l.company_id
                   LIMIT 1
               ) AS "listed: OrganisationId"
             , (
                   SELECT k.id
                   FROM controls k
                   WHERE k.campaign_id = $1 AND k.company_id = ANY ((SELECT inherited_by FROM read_inherited_by($2))::uuid[])
                   ORDER BY k.company_id = $2 DESC, k.id
                   LIMIT 1
               ) AS "control: ControlId"
        "#,
        id as _,
        company as _,
    )
    .fetch_one(db)
    .await?;
    let is_listed = row.listed.is_some() || row.control.is_some();
    let company = row.listed.unwrap_or(company);
    Ok((Reader::Company { company, control: row.control }, is_listed))
}
