//! A request, as whoever instructs it reads it.

use chrono::{DateTime, Utc};
use iae_domain::french;
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{Assessment, Authorisation, Habilitation, HabilitationState, Piece};
use iae_domain::ids::HabilitationId;

use super::{assessment, pieces};
use crate::error::{Error, Result};
use crate::habilitations::store;
use crate::{App, Ctx, Db};

/// A request, with all that is read to decide of it.
#[derive(Debug, Clone)]
pub struct HabilitationDetail {
    /// The request.
    pub habilitation: Habilitation,
    /// Whether its organisation is authorised, and until when.
    pub authorisation: Authorisation,
    /// What the organisation is called.
    pub name: String,
    /// Its SIRET.
    pub siret: Option<String>,
    /// Its address, on a line.
    pub address: String,
    /// Its public address and number.
    pub contact: Vec<String>,
    /// « Moselle (57) ».
    pub department: String,
    /// How many active members it has.
    pub members: i64,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Its other requests and orders, the latest first; its draft excepted.
    pub others: Vec<Habilitation>,
    /// What it did under the right that is renewed.
    pub assessment: Option<Assessment>,
    /// Who changed it last, and when.
    pub changed: (Option<String>, DateTime<Utc>),
    /// Whether whoever reads it instructs it.
    pub may_instruct: bool,
}

/// What the row of its organisation says.
struct Card {
    name: String,
    siret: Option<String>,
    address: String,
    email: Option<String>,
    phone: Option<String>,
    department: String,
    members: i64,
    changed_by: Option<String>,
}

/// A request that was submitted, for whoever may read it; that of another département does not exist.
pub async fn detail(app: &App, ctx: &Ctx<Instructor>, id: HabilitationId) -> Result<HabilitationDetail> {
    let found = store::read(&app.db, Some(id), None).await?.pop();
    let habilitation = found
        .filter(|one| one.state != HabilitationState::Draft && ctx.actor.reads(&one.department))
        .ok_or(Error::NotFound)?;
    let organisation = habilitation.organisation;
    let applicant = store::applicant(&app.db, organisation).await?.ok_or(Error::NotFound)?;
    let card = card(&app.db, id).await?.ok_or(Error::NotFound)?;
    let mut others = store::read(&app.db, None, Some(organisation)).await?;
    others.retain(|one| one.id != id && one.state != HabilitationState::Draft);
    let assessment = if habilitation.is_renewal && !habilitation.is_recorded {
        let earlier = others.iter().find(|one| one.state == HabilitationState::Granted && one.id < id);
        let right = earlier.and_then(|one| one.order.as_ref()).map(|order| order.period);
        Some(assessment(&app.db, organisation, Assessment::period(right, ctx.today())).await?)
    } else {
        None
    };
    let may_instruct = ctx.actor.instructs(&habilitation.department, habilitation.ddets.is_some()).is_ok();
    Ok(HabilitationDetail {
        authorisation: applicant.authorisation,
        name: card.name,
        siret: card.siret,
        address: card.address,
        contact: [card.email, card.phone.as_deref().map(french::phone)].into_iter().flatten().collect(),
        department: card.department,
        members: card.members,
        pieces: pieces(&app.db, id).await?,
        others,
        assessment,
        changed: (card.changed_by, habilitation.changed_at),
        may_instruct,
        habilitation,
    })
}

async fn card(db: &Db, id: HabilitationId) -> Result<Option<Card>> {
    let card = sqlx::query_as!(
        Card,
        r#"
        SELECT o.shown_name AS name
             , o.siret
             , concat_ws(', ', nullif(o.address_line_1, ''), nullif(concat_ws(' ', o.post_code, o.city), '')) AS "address!"
             , nullif(o.email, '') AS email
             , nullif(o.phone, '') AS phone
             , d.name || ' (' || d.code || ')' AS "department!"
             , (SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = o.id AND m.is_active AND u.is_active)
                   AS "members!"
             , full_name(u.first_name, u.last_name) AS changed_by
        FROM habilitations h
        JOIN organisations o ON o.id = h.organisation_id
        JOIN departments d ON d.code = h.department_code
        LEFT JOIN users u ON u.id = h.changed_by
        WHERE h.id = $1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(card)
}
