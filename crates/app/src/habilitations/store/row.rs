//! A request of habilitation, as its columns have it.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::habilitations::{GivenOpinion, Habilitation, HabilitationState, Opinion, Order, Written};
use iae_domain::ids::{HabilitationId, OrganisationId};
use iae_domain::time::Period;

use crate::error::Result;

struct Row {
    id: HabilitationId,
    organisation: OrganisationId,
    department: String,
    ddets: Option<OrganisationId>,
    is_renewal: bool,
    is_recorded: bool,
    state: HabilitationState,
    identified: String,
    mission: String,
    staff: String,
    need: String,
    agreements: String,
    local_bodies: String,
    pieces: i64,
    complement: Option<String>,
    opinion: Option<Opinion>,
    opinion_on: Option<NaiveDate>,
    opinion_words: String,
    order_number: Option<String>,
    ordered_on: Option<NaiveDate>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    reason: Option<String>,
    begun_at: DateTime<Utc>,
    submitted_at: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
    changed_at: DateTime<Utc>,
    announced_months: Option<i16>,
    ended_at: Option<DateTime<Utc>>,
}

impl Row {
    fn order(&self) -> Option<Order> {
        let period = Period { start: self.starts_on?, end: self.ends_on? };
        Some(Order { number: self.order_number.clone()?, ordered_on: self.ordered_on?, period })
    }
}

impl From<Row> for Habilitation {
    fn from(row: Row) -> Self {
        let order = row.order();
        let (on, words) = (row.opinion_on, row.opinion_words);
        Self {
            id: row.id,
            organisation: row.organisation,
            department: row.department,
            ddets: row.ddets,
            is_renewal: row.is_renewal,
            is_recorded: row.is_recorded,
            state: row.state,
            written: Written {
                identified: row.identified,
                mission: row.mission,
                staff: row.staff,
                need: row.need,
                agreements: row.agreements,
                local_bodies: row.local_bodies,
            },
            pieces: usize::try_from(row.pieces).unwrap_or_default(),
            complement: row.complement,
            opinion: row.opinion.map(|opinion| GivenOpinion { opinion, on, words }),
            order,
            reason: row.reason,
            begun_at: row.begun_at,
            submitted_at: row.submitted_at,
            decided_at: row.decided_at,
            changed_at: row.changed_at,
            announced_months: row.announced_months.map(|months| u32::from(months.unsigned_abs())),
            ended_at: row.ended_at,
        }
    }
}

/// The request of this id, or those of this organisation, the latest first.
pub(in crate::habilitations) async fn read(
    db: impl sqlx::PgExecutor<'_>,
    id: Option<HabilitationId>,
    organisation: Option<OrganisationId>,
) -> Result<Vec<Habilitation>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT h.id AS "id: HabilitationId"
             , h.organisation_id AS "organisation: OrganisationId"
             , h.department_code AS department
             , active_ddets(h.department_code) AS "ddets: OrganisationId"
             , h.is_renewal
             , h.is_recorded
             , h.state AS "state: HabilitationState"
             , h.identified
             , h.mission
             , h.staff
             , h.need
             , h.agreements
             , h.local_bodies
             , (SELECT count(*) FROM habilitation_pieces p WHERE p.habilitation_id = h.id) AS "pieces!"
             , h.complement
             , h.opinion AS "opinion: Opinion"
             , h.opinion_on
             , h.opinion_words
             , h.order_number
             , h.ordered_on
             , h.starts_on
             , h.ends_on
             , h.reason
             , h.begun_at
             , h.submitted_at
             , h.decided_at
             , h.changed_at
             , h.announced_months
             , h.ended_at
        FROM habilitations h
        WHERE h.id = $1 OR h.organisation_id = $2
        ORDER BY h.begun_at DESC, h.id DESC
        LIMIT 100
        "#,
        id as Option<HabilitationId>,
        organisation as Option<OrganisationId>,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Habilitation::from).collect())
}
