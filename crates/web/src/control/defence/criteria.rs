//! `/control-hires/{id}/criteria`: the criteria an SIAE defends for a drawn hire, among those it declared (rule book 04 §1.9).

mod form;
mod save;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::control::controls::queries::defence::{Defence, Drawn, of_hire};
use iae_domain::actor::EmployerActor;
use iae_domain::control::{ControlledCriterion, ControlledHire, NotNow};
use iae_domain::eligibility::{Criterion, Level};
use iae_domain::ids::ControlHireId;
use tower_sessions::Session;

use self::form::{CriteriaForm, codes};
use super::closed::closed;
use super::hire::expected;
use super::messages::{choice_closed, meanwhile};
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlCriteriaPath, ControlPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/defence/criteria.html")]
pub struct CriteriaPage {
    layout: Layout,
    defence: Defence,
    hire: ControlledHire,
    drawn: Drawn,
    form: CriteriaForm,
    /// The criteria given up whose proof goes with them, once it is asked whether it may.
    lost: Vec<ControlledCriterion>,
    /// What a colleague did since the page was read (D32): a title, who did it and what comes next.
    happened: Option<(&'static str, String)>,
    errors: FieldErrors,
}

impl CriteriaPage {
    fn new(layout: Layout, defence: Defence, id: ControlHireId) -> PageResult<Self> {
        let hire = defence.control.hire(id).cloned().ok_or(PageError::NotFound)?;
        let drawn = defence.drawn.get(&hire.id).cloned().ok_or(PageError::NotFound)?;
        let (form, errors) = (CriteriaForm::of(&hire), FieldErrors::default());
        Ok(Self { layout, defence, hire, drawn, form, lost: vec![], happened: None, errors })
    }

    fn may_choose(&self, today: NaiveDate) -> Result<(), NotNow> {
        self.defence.acting(today)?.may_choose(&self.hire.defended())
    }

    /// Those declared of a level, each with what proves it.
    fn choices(&self, level: Level) -> Vec<Choice> {
        let choice = |criterion: Criterion| {
            let mut hint = format!("Justificatif : {}", expected(&self.defence, criterion));
            if self.has_proof(criterion) {
                hint.push_str(" Vous en avez déposé un : il sera supprimé si vous décochez ce critère.");
            }
            let is_ticked = self.form.ticked().any(|ticked| ticked == criterion);
            Choice::new(criterion.code(), criterion.label()).with_hint(hint).selected_if(is_ticked)
        };
        self.hire.declared.iter().filter(|criterion| criterion.level() == level).map(choice).collect()
    }

    fn level_1(&self) -> Vec<Choice> {
        self.choices(Level::One)
    }

    fn level_2(&self) -> Vec<Choice> {
        self.choices(Level::Two)
    }

    fn level_2_required(&self) -> usize {
        self.defence.control.kind.level_2_criteria_required().unwrap_or_default()
    }

    fn has_proof(&self, criterion: Criterion) -> bool {
        self.hire.criteria.iter().any(|one| one.criterion == criterion && one.defended.has_proof)
    }

    fn back(&self) -> String {
        format!("{}#hire-{}", ControlPath { id: self.defence.control.id }, self.hire.rank)
    }

    /// The criteria whose proof would go, as the button that agrees to it says them.
    fn lost_codes(&self) -> String {
        codes(self.lost.iter().map(|one| one.criterion))
    }

    /// Where mistakes about the whole choice are said: the first group there is.
    fn field(&self) -> &'static str {
        if self.level_1().is_empty() { form::LEVEL_2 } else { form::LEVEL_1 }
    }
}

/// Shows what may be chosen.
pub async fn get(
    ControlCriteriaPath { id }: ControlCriteriaPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let defence = of_hire(&state, &ctx, id).await?;
    let page = CriteriaPage::new(layout, defence, id)?;
    match page.may_choose(ctx.today()) {
        Ok(()) => ok(&page),
        Err(NotNow::Ended) => Err(PageError::NotFound),
        Err(NotNow::Frozen | NotNow::Settled) => {
            let why = choice_closed(&page.defence, &page.hire, ctx.today());
            let title = "Les critères ne peuvent pas être choisis aujourd’hui";
            closed(page.layout, &page.defence.control, title, why)
        }
    }
}

/// Saves it. What is no longer defended loses its proof, once that was said, and when it is the one that was seen.
pub async fn post(
    ControlCriteriaPath { id }: ControlCriteriaPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<CriteriaForm>,
) -> PageResult {
    let defence = of_hire(&state, &ctx, id).await?;
    let page = CriteriaPage { form, ..CriteriaPage::new(layout, defence, id)? };
    if let Err(why) = page.may_choose(ctx.today()) {
        return Err(meanwhile(&state, &ctx, page.defence.control.id, why).await?);
    }
    match page.save(&state, &ctx).await {
        Ok(true) => {
            let told = "Déposez maintenant un justificatif pour chacun.";
            flash::done(&session, "Critères enregistrés", told, page.back()).await
        }
        Ok(false) => {
            let CriteriaPage { layout, form, .. } = page;
            CriteriaPage::new(layout, of_hire(&state, &ctx, id).await?, id)?.asking(&state, &ctx, form).await
        }
        Err(not_done) => not_done.again(|errors| CriteriaPage { errors, ..page }),
    }
}
