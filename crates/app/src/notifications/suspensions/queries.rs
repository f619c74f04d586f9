//! What mails say about the suspensions of a PASS.

use std::collections::HashMap;

use chrono::NaiveDate;
use iae_domain::actor::ActorRecord;
use iae_domain::french;
use iae_domain::ids::{OrganisationId, PassId, UserId};
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::suspension::has_unknown_end;
use iae_domain::pass::{CorrectionReason, Parcours, SuspensionReason, remaining, waiting_period};
use iae_domain::time::{Period, add_days};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;
use crate::notifications::letter::named;

/// A PASS, with the suspension that was touched last and its closure.
pub(super) struct Facts {
    id: PassId,
    pub holder: String,
    parcours: Json<Parcours>,
    actor_name: Option<String>,
    actor_organisation: Option<String>,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    reason: Option<SuspensionReason>,
    closure_reason: Option<ClosureReason>,
    correction_reason: Option<CorrectionReason>,
    corrected_from: Option<NaiveDate>,
    corrected_until: Option<NaiveDate>,
}

impl Facts {
    /// « Émile SCHMITT (Les Jardins de la Seille) ».
    pub(super) fn actor(&self) -> String {
        named(self.actor_name.as_deref(), self.actor_organisation.as_deref())
            .unwrap_or_else(|| "L’équipe du service".to_owned())
    }

    pub(super) const fn last_suspended_day(&self) -> Option<NaiveDate> {
        self.ends_on
    }

    /// « du 3 mars au 5 avril 2026 », « du 3 mars 2026 au 2 mars 2029 au plus tard (fin inconnue) ».
    pub(super) fn days(&self) -> Option<String> {
        let (start, end) = self.starts_on.zip(self.ends_on)?;
        let at_most = if self.has_unknown_end() { " au plus tard (fin inconnue)" } else { "" };
        Some(format!("{}{at_most}", french::period(start, end)))
    }

    fn has_unknown_end(&self) -> bool {
        self.starts_on.zip(self.ends_on).is_some_and(|(start, end)| has_unknown_end(Period { start, end }))
    }

    /// The first day of parcours after the suspension.
    pub(super) fn resumes_on(&self) -> Option<String> {
        self.ends_on.map(|end| french::date(add_days(end, 1)))
    }

    pub(super) fn reason(&self) -> Option<&'static str> {
        self.reason.map(SuspensionReason::label)
    }

    pub(super) fn closure_reason(&self) -> Option<&'static str> {
        self.closure_reason.map(ClosureReason::label)
    }

    pub(super) fn correction_reason(&self) -> Option<&'static str> {
        self.correction_reason.map(CorrectionReason::label)
    }

    /// Its days before the team corrected them.
    pub(super) fn days_before(&self) -> Option<String> {
        self.corrected_from.zip(self.corrected_until).map(|(start, end)| french::period(start, end))
    }

    /// Its days.
    pub(super) fn days_of_pass(&self) -> String {
        let Period { start, end } = self.parcours.0.period();
        french::period(start, end)
    }

    /// The last day of the PASS, the latest it can be while a suspension has no known end.
    pub(super) fn end(&self) -> String {
        let at_most = if self.has_unknown_end() { " au plus tard" } else { "" };
        format!("{}{at_most}", french::date(self.parcours.0.end()))
    }

    /// The last day of the waiting period that follows.
    pub(super) fn waits_until(&self) -> String {
        french::date(waiting_period::waiting_end(self.parcours.0.end()))
    }

    pub(super) fn remaining(&self, today: NaiveDate) -> String {
        remaining(&self.parcours.0, today)
    }
}

/// These PASS, by their ids, as `by` leaves them.
pub(super) async fn facts(
    db: &mut PgConnection,
    ids: impl Iterator<Item = PassId>,
    by: &ActorRecord,
) -> Result<HashMap<PassId, Facts>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Facts,
        r#"
        SELECT p.id
             , full_name(holder.first_name, holder.last_name) AS "holder!"
             , (SELECT parcours FROM read_parcours(p.id, p.starts_on, p.issued_days, p.closed_on)) AS "parcours!: Json<Parcours>"
             , full_name(actor.first_name, actor.last_name) AS actor_name
             , acting.shown_name AS "actor_organisation?"
             , touched.starts_on AS "starts_on?"
             , touched.ends_on AS "ends_on?"
             , touched.reason AS "reason?: SuspensionReason"
             , c.reason AS "closure_reason?: ClosureReason"
             , corrected.reason AS "correction_reason?: CorrectionReason"
             , corrected.started_on AS "corrected_from?"
             , corrected.ended_on AS "corrected_until?"
        FROM passes p
        JOIN users holder ON holder.id = p.candidate_id
        LEFT JOIN users actor ON actor.id = $2
        LEFT JOIN organisations acting ON acting.id = $3
        LEFT JOIN pass_closures c ON c.pass_id = p.id
        LEFT JOIN LATERAL (
            SELECT s.starts_on, s.ends_on, s.reason
            FROM suspensions s
            WHERE s.pass_id = p.id
            ORDER BY s.updated_at DESC, s.starts_on DESC
            LIMIT 1
        ) touched ON true
        LEFT JOIN LATERAL (
            SELECT k.reason, k.started_on, k.ended_on
            FROM pass_corrections k
            WHERE k.pass_id = p.id
            ORDER BY k.id DESC
            LIMIT 1
        ) corrected ON true
        WHERE p.id = ANY ($1)
        ORDER BY p.id
        "#,
        &ids,
        by.user as Option<UserId>,
        by.organisation as Option<OrganisationId>,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
