//! `/controls/{id}`: « Justifier mes auto-prescriptions », for the SIAE that was drawn (rule book 04 §1.9, §1.19).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::control::controls::queries::defence::{Defence, defence};
use iae_domain::actor::EmployerActor;
use iae_domain::control::{FinalState, Told};
use iae_domain::documents::DocumentKind;
use iae_domain::ids::ControlCriterionId;

use super::hire::{HireCard, ProofLine, field};
use super::messages;
use crate::applications::state_badge::StateBadge;
use crate::control::badge::ANNULLED;
use crate::control::outcome::words;
use crate::documents::messages::limits;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::ControlPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/defence/show.html")]
pub struct DefencePage {
    layout: Layout,
    defence: Defence,
    hires: Vec<HireCard>,
    today: NaiveDate,
    /// What a proof may be.
    limits: String,
    /// Why the file sent for a criterion was not taken.
    not_taken: Option<(ControlCriterionId, String)>,
}

impl DefencePage {
    pub(super) fn new(
        layout: Layout,
        defence: Defence,
        today: NaiveDate,
        not_taken: Option<(ControlCriterionId, String)>,
    ) -> Self {
        let (hires, limits) = (HireCard::all(&defence, today), limits(DocumentKind::Proof));
        Self { layout, defence, hires, today, limits, not_taken }
    }

    const fn title(&self) -> &'static str {
        if self.defence.told.is_over() {
            "Contrôle de mes auto-prescriptions"
        } else {
            "Justifier mes auto-prescriptions"
        }
    }

    fn state(&self) -> StateBadge {
        if self.defence.decisions.is_annulled() { ANNULLED } else { messages::state(self.defence.told) }
    }

    fn situation(&self) -> String {
        messages::situation(&self.defence, self.today)
    }

    fn is_open(&self) -> bool {
        self.defence.told == Told::Open
    }

    const fn phase(&self) -> &'static str {
        match (self.defence.told.is_over(), self.defence.days.is_adversarial()) {
            (true, _) => "Contrôle terminé",
            (false, true) => "Phase contradictoire",
            (false, false) => "Phase amiable",
        }
    }

    fn until(&self) -> NaiveDate {
        self.defence.days.until()
    }

    fn count(&self) -> i64 {
        i64::try_from(self.hires.len()).unwrap_or_default()
    }

    fn ready(&self) -> i64 {
        i64::try_from(self.hires.iter().filter(|hire| hire.is_ready).count()).unwrap_or_default()
    }

    fn progress(&self) -> String {
        format!("{} sur {}", self.ready(), self.count())
    }

    fn is_refused(&self) -> bool {
        self.defence.told == Told::Result(FinalState::Refused)
    }

    /// How it ended, when nobody validated it and its SIAE was told: a title, what happened (§1.19).
    fn ending(&self) -> Option<(&'static str, &'static str)> {
        words::ending(&self.defence.control).filter(|_| self.defence.told.is_over())
    }

    /// Last day of the DDETS to notify its decision (D14).
    fn decided_until(&self) -> NaiveDate {
        self.defence.days.sanctions_until()
    }

    /// Whether the State certified some of these hires.
    fn has_certified(&self) -> bool {
        self.hires.iter().any(|hire| hire.is_certified)
    }

    /// Why nothing can be submitted yet.
    fn missing(&self) -> Option<String> {
        let stage = self.defence.acting(self.today);
        let may_submit = stage.and_then(|stage| stage.may_submit(self.defence.control.raw()));
        may_submit.is_err().then(|| messages::missing(&self.defence))
    }

    /// What is wrong with what was sent, for the top of the page.
    fn problems(&self) -> Vec<(String, String)> {
        self.not_taken.iter().map(|(criterion, why)| (field(*criterion), why.clone())).collect()
    }

    /// The same, beside the field of a criterion.
    fn error_of(&self, line: &ProofLine) -> Option<&str> {
        self.not_taken.as_ref().filter(|(criterion, _)| *criterion == line.id).map(|(_, why)| why.as_str())
    }
}

/// Shows where the control stands, hire by hire.
pub async fn get(
    ControlPath { id }: ControlPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let defence = defence(&state, &ctx, id).await?;
    ok(&DefencePage::new(layout, defence, ctx.today(), None))
}
