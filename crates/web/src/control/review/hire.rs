//! `/control-hires/{id}`: the review of one hire, each proof beside the criterion it proves (rule book 04 §1.10).

mod item;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::control::controls::COMMENT_MAX_CHARS;
use iae_app::control::controls::queries::review::{self, HireCard, HirePage, Progress};
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::control::ControlledHire;
use iae_domain::ids::{ControlCriterionId, ControlHireId};

use item::Item;

use super::{badges, words};
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::{ControlCommentPath, ControlHirePath, ControlReviewPath, ControlsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/review/hire.html")]
pub struct ReviewPage {
    layout: Layout,
    page: HirePage,
    hire: ControlledHire,
    drawn: HireCard,
    comment: String,
    errors: FieldErrors,
    today: NaiveDate,
}

/// Where a proof is decided of.
pub(super) fn place(hire: ControlHireId, criterion: ControlCriterionId) -> String {
    format!("{}#{}", ControlHirePath { id: hire }, anchor(criterion))
}

fn anchor(criterion: ControlCriterionId) -> String {
    format!("proof-{criterion}")
}

impl ReviewPage {
    /// The page as things are; with what was typed as a comment and its mistakes, when there are.
    pub(super) async fn load(
        app: &App,
        ctx: &Ctx<InspectorActor>,
        layout: Layout,
        id: ControlHireId,
        typed: Option<(String, FieldErrors)>,
    ) -> PageResult<Self> {
        let page = review::hire(app, ctx, id).await?;
        let (hire, drawn) = page.of.hire(id).ok_or(PageError::NotFound)?;
        let (hire, drawn) = (hire.clone(), drawn.clone());
        let (comment, errors) = typed.unwrap_or_else(|| (hire.comment.clone(), FieldErrors::default()));
        Ok(Self { layout, page, hire, drawn, comment, errors, today: ctx.today() })
    }

    fn badge(&self) -> StateBadge {
        let stage = self.page.of.control.stage(self.today);
        of_control(stage.badge_for_ddets(&self.hire.defended()))
    }

    fn cancelled(&self) -> Option<StateBadge> {
        self.drawn.is_cancelled.then_some(badges::CANCELLED)
    }

    fn items(&self) -> Vec<Item> {
        Item::all(&self.page, &self.hire, self.today)
    }

    fn may_comment(&self) -> bool {
        self.page.of.control.stage(self.today).may_comment(&self.hire.defended())
    }

    fn comment_action(&self) -> String {
        ControlCommentPath { id: self.hire.id }.to_string()
    }

    /// The list of the SIAE, and the page of this one.
    fn back(&self) -> (String, String) {
        let control = &self.page.of.control;
        (ControlsPath { id: control.campaign }.to_string(), ControlReviewPath { id: control.id }.to_string())
    }

    fn count(&self) -> usize {
        self.page.of.hires().count()
    }

    fn progress(&self) -> Progress {
        Progress::of([&self.page.of.control])
    }

    fn treated(&self) -> i64 {
        words::count(self.progress().treated)
    }

    fn submitted(&self) -> i64 {
        words::count(self.progress().submitted)
    }

    fn how_far(&self) -> String {
        words::progress(self.progress())
    }

    fn previous(&self) -> Option<String> {
        self.hire.rank.checked_sub(1).and_then(|rank| self.beside(rank))
    }

    fn next(&self) -> Option<String> {
        self.beside(self.hire.rank + 1)
    }

    /// The hire of that rank.
    fn beside(&self, rank: u16) -> Option<String> {
        let found = self.page.of.hires().find(|(hire, _)| hire.rank == rank);
        found.map(|(hire, _)| ControlHirePath { id: hire.id }.to_string())
    }
}

/// Shows it.
pub async fn get(
    ControlHirePath { id }: ControlHirePath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
) -> PageResult {
    ok(&ReviewPage::load(&state, &ctx, layout, id, None).await?)
}
