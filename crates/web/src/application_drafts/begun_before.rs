//! The same application, begun before: offered where one would begin it again.

use chrono::NaiveDate;
use iae_app::applications::drafts::{self, OpenDraft};
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::ids::CandidateId;
use iae_domain::time::paris_date;

use super::messages::listed;
use crate::paths::DraftSummaryPath;

/// A draft to be resumed, as `_begun_before.html` shows it.
pub(super) struct BegunBefore {
    /// The draft.
    pub id: String,
    /// The employers it is for.
    pub companies: String,
    /// Where it goes on.
    pub href: String,
    pub updated_on: NaiveDate,
    pub kept_until: NaiveDate,
    pub today: NaiveDate,
    /// To begin again gives it up: it is for the same person. One for nobody yet may turn out to be for someone else, and
    /// stays.
    pub is_replaced: bool,
}

impl BegunBefore {
    /// The one the author began for one of these employers and this person, or for nobody yet.
    pub(super) async fn of(
        app: &App,
        ctx: &Ctx<Actor>,
        open: &OpenDraft,
        candidate: Option<CandidateId>,
    ) -> iae_app::Result<Option<Self>> {
        let begun = drafts::begun_before(app, ctx, open, candidate).await?;
        Ok(begun.map(|draft| Self {
            id: draft.id.to_string(),
            companies: listed(&draft.companies),
            href: DraftSummaryPath { id: draft.id }.to_string(),
            updated_on: paris_date(draft.updated_at),
            kept_until: draft.kept_until(),
            today: ctx.today(),
            is_replaced: candidate.is_some(),
        }))
    }

    /// What is said first.
    pub(super) fn title(&self) -> &'static str {
        if self.is_replaced {
            "Vous avez déjà commencé cette candidature"
        } else {
            "Vous avez déjà commencé une candidature pour cet employeur"
        }
    }
}
