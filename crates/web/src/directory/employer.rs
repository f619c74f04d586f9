//! `/employers/{id}`: the card of an employer (CMP-27).

use askama::Template;
use axum::extract::State;
use iae_app::directory::Applicant;
use iae_app::directory::changes::PublicThing;
use iae_app::directory::queries::{EmployerCard, JobCard, employer_card, jobs_of};
use iae_app::organisations::succession::queries::{Replaced, replaced};
use iae_domain::directory::EmployerFacts;

use super::applicant::Asked;
use super::applying::Way;
use super::messages;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::EmployerPath;
use crate::ready::until_changed;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "directory/employer.html")]
pub struct EmployerPage {
    layout: Layout,
    employer: EmployerCard,
    way: Way,
    open_jobs: Vec<JobCard>,
    other_jobs: Vec<JobCard>,
    /// For whom one searches.
    applicant: Option<Applicant>,
    /// The same page for nobody in particular.
    for_nobody: String,
    /// What every link carries on: the person and the search.
    carried: String,
    /// Where the search was left.
    results: String,
}

impl EmployerPage {
    fn is_little_asked(&self, job: &JobCard) -> bool {
        job.few_applications && matches!(self.way, Way::Open { .. })
    }
}

/// The page of an employer that another one replaced, for those who knew it.
#[derive(Template)]
#[template(path = "directory/employer_replaced.html")]
pub struct ReplacedPage {
    layout: Layout,
    replaced: Replaced,
}

/// What decides whether the employer of a card may be applied to.
pub(super) const fn facts(employer: &EmployerCard) -> EmployerFacts {
    EmployerFacts {
        has_members: employer.has_members,
        is_blocked: employer.is_blocked,
        is_spontaneous_open: employer.is_spontaneous_open,
        has_open_jobs: employer.open_jobs > 0,
    }
}

/// Shows the card; what the employer became when another one replaced it; 404 when it may not be found. A blocked employer has no open post to show (CMP-27).
pub async fn get(
    path: EmployerPath,
    State(state): State<WebState>,
    Asked { ctx, applicant, query }: Asked,
    layout: Layout,
) -> PageResult {
    let Some(employer) = employer_card(&state.db, path.id).await? else {
        let replaced = replaced(&state.db, path.id).await?.ok_or(PageError::NotFound)?;
        return ok(&ReplacedPage { layout, replaced });
    };
    let jobs = jobs_of(&state.db, path.id, None, ctx.now).await?;
    let (open_jobs, other_jobs) = jobs.into_iter().partition(|job| job.is_active && !employer.is_blocked);
    let page = EmployerPage {
        layout,
        way: Way::new(path.id, None, (&query, applicant.as_ref()), (employer.kind, facts(&employer))),
        employer,
        open_jobs,
        other_jobs,
        applicant,
        for_nobody: format!("{path}{}", query.for_nobody().suffix()),
        carried: query.suffix(),
        results: query.results(),
    };
    until_changed(PublicThing::Company(path.id), ok(&page))
}
