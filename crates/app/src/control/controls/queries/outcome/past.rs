//! What a DDETS reads beside a decision it is about to make: the other controls of the SIAE, the days of the campaign (rule book 04
//! §1.15).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{Calendar, Control, ControlDecision, FinalState, in_view_since};
use iae_domain::ids::{ControlId, OrganisationId};
use iae_domain::time::{Period, paris_midnight};

use super::queries;
use crate::control::controls::store::decisions;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Another control of the same SIAE, by any DDETS, with its result.
#[derive(Debug, Clone)]
pub struct PastControl {
    /// Its id.
    pub id: ControlId,
    /// The DDETS that made it.
    pub institution: OrganisationId,
    /// Its name.
    pub ddets: String,
    /// Which contracts were controlled, by their first day.
    pub hired: Period,
    /// Its result.
    pub result: FinalState,
    /// When the SIAE had it: at the end of the campaign, or with the decision when that one came first.
    pub settled_at: DateTime<Utc>,
    /// What was decided of a negative result; none when nothing was notified yet.
    pub in_force: Option<ControlDecision>,
}

impl PastControl {
    /// Whether it found the SIAE irregular: a decision that was annulled says no more so.
    pub fn is_irregular(&self) -> bool {
        let is_annulled = self.in_force.as_ref().is_some_and(|decision| decision.outcome().is_none());
        self.result == FinalState::Refused && !is_annulled
    }
}

/// What surrounds a decision.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The days of the campaign.
    pub calendar: Calendar,
    /// When the contradictory phase was begun.
    pub adversarial_at: Option<DateTime<Utc>>,
    /// The other controls of the SIAE that are in view, the latest period first.
    pub past: Vec<PastControl>,
}

/// What surrounds the decision on a control. Who may read the control was said by whoever read it.
pub async fn surroundings(app: &App, ctx: &Ctx<InspectorActor>, control: &Control) -> Result<Surroundings> {
    let since = paris_midnight(in_view_since(ctx.today()));
    let rows = queries::settled(&app.db, control, since).await?;
    let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.id == control.id);
    let own = own.into_iter().next().ok_or(Error::NotFound)?;
    let ids: Vec<ControlId> = others.iter().map(|row| row.id).collect();
    let mut decisions =
        if ids.is_empty() { HashMap::new() } else { decisions::of_controls(&app.db, &ids).await? };
    let past = others.into_iter().filter_map(|row| {
        Some(PastControl {
            id: row.id,
            institution: row.institution,
            ddets: row.ddets,
            hired: Period { start: row.hired_from, end: row.hired_to },
            result: row.result,
            settled_at: row.settled_at?,
            in_force: decisions.remove(&row.id).and_then(|mut made| made.pop()),
        })
    });
    let past = past.collect();
    let calendar = Calendar { launch_on: own.launch_on, adversarial_from: own.adversarial_from };
    Ok(Surroundings { calendar, adversarial_at: own.adversarial_at, past })
}
