//! `/pass/{id}`: a PASS, its dates drawn and explained.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_app::{Ctx, pass};
use iae_domain::Actor;
use iae_domain::eligibility::Viewer;
use iae_domain::pass::{PassState, policy, remaining};

use super::prolongation::ProlongationsOfPass;
use super::timeline::Timeline;
use crate::applications::state_badge::{self, StateBadge};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{CertificatePath, PassPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "pass/show.html")]
pub struct ShowPage {
    layout: Layout,
    pass: PassDetail,
    prolongations: ProlongationsOfPass,
    certificate: Option<String>,
    is_own: bool,
    /// Whether the diagnosis it rests on is anything to whoever looks (CAN-C).
    shows_diagnosis: bool,
    today: NaiveDate,
}

impl ShowPage {
    fn state(&self) -> PassState {
        self.pass.parcours().state(self.today)
    }

    fn badge(&self) -> StateBadge {
        state_badge::of_pass(self.state())
    }

    fn is_expired(&self) -> bool {
        self.state() == PassState::Expired
    }

    fn remaining(&self) -> String {
        remaining(self.pass.parcours(), self.today)
    }

    /// First day a prolongation may be asked.
    fn prolongation_from(&self) -> NaiveDate {
        self.pass.parcours().prolongation_window().start
    }

    fn may_be_prolonged(&self) -> bool {
        !self.is_expired() && self.prolongation_from() <= self.today
    }

    fn timeline(&self) -> Timeline {
        Timeline::of(&self.pass, self.prolongation_from(), self.today)
    }
}

/// Shows the PASS to those it concerns (W8).
pub async fn get(
    PassPath { id }: PassPath,
    State(app): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let pass = pass::open(&app, &ctx, id).await?;
    let printable = policy::print_certificate(&ctx.actor, pass.candidate, pass.relation()).is_ok();
    let certificate = printable.then(|| CertificatePath { id }.to_string());
    let prolongations = ProlongationsOfPass::of(&app, &ctx.actor, &pass, ctx.today()).await?;
    let is_own = ctx.actor.candidate() == Some(pass.candidate);
    let shows_diagnosis = Viewer::of(&ctx.actor).is_of_iae();
    ok(&ShowPage { layout, pass, prolongations, certificate, is_own, shows_diagnosis, today: ctx.today() })
}
