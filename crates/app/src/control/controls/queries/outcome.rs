//! What was decided of a negative result, as those it concerns read it: the DDETS that decided, the SIAE (rule book 04 §1.15,
//! §1.19). Nobody else, and nothing before it is notified.

mod past;
mod queries;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::control::{
    Calendar, Control, ControlDecision, ControlledHire, Sirets, is_control_in_view, is_in_view, policy,
};
use iae_domain::ids::{ControlHireId, ControlId, UserId};
use iae_domain::pass::PassNumber;
use iae_domain::time::Period;

pub use past::{PastControl, Surroundings, surroundings};

use super::super::store::{self, Only, decisions};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// A control whose negative result was decided of, and its decisions.
#[derive(Debug, Clone)]
pub struct OutcomeDetail {
    /// The control.
    pub control: Control,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// Whether its campaign is in view: else it has no list to come back to.
    pub campaign_in_view: bool,
    /// The days of its campaign.
    pub calendar: Calendar,
    /// When the contradictory phase was begun.
    pub adversarial_at: Option<DateTime<Utc>>,
    /// The SIAE.
    pub company: DecidedCompany,
    /// The DDETS that decides.
    pub ddets: Decider,
    /// The decisions that another took the place of, in the order they replace one another.
    pub former: Vec<ControlDecision>,
    /// The decision in force.
    pub in_force: ControlDecision,
    /// Whether a mail told the SIAE of it: none leaves for one that nobody administers.
    pub is_mailed: bool,
    numbers: HashMap<ControlHireId, PassNumber>,
    agents: HashMap<UserId, String>,
}

/// The SIAE that was decided of.
#[derive(Debug, Clone)]
pub struct DecidedCompany {
    /// Its official name.
    pub name: String,
    /// What it calls itself, when that is not its name.
    pub brand: Option<String>,
    /// Its SIRET.
    pub sirets: Sirets,
    /// Its address, a line each; empty when it has none.
    pub address: String,
}

/// The DDETS that decides, and how it is reached.
#[derive(Debug, Clone)]
pub struct Decider {
    /// Its name.
    pub name: String,
    /// Its postal address, a line each; empty when it has none.
    pub address: String,
    /// Its address of e-mail.
    pub email: Option<String>,
    /// Its phone number.
    pub phone: Option<String>,
}

impl DecidedCompany {
    /// What pages call it.
    pub fn shown_name(&self) -> &str {
        self.brand.as_deref().unwrap_or(&self.name)
    }
}

impl OutcomeDetail {
    /// Every decision, in the order they replace one another.
    pub fn decisions(&self) -> impl Iterator<Item = &ControlDecision> {
        self.former.iter().chain(std::iter::once(&self.in_force))
    }

    /// The drawn hires, each with the number of its PASS as it was at the draw, in their order.
    pub fn passes(&self) -> impl Iterator<Item = (&ControlledHire, &PassNumber)> {
        let hires = self.control.hires.iter();
        hires.filter_map(|hire| Some((hire, self.numbers.get(&hire.id)?)))
    }

    /// The agent who decided.
    pub fn decided_by(&self, decision: &ControlDecision) -> Option<&str> {
        self.agents.get(&decision.by).map(String::as_str)
    }
}

/// What was decided of a control, for who it concerns; for anyone else, before it is notified or out of view, it does not exist.
pub async fn outcome(app: &App, ctx: &Ctx<Actor>, id: ControlId) -> Result<OutcomeDetail> {
    let only = Only { control: Some(id), ..Only::default() };
    let control = store::read(&app.db, only).await?.pop().ok_or(Error::NotFound)?;
    let is_read = policy::read_outcome(&ctx.actor, (control.answering, control.institution));
    if !is_read || control.notified_at.is_none() {
        return Err(Error::NotFound);
    }
    let mut former = decisions::of_controls(&app.db, &[id]).await?.remove(&id).unwrap_or_default();
    let in_force = former.pop().ok_or(Error::NotFound)?;
    let mut rows = queries::about(&app.db, id).await?;
    let numbers = rows.iter_mut().filter_map(|row| row.hire.zip(row.number.take())).collect();
    let about = rows.into_iter().next().ok_or(Error::NotFound)?;
    let hired = Period { start: about.hired_from, end: about.hired_to };
    let withdrawal = in_force.outcome().and_then(|outcome| outcome.sanctions.withdrawal);
    if !is_control_in_view(hired, about.ended_at, withdrawal, ctx.today()) {
        return Err(Error::NotFound);
    }
    Ok(OutcomeDetail {
        control,
        hired,
        campaign_in_view: is_in_view(hired, about.ended_at, ctx.today()),
        calendar: Calendar { launch_on: about.launch_on, adversarial_from: about.adversarial_from },
        adversarial_at: about.adversarial_at,
        company: DecidedCompany {
            name: about.company,
            brand: about.brand,
            sirets: Sirets::new(about.siret, about.siret_signature),
            address: about.address,
        },
        ddets: Decider {
            name: about.ddets,
            address: about.ddets_address,
            email: about.ddets_email,
            phone: about.ddets_phone,
        },
        former,
        in_force,
        is_mailed: about.is_mailed,
        numbers,
        agents: about.agents.0.into_iter().collect(),
    })
}
