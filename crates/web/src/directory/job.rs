//! `/jobs/{id}`: a post (CMP-34).

use askama::Template;
use axum::extract::State;
use iae_app::directory::Applicant;
use iae_app::directory::changes::PublicThing;
use iae_app::directory::queries::{EmployerCard, JobCard, company_of_job, employer_card, jobs_of};
use iae_domain::directory::EmployerFacts;
use iae_domain::time::paris_date;

use super::applicant::Asked;
use super::applying::Way;
use super::employer::facts;
use super::messages;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::JobPath;
use crate::ready::until_changed;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "directory/job.html")]
pub struct JobPage {
    layout: Layout,
    job: JobCard,
    employer: EmployerCard,
    way: Way,
    /// For whom one searches.
    applicant: Option<Applicant>,
    /// The same page for nobody in particular.
    for_nobody: String,
    /// What every link carries on: the person and the search.
    carried: String,
    /// Where the search was left.
    results: String,
    updated_on: chrono::NaiveDate,
    today: chrono::NaiveDate,
}

impl JobPage {
    fn is_little_asked(&self) -> bool {
        self.job.few_applications && matches!(self.way, Way::Open { .. })
    }

    fn place(&self) -> String {
        let employer = &self.employer;
        let of_employer =
            || format!("{} {}", employer.post_code.as_deref().unwrap_or_default(), employer.city);
        self.job.place.clone().unwrap_or_else(of_employer)
    }
}

/// Shows the post; 404 when its employer may not be found. A closed post cannot be applied to (CMP-37).
pub async fn get(
    path: JobPath,
    State(state): State<WebState>,
    Asked { ctx, applicant, query }: Asked,
    layout: Layout,
) -> PageResult {
    let company = company_of_job(&state.db, path.id).await?.ok_or(PageError::NotFound)?;
    let employer = employer_card(&state.db, company).await?.ok_or(PageError::NotFound)?;
    let job = jobs_of(&state.db, company, Some(path.id), ctx.now).await?.pop().ok_or(PageError::NotFound)?;
    let facts =
        EmployerFacts { has_open_jobs: job.is_active, is_spontaneous_open: false, ..facts(&employer) };
    let way = match Way::new(company, Some(path.id), (&query, applicant.as_ref()), (employer.kind, facts)) {
        Way::Closed(_) if !job.is_active && employer.has_members => {
            Way::Closed("Ce poste n’est plus ouvert.")
        }
        way => way,
    };
    let page = JobPage {
        layout,
        way,
        applicant,
        for_nobody: format!("{path}{}", query.for_nobody().suffix()),
        carried: query.suffix(),
        results: query.results(),
        updated_on: paris_date(job.last_employer_update_at),
        today: ctx.today(),
        employer,
        job,
    };
    until_changed(PublicThing::Company(company), ok(&page))
}
