//! `/control-hires/{id}`: the review of one hire, each proof beside the criterion it proves (rule book 04 §1.10).

mod around;
mod item;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::control::controls::queries::review::{self, HireCard, HirePage, Progress};
use iae_app::control::controls::{COMMENT_MAX_CHARS, LastComment, SeenComment};
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::budget::Left;
use iae_domain::control::ControlledHire;
use iae_domain::ids::{ControlCriterionId, ControlHireId};

use item::Item;

use super::{badges, words};
use crate::applications::state_badge::StateBadge;
use crate::control::badge::of_control;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french::date_time;
use crate::layout::Layout;
use crate::limit;
use crate::paths::{ControlCommentPath, ControlHirePath};
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
    /// The comment that the form saw (D32).
    seen: SeenComment,
    /// Who said something else meanwhile, and what is said now.
    meanwhile: Option<(String, String)>,
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
    /// The page as things are.
    pub(super) async fn load(
        app: &App,
        ctx: &Ctx<InspectorActor>,
        layout: Layout,
        id: ControlHireId,
    ) -> PageResult<Self> {
        let page = review::hire(app, ctx, id).await?;
        let (hire, drawn) = page.of.hire(id).ok_or(PageError::NotFound)?;
        let (hire, drawn) = (hire.clone(), drawn.clone());
        let (comment, seen) = (hire.comment.clone(), SeenComment::of(&hire.comment));
        let (errors, today) = (FieldErrors::default(), ctx.today());
        Ok(Self { layout, page, hire, drawn, comment, seen, meanwhile: None, errors, today })
    }

    /// The same with what was typed as a comment, of which the form saw this one, and its mistakes.
    pub(super) fn again(self, comment: String, seen: SeenComment, errors: FieldErrors) -> Self {
        Self { comment, seen, errors, ..self }
    }

    /// The same with what was typed while something else was said.
    pub(super) fn overtaken(self, comment: String, said: &LastComment) -> Self {
        let who = said.by.as_ref().map_or_else(
            || "Le commentaire a été changé".to_owned(),
            |(who, at)| format!("{who} a changé le commentaire le {}", date_time(*at)),
        );
        let meanwhile = Some((who, said.comment.clone()));
        Self { comment, seen: SeenComment::of(&said.comment), meanwhile, ..self }
    }

    /// Why pages of a proof are not shown for now.
    const fn limited(&self) -> &'static str {
        limit::title(self.page.pictures.then.budget)
    }

    /// When they are again; those who are to know it were told once none was left.
    fn shown_again(&self) -> String {
        let Left { times, then } = &self.page.pictures;
        if *times > 0 { limit::what_next(then) } else { limit::told(then) }
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

    fn progress(&self) -> Progress {
        Progress::of([&self.page.of.control.standing(self.today)])
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
}

/// Shows it.
pub async fn get(
    ControlHirePath { id }: ControlHirePath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
) -> PageResult {
    ok(&ReviewPage::load(&state, &ctx, layout, id).await?)
}
