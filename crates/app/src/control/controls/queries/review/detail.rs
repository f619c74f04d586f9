//! One control, one of its hires, as the pages of the DDETS show them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::budget::{Budget, Left};
use iae_domain::candidates::ShownName;
use iae_domain::candidates::policy::controlled_name;
use iae_domain::control::{
    Calendar, Control, ControlledHire, Days, Withdrawal, is_control_in_view, is_in_view, policy,
};
use iae_domain::ids::{ControlCriterionId, ControlHireId, ControlId, OrganisationId};
use iae_domain::pass::PassNumber;
use iae_domain::time::Period;

use super::controlled;
use super::queries::{self, AboutRow};
use crate::budgets;
use crate::candidates::note_opening;
use crate::control::controls::queries::made::MadeDecisions;
use crate::error::{Error, Result};
use crate::gateways::pictures::count_pages;
use crate::{App, Ctx};

/// The control of an SIAE, and what surrounds it.
#[derive(Debug, Clone)]
pub struct ControlPage {
    /// The control.
    pub control: Control,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// The days of its campaign.
    pub days: Days,
    /// When the campaign was closed.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether the campaign is in view: else it has no list to come back to.
    pub campaign_in_view: bool,
    /// The SIAE.
    pub company: CompanyCard,
    /// How many hires were controlled, once they are deleted (§1.20).
    pub archived_hires: Option<i16>,
    /// The decisions on its negative result.
    pub decisions: MadeDecisions,
    people: Vec<HireCard>,
}

/// The SIAE, and how it is reached.
#[derive(Debug, Clone)]
pub struct CompanyCard {
    /// Its name.
    pub name: String,
    /// Its SIRET.
    pub siret: String,
    /// Its phone number.
    pub phone: Option<String>,
    /// Its address.
    pub email: Option<String>,
    /// The addresses of those who administer it: nobody else receives the mails of a control.
    pub administrators: Vec<String>,
}

/// A drawn hire, as it was at the draw.
#[derive(Debug, Clone)]
pub struct HireCard {
    /// Its id.
    pub id: ControlHireId,
    /// Who was hired, as a list says it: whoever reads the hire reads the name, which is kept (D34).
    pub masked: ShownName,
    /// Who was hired.
    pub person: ShownName,
    /// Their PASS.
    pub pass_number: PassNumber,
    /// First day of the contract, and of the PASS.
    pub starts_on: NaiveDate,
    /// Whether the hire was cancelled since.
    pub is_cancelled: bool,
}

impl ControlPage {
    /// Its hires, in their order.
    pub fn hires(&self) -> impl Iterator<Item = (&ControlledHire, &HireCard)> {
        self.people.iter().filter_map(move |card| Some((self.control.hire(card.id)?, card)))
    }

    /// One of them.
    pub fn hire(&self, id: ControlHireId) -> Option<(&ControlledHire, &HireCard)> {
        self.hires().find(|(hire, _)| hire.id == id)
    }
}

/// A control, for the DDETS that makes it; that of another does not exist, nor one that is out of view.
pub async fn control(app: &App, ctx: &Ctx<InspectorActor>, id: ControlId) -> Result<ControlPage> {
    let control = controlled(&app.db, ctx, id).await?;
    let rows = queries::about(&app.db, id).await?;
    let first = rows.first().ok_or(Error::NotFound)?;
    let hired = Period { start: first.hired_from, end: first.hired_to };
    let withdrawal = first.withdrawn_from.map(|from| Withdrawal { from, to: first.withdrawn_to });
    if !is_control_in_view(hired, first.ended_at, withdrawal, ctx.today()) {
        return Err(Error::NotFound);
    }
    Ok(ControlPage {
        hired,
        days: Days {
            calendar: Calendar { launch_on: first.launch_on, adversarial_from: first.adversarial_from },
            launched_at: first.launched_at,
            adversarial_at: first.adversarial_at,
        },
        ended_at: first.ended_at,
        campaign_in_view: is_in_view(hired, first.ended_at, ctx.today()),
        company: CompanyCard {
            name: first.company.clone(),
            siret: first.siret.clone(),
            phone: first.phone.clone(),
            email: first.email.clone(),
            administrators: first.administrators.clone(),
        },
        archived_hires: first.archived_hires,
        decisions: first.decisions.0.as_slice().into(),
        people: rows.into_iter().filter_map(|row| card(&ctx.actor, control.institution, row)).collect(),
        control,
    })
}

fn card(actor: &InspectorActor, controller: OrganisationId, row: AboutRow) -> Option<HireCard> {
    Some(HireCard {
        id: row.hire?,
        masked: row.person.clone()?.masked(),
        person: controlled_name(actor, controller, row.person?),
        pass_number: row.pass_number?,
        starts_on: row.starts_on?,
        is_cancelled: row.is_cancelled.unwrap_or_default(),
    })
}

/// A hire of a control, with what the rule says of each of its criteria.
#[derive(Debug, Clone)]
pub struct HirePage {
    /// The control.
    pub of: ControlPage,
    /// Which of its hires.
    pub id: ControlHireId,
    /// Its criteria, in their order.
    pub criteria: Vec<CriterionCard>,
    /// How many pages of proofs the reader may still look at.
    pub pictures: Left,
}

/// A criterion that is defended, as the order of 1 September 2021 says it.
#[derive(Debug, Clone)]
pub struct CriterionCard {
    /// Its id.
    pub id: ControlCriterionId,
    /// Its official label.
    pub label: String,
    /// What proves it.
    pub proof: String,
    /// Oldest proof accepted, in months before the delivery of the PASS.
    pub max_age_months: Option<i16>,
    /// How many pages of its proof are drawn; none when it was not submitted, or cannot be drawn.
    pub pages: Option<u32>,
}

/// The hire of a control, for the DDETS that makes it: who it is about is read (D34).
pub async fn hire(app: &App, ctx: &Ctx<InspectorActor>, id: ControlHireId) -> Result<HirePage> {
    policy::control(&ctx.actor)?;
    let rows = queries::criteria(&app.db, id).await?;
    let of = rows.first().map(|row| row.control).ok_or(Error::NotFound)?;
    let of = control(app, ctx, of).await?;
    let (hire, _) = of.hire(id).ok_or(Error::NotFound)?;
    note_opening(app, &ctx.any(), hire.candidate).await?;
    let pictures = budgets::left(app, &ctx.any(), Budget::Picture).await?;
    app.db.rest();
    let mut criteria = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(id), Some(label), Some(proof)) = (row.criterion, row.label, row.proof) else { continue };
        let pages = match row.storage_key {
            Some(key) => pages(app, &key).await,
            None => None,
        };
        criteria.push(CriterionCard { id, label, proof, max_age_months: row.max_age_months, pages });
    }
    Ok(HirePage { of, id, criteria, pictures })
}

/// How many pages a proof has. The page says that they are not shown when nobody can tell, and is shown.
async fn pages(app: &App, key: &str) -> Option<u32> {
    let counted = async { count_pages(app.files.get(key).await?).await };
    counted.await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the pages of a proof are not counted");
        None
    })
}
