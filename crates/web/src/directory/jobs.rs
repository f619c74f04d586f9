//! `/jobs`: open posts around a commune, those updated last first (rule book 04 §4.4).

use askama::Template;
use axum::extract::State;
use iae_app::directory::Applicant;
use iae_app::directory::jobs::queries::{JobRow, jobs_found};
use iae_app::list::{Cursor, KeyKind};
use iae_domain::directory::EmployerFacts;
use iae_domain::time::paris_date;

use super::applicant::Asked;
use super::applying::Way;
use super::messages;
use super::query::SearchQuery;
use super::search_frame::{Answer, SearchFrame, Tab, ask};
use crate::error::{PageResult, ok, see_other};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{JobPath, JobsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "directory/jobs.html")]
pub struct JobsPage {
    layout: Layout,
    frame: SearchFrame,
    jobs: Vec<Job>,
    next: Option<String>,
    today: chrono::NaiveDate,
}

/// One result.
struct Job {
    row: JobRow,
    href: String,
    way: Way,
}

impl Job {
    /// Posts of employers that block applications are not found: only those nobody would read are closed.
    fn new(row: JobRow, query: &SearchQuery, applicant: Option<&Applicant>) -> Self {
        let facts = EmployerFacts {
            has_members: row.has_members,
            is_blocked: false,
            is_spontaneous_open: false,
            has_open_jobs: true,
        };
        let kind = row.company_kind;
        Self {
            href: format!("{}{}", JobPath { id: row.id }, query.suffix()),
            way: Way::new(row.company_id, Some(row.id), (query, applicant), (kind, facts)),
            row,
        }
    }

    fn is_little_asked(&self) -> bool {
        self.row.few_applications && matches!(self.way, Way::Open { .. })
    }

    fn updated_on(&self) -> chrono::NaiveDate {
        paris_date(self.row.last_employer_update_at)
    }
}

/// Shows the posts found, or the form with what is wrong.
pub async fn get(_: JobsPath, State(state): State<WebState>, asked: Asked, layout: Layout) -> PageResult {
    let today = asked.ctx.today();
    let (mut frame, search) = match ask(&state.db, Tab::Jobs, asked).await? {
        Answer::Search(frame, search) => (*frame, search),
        Answer::Form(frame) => {
            return frame.alone(|frame| JobsPage { layout, frame, jobs: Vec::new(), next: None, today });
        }
        Answer::Canonical(href) => return see_other(href),
    };
    let found = jobs_found(&state.db, &search, Cursor::decode(&frame.query.after, KeyKind::At)).await?;
    frame.found = Some(found.counts);
    let query = frame.query.carrying_itself(Tab::Jobs.path());
    let job = |row: JobRow| Job::new(row, &query, frame.applicant.as_ref());
    ok(&JobsPage {
        jobs: found.rows.into_iter().map(job).collect(),
        next: found.next.map(|cursor| frame.next(cursor.encode())),
        layout,
        frame,
        today,
    })
}
