//! Decisions on negative results, in and out of the database. They are added, never changed (rule book 04 §1.15).

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Changed;
use iae_domain::control::{
    ControlDecision, Decided, DetailedSanctions, NegativeReason, Outcome, Withdrawal, in_order,
};
use iae_domain::ids::{ControlDecisionId, ControlHireId, ControlId, UserId};
use iae_domain::text::Message;
use uuid::Uuid;

use crate::Work;
use crate::db::{ensure_one_row, ensure_rows};
use crate::error::{Error, Result};

/// A decision, and one of its cuts.
struct DecisionRow {
    id: ControlDecisionId,
    control: ControlId,
    replaces: Option<ControlDecisionId>,
    replaced_why: Option<String>,
    is_annulment: bool,
    reason: Option<NegativeReason>,
    comment: Option<String>,
    training: Option<String>,
    withdrawn_from: Option<NaiveDate>,
    withdrawn_to: Option<NaiveDate>,
    leniency: Option<String>,
    by: UserId,
    by_name: String,
    at: DateTime<Utc>,
    hire: Option<ControlHireId>,
    percent: Option<i16>,
}

/// The decision in force on a control, and who made it: « Prénom NOM ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The decision.
    pub decision: ControlDecision,
    /// Who made it.
    pub by: String,
}

/// The decision in force on a control, when there is one: the last of those that replaced one another.
pub(in super::super) async fn in_force(
    db: impl sqlx::PgExecutor<'_>,
    control: ControlId,
) -> Result<Option<InForce>> {
    Ok(read(db, &[control]).await?.remove(&control).and_then(|mut made| made.pop()))
}

/// The decisions on these controls, in the order they replace one another: the last one of a control is in force. A control without any has
/// no entry.
pub(in crate::control) async fn of_controls(
    db: impl sqlx::PgExecutor<'_>,
    controls: &[ControlId],
) -> Result<HashMap<ControlId, Vec<ControlDecision>>> {
    let decisions =
        |made: Vec<InForce>| -> Vec<ControlDecision> { made.into_iter().map(|one| one.decision).collect() };
    let made = read(db, controls).await?;
    Ok(made.into_iter().map(|(control, made)| (control, decisions(made))).collect())
}

/// The same, each with who made it.
async fn read(
    db: impl sqlx::PgExecutor<'_>,
    controls: &[ControlId],
) -> Result<HashMap<ControlId, Vec<InForce>>> {
    let controls: Vec<Uuid> = controls.iter().map(|control| control.0).collect();
    let rows = sqlx::query_as!(
        DecisionRow,
        r#"
        SELECT d.id AS "id: ControlDecisionId"
             , d.control_id AS "control: ControlId"
             , d.replaces_id AS "replaces: ControlDecisionId"
             , d.replaced_why
             , d.is_annulment
             , d.reason AS "reason: NegativeReason"
             , d.comment
             , d.training
             , lower(d.withdrawn_days) AS withdrawn_from
             , upper(d.withdrawn_days) - 1 AS withdrawn_to
             , d.leniency
             , d.decided_by AS "by: UserId"
             , full_name(u.first_name, u.last_name) AS "by_name!"
             , d.decided_at AS "at"
             , s.hire_id AS "hire?: ControlHireId"
             , s.percent AS "percent?"
        FROM control_decisions d
        JOIN users u ON u.id = d.decided_by
        LEFT JOIN control_subsidy_cuts s ON s.decision_id = d.id
        LEFT JOIN control_hires h ON h.id = s.hire_id
        WHERE d.control_id = ANY($1)
        ORDER BY d.control_id, d.id, h.rank
        LIMIT 100000
        "#,
        &controls,
    )
    .fetch_all(db)
    .await?;
    let mut decisions: HashMap<ControlId, Vec<InForce>> = HashMap::new();
    for mut row in rows {
        let (id, cut) = (row.id, row.cut()?);
        let of = decisions.entry(row.control).or_default();
        if of.last().is_none_or(|last| last.decision.id != id) {
            let by = std::mem::take(&mut row.by_name);
            of.push(InForce { decision: row.decision()?, by });
        }
        if let (Some(Decided::Outcome(outcome)), Some(cut)) =
            (of.last_mut().map(|last| &mut last.decision.decided), cut)
        {
            outcome.sanctions.cuts.push(cut);
        }
    }
    let chained = |made| in_order(made, |one: &InForce| (one.decision.id, one.decision.replaced()));
    Ok(decisions.into_iter().map(|(control, made)| (control, chained(made))).collect())
}

