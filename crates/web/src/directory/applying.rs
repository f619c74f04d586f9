//! The way to an application, the same on results, employers and posts.

use chrono::NaiveDate;
use iae_app::directory::Applicant;
use iae_domain::directory::{Applying, EmployerFacts, applying};
use iae_domain::ids::{JobDescriptionId, OrganisationId};
use iae_domain::organisations::CompanyKind;
use url::form_urlencoded;

use super::applicant::{action, closed_until};
use super::messages;
use super::query::SearchQuery;
use crate::paths::NewDraftPath;

/// The button « Postuler » or « Proposer … », or the sentence shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// The button.
    Open {
        /// What it says.
        label: String,
        /// Where it leads.
        href: String,
    },
    /// Why there is none.
    Closed(&'static str),
    /// There is none for this person until after this day: SIAE are closed to them (ELI-W).
    Waiting(NaiveDate),
}

impl Way {
    /// The way to this employer, for this post when there is one, with what the search carries and whom it is for.
    pub fn new(
        company: OrganisationId,
        job: Option<JobDescriptionId>,
        (query, applicant): (&SearchQuery, Option<&Applicant>),
        (kind, facts): (CompanyKind, EmployerFacts),
    ) -> Self {
        let answer: Applying = applying(facts);
        if let Some(sentence) = messages::notice(answer) {
            return Self::Closed(sentence);
        }
        if let Some(until) = closed_until(applicant, kind) {
            return Self::Waiting(until);
        }
        let job = job.map(|id| ("job", id.to_string()));
        let mut asked = form_urlencoded::Serializer::new(String::new());
        asked
            .append_pair("company", &company.to_string())
            .extend_pairs(job)
            .extend_pairs(query.carried("candidate"));
        Self::Open { label: action(applicant), href: format!("{NewDraftPath}?{}", asked.finish()) }
    }
}
