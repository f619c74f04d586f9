//! The way to an application, the same on results, employers and posts.

use iae_domain::directory::{Applying, EmployerFacts, applying};
use iae_domain::ids::{CandidateId, JobDescriptionId, OrganisationId};

use super::messages;

/// The button « Postuler », or the sentence shown instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Where the button leads.
    Open(String),
    /// Why there is none.
    Closed(&'static str),
}

impl Way {
    /// The way to this employer, for this post and this candidate when there are some.
    pub fn new(
        company: OrganisationId,
        job: Option<JobDescriptionId>,
        candidate: Option<CandidateId>,
        facts: EmployerFacts,
    ) -> Self {
        let answer: Applying = applying(facts);
        if let Some(sentence) = messages::notice(answer) {
            return Self::Closed(sentence);
        }
        let job = job.map(|id| format!("&job={id}")).unwrap_or_default();
        let candidate = candidate.map(|id| format!("&candidate={id}")).unwrap_or_default();
        Self::Open(format!("/application-drafts/new?company={company}{job}{candidate}"))
    }
}
