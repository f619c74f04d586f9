//! `/employers`: employers around a commune, those that answer and recruit first (rule book 04 §4).

use askama::Template;
use axum::extract::State;
use iae_app::directory::Applicant;
use iae_app::directory::employers::EmployerCursor;
use iae_app::directory::employers::queries::{EmployerRow, FirstJobRow, employers_found, first_jobs};
use iae_domain::directory::{EmployerFacts, JobDomain};

use super::applicant::Asked;
use super::applying::Way;
use super::messages;
use super::query::SearchQuery;
use super::search_frame::{Answer, SearchFrame, Tab, ask};
use crate::error::{PageResult, ok, see_other};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{EmployerPath, EmployersPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "directory/employers.html")]
pub struct EmployersPage {
    layout: Layout,
    frame: SearchFrame,
    employers: Vec<Employer>,
    next: Option<String>,
}

/// One result.
struct Employer {
    row: EmployerRow,
    href: String,
    way: Way,
    jobs: Vec<FirstJobRow>,
    carried: String,
}

impl Employer {
    fn new(
        row: EmployerRow,
        jobs: &[FirstJobRow],
        query: &SearchQuery,
        applicant: Option<&Applicant>,
    ) -> Self {
        let suffix = query.suffix();
        let facts = EmployerFacts {
            has_members: row.has_members,
            is_blocked: row.is_blocked,
            is_spontaneous_open: row.is_spontaneous_open,
            has_open_jobs: row.open_jobs > 0,
        };
        Self {
            href: format!("{}{suffix}", EmployerPath { id: row.organisation_id }),
            way: Way::new(row.organisation_id, None, (query, applicant), (row.kind, facts)),
            jobs: jobs.iter().filter(|job| job.company_id == row.organisation_id).cloned().collect(),
            carried: suffix,
            row,
        }
    }

    /// Its kind, and the name it is registered under where it is known by another one.
    fn kicker(&self) -> String {
        let (row, kind) = (&self.row, self.row.kind.label());
        let is_known = row.name.to_lowercase() == row.display_name.to_lowercase();
        if is_known { kind.to_owned() } else { format!("{kind} ({})", row.name) }
    }

    /// What it does: the domains of its open posts, two at most.
    fn activity(&self) -> String {
        let mut domains: Vec<&str> = Vec::new();
        for domain in self.row.rome_codes.iter().filter_map(|code| JobDomain::parse(code)) {
            if !domains.contains(&domain.label()) && domains.len() < 2 {
                domains.push(domain.label());
            }
        }
        domains.join(", ")
    }

    fn other_jobs(&self) -> i64 {
        self.row.open_jobs - i64::try_from(self.jobs.len()).unwrap_or(0)
    }
}

/// Shows the employers found, or the form with what is wrong.
pub async fn get(
    _: EmployersPath,
    State(state): State<WebState>,
    asked: Asked,
    layout: Layout,
) -> PageResult {
    let now = asked.ctx.now;
    let (mut frame, search) = match ask(&state.db, Tab::Employers, asked).await? {
        Answer::Search(frame, search) => (*frame, search),
        Answer::Form(frame) => {
            let page = |frame| EmployersPage { layout, frame, employers: Vec::new(), next: None };
            return frame.alone(page);
        }
        Answer::Canonical(href) => return see_other(href),
    };
    let after = EmployerCursor::decode(&frame.query.after);
    let found = employers_found(&state.db, &search, after).await?;
    frame.found = Some(found.counts);
    let ids: Vec<_> = found.rows.iter().map(|row| row.organisation_id).collect();
    let jobs = first_jobs(&state.db, &ids, now).await?;
    let query = frame.query.carrying_itself(Tab::Employers.path());
    ok(&EmployersPage {
        employers: found
            .rows
            .into_iter()
            .map(|row| Employer::new(row, &jobs, &query, frame.applicant.as_ref()))
            .collect(),
        next: found.next.map(|cursor| frame.next(cursor.encode())),
        layout,
        frame,
    })
}
