//! `/dashboard`: what waits for the person who signed in, then figures and shortcuts.

mod candidate;
mod employer;
mod inspector;
mod prescriber;
mod staff;

use axum::extract::State;
use axum_extra::extract::Query;
use chrono::NaiveDate;
use iae_app::applications::drafts::{ResumableDraft, resumable};
use iae_app::dashboard::queries::WaitingApplication;
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::applications::StateCode;
use iae_domain::time::paris_date;
use serde::Deserialize;

use crate::application_drafts::listed;
use crate::applications::state_badge::{StateBadge, of_application};
use crate::error::{PageError, PageResult};
use crate::layout::Layout;
use crate::paths::{ApplicationPath, DashboardPath, DraftAbandonmentPath, DraftSummaryPath};
use crate::routing::Routes;
use crate::state::WebState;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(get)
}

/// What the address of a dashboard says.
#[derive(Debug, Default, Deserialize)]
pub struct DashboardQuery {
    #[serde(default)]
    view: String,
}

impl DashboardQuery {
    /// Whose applications a prescriber wants to see: their own unless they ask for the organisation's.
    fn view(&self) -> prescriber::View {
        if self.view == "organisation" { prescriber::View::Organisation } else { prescriber::View::Mine }
    }
}

/// Shows the dashboard of whoever asks.
pub async fn get(
    _: DashboardPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    Query(query): Query<DashboardQuery>,
    layout: Layout,
) -> PageResult {
    match ctx.actor.clone() {
        Actor::Candidate(actor) => candidate::page(&state, &ctx.with(actor), layout).await,
        Actor::Prescriber(actor) => prescriber::page(&state, &ctx.with(actor), layout, query.view()).await,
        Actor::Employer(actor) => employer::page(&state, &ctx.with(actor), layout).await,
        Actor::Inspector(actor) => inspector::page(&state, &ctx.with(actor), layout).await,
        Actor::Staff(actor) => staff::page(&state, &ctx.with(actor), layout).await,
        // Nobody signs in as the service itself.
        Actor::System => Err(PageError::NotFound),
    }
}

/// An application of an inbox.
struct Item {
    title: String,
    href: String,
    badge: StateBadge,
    company: String,
    jobs: String,
    /// Who sent it, when it is a colleague.
    sender: Option<String>,
    is_postponed: bool,
    submitted_on: NaiveDate,
    updated_on: NaiveDate,
}

impl Item {
    fn new(application: WaitingApplication) -> Self {
        Self {
            title: application.candidate.into(),
            href: ApplicationPath { id: application.id }.to_string(),
            badge: of_application(application.state),
            company: application.company_name,
            jobs: if application.jobs.is_empty() {
                "Candidature spontanée".to_owned()
            } else {
                application.jobs.join(", ")
            },
            sender: application.sender,
            is_postponed: application.state == StateCode::Postponed,
            submitted_on: paris_date(application.submitted_at),
            updated_on: paris_date(application.updated_at),
        }
    }
}

/// An application begun and not sent.
struct DraftItem {
    draft: ResumableDraft,
    /// The employers, named.
    employers: String,
    /// Its author is the person it is for: what tells their drafts apart is the employer.
    is_own: bool,
}

impl DraftItem {
    /// What the author of `ctx` began in their current organisation.
    async fn all(app: &App, ctx: &Ctx<Actor>) -> PageResult<Vec<Self>> {
        let is_own = ctx.actor.candidate().is_some();
        let item = |draft: ResumableDraft| Self { employers: listed(&draft.companies), draft, is_own };
        Ok(resumable(app, ctx).await?.into_iter().map(item).collect())
    }

    fn title(&self) -> &str {
        if self.is_own {
            return &self.employers;
        }
        self.draft.candidate_name.as_deref().unwrap_or("Personne à choisir")
    }

    /// The employer, where the title does not say it.
    fn detail(&self) -> Option<&str> {
        (!self.is_own).then_some(self.employers.as_str())
    }

    /// The last step leads back to the first one that is not done.
    fn href(&self) -> String {
        DraftSummaryPath { id: self.draft.id }.to_string()
    }

    fn abandonment(&self) -> String {
        DraftAbandonmentPath { id: self.draft.id }.to_string()
    }

    fn updated_on(&self) -> NaiveDate {
        paris_date(self.draft.updated_at)
    }

    fn kept_until(&self) -> NaiveDate {
        self.draft.kept_until()
    }
}