impl DecisionRow {
    fn cut(&self) -> Result<Option<(ControlHireId, u8)>> {
        let Some((hire, percent)) = self.hire.zip(self.percent) else { return Ok(None) };
        let percent = u8::try_from(percent)
            .map_err(|_| Error::inconsistent("control_subsidy_cuts", "percent", self.id))?;
        Ok(Some((hire, percent)))
    }

    /// The decision, its cuts left aside.
    fn decision(self) -> Result<ControlDecision> {
        let id = self.id;
        let lacks = |column: &str| Error::inconsistent("control_decisions", column, id);
        let decided = if self.is_annulment {
            Decided::Annulled
        } else {
            Decided::Outcome(Outcome {
                reason: self.reason.ok_or_else(|| lacks("reason"))?,
                comment: words(id, "comment", self.comment)?.ok_or_else(|| lacks("comment"))?,
                sanctions: DetailedSanctions {
                    training: words(id, "training", self.training)?,
                    withdrawal: self.withdrawn_from.map(|from| Withdrawal { from, to: self.withdrawn_to }),
                    cuts: vec![],
                    leniency: words(id, "leniency", self.leniency)?,
                },
            })
        };
        let why = words(id, "replaced_why", self.replaced_why)?;
        let replaces = self.replaces.zip(why);
        Ok(ControlDecision { id, control: self.control, decided, replaces, by: self.by, at: self.at })
    }
}

/// Words as their column keeps them.
fn words<const MOST: usize>(
    id: ControlDecisionId,
    column: &str,
    text: Option<String>,
) -> Result<Option<Message<MOST>>> {
    let parse = |text: String| {
        Message::parse(&text).map_err(|_| Error::inconsistent("control_decisions", column, id))
    };
    text.map(parse).transpose()
}

/// Writes a decision, with its audit row and the mail it makes a reason for. The first of a control notifies its result.
pub(in super::super) async fn insert(work: &mut Work<'_>, changed: Changed<ControlDecision>) -> Result<()> {
    let decision = work.keep(changed);
    insert_decision(work, &decision).await?;
    if let Some(outcome) = decision.outcome() {
        insert_cuts(work, &decision, &outcome.sanctions.cuts).await?;
    }
    if decision.replaces.is_some() {
        return Ok(());
    }
    let result = sqlx::query!(
        "UPDATE controls SET notified_at = $2 WHERE id = $1 AND notified_at IS NULL",
        decision.control as _,
        decision.at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "controls")
}

async fn insert_decision(work: &mut Work<'_>, decision: &ControlDecision) -> Result<()> {
    let outcome = decision.outcome();
    let sanctions = outcome.map(|outcome| &outcome.sanctions);
    let withdrawal = sanctions.and_then(|sanctions| sanctions.withdrawal);
    let result = sqlx::query!(
        r#"
        INSERT INTO control_decisions
            (id, control_id, replaces_id, replaced_why, is_annulment, reason, comment, training, withdrawn_days,
             cuts_subsidy, leniency, decided_by, decided_at)
        VALUES
            ($1, $2, $3, $4, $5, $6, $7, $8,
             CASE WHEN $9::date IS NOT NULL THEN daterange($9::date, $10::date, '[]') END,
             $11, $12, $13, $14)
        "#,
        decision.id as _,
        decision.control as _,
        decision.replaced() as Option<ControlDecisionId>,
        decision.replaces.as_ref().map(|(_, why)| why.as_str()),
        outcome.is_none(),
        outcome.map(|outcome| outcome.reason.code()),
        outcome.map(|outcome| outcome.comment.as_str()),
        sanctions.and_then(|one| one.training.as_ref()).map(Message::as_str),
        withdrawal.map(|days| days.from),
        withdrawal.and_then(|days| days.to),
        sanctions.is_some_and(|one| !one.cuts.is_empty()),
        sanctions.and_then(|one| one.leniency.as_ref()).map(Message::as_str),
        decision.by as _,
        decision.at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "control_decisions")
}

async fn insert_cuts(
    work: &mut Work<'_>,
    decision: &ControlDecision,
    cuts: &[(ControlHireId, u8)],
) -> Result<()> {
    let hires: Vec<Uuid> = cuts.iter().map(|(hire, _)| hire.0).collect();
    let percents: Vec<i16> = cuts.iter().map(|(_, percent)| i16::from(*percent)).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO control_subsidy_cuts (decision_id, control_id, hire_id, percent)
        SELECT $1, $2, hire, percent
        FROM unnest($3::uuid[], $4::smallint[]) AS cut (hire, percent)
        "#,
        decision.id as _,
        decision.control as _,
        &hires,
        &percents,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, cuts.len(), "control_subsidy_cuts")
}
