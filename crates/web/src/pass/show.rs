//! `/pass/{id}`: a PASS, its dates drawn and explained.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::pass::queries::{Contract, CorrectionRow, PassDetail};
use iae_app::pass::suspensions;
use iae_app::{Ctx, pass};
use iae_domain::Actor;
use iae_domain::actor::EmployerActor;
use iae_domain::eligibility::Viewer;
use iae_domain::pass::suspension::has_unknown_end;
use iae_domain::pass::{PassState, policy, remaining};
use iae_domain::staff::StaffRight;
use iae_domain::time::{Period, paris_date};

use super::possible::{self, Possible, Seen, ToldElsewhere};
use super::prolongation::ProlongationsOfPass;
use super::suspension::Section;
use super::timeline::Timeline;
use super::words::suspended_until;
use crate::applications::state_badge::{self, StateBadge};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french::{self, spaced};
use crate::layout::Layout;
use crate::organisations::history::first_structure;
use crate::paths::{CancellationPath, CertificatePath, PassPath, SimulationPath};
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
    /// Whether the reader is of the team.
    is_team: bool,
    /// Whether they may correct its dates (STF-1).
    may_correct: bool,
    /// Whether the diagnosis it rests on is anything to whoever looks (CAN-C).
    shows_diagnosis: bool,
    suspension: Section,
    /// The hires of the reader's company under this PASS: where each is cancelled, and its first day.
    cancellable: Vec<(String, NaiveDate)>,
    today: NaiveDate,
}

impl ShowPage {
    fn state(&self) -> PassState {
        self.pass.parcours().state(self.today)
    }

    fn badge(&self) -> StateBadge {
        state_badge::of_pass(self.state())
    }

    fn remaining(&self) -> String {
        remaining(self.pass.parcours(), self.today)
    }

    fn estimated_end(&self) -> Option<NaiveDate> {
        self.pass.parcours().estimated_end(self.today)
    }

    /// Where the parcours is, in a sentence.
    /// The last day of a suspension that a hire, cancelled since, had ended: while another can still be declared.
    fn ended_by_cancelled(&self) -> Option<NaiveDate> {
        self.pass
            .ended_by_cancelled
            .filter(|_| matches!(self.state(), PassState::Valid | PassState::Suspended))
    }

    fn summary(&self) -> String {
        let Period { start, end } = self.pass.period();
        let (start, end) = (french::date(start), french::date(end));
        let pass = if self.is_own { "Votre PASS IAE" } else { "Ce PASS IAE" };
        let running = self.pass.parcours().suspended_on(self.today);
        match (self.state(), running) {
            (PassState::Expired, _) => format!("{pass} s’est terminé le {end}."),
            (PassState::Suspended, Some(running)) => {
                let at_most = if has_unknown_end(running) { " au plus tard" } else { "" };
                format!(
                    "{pass} est suspendu {}\u{a0}: les jours qui restent ne diminuent pas. Il se termine le {end}{at_most}, ce jour compris.",
                    suspended_until(running)
                )
            }
            (PassState::Valid | PassState::Suspended, _) => {
                format!("{pass} se termine le {end}, ce jour compris.")
            }
            (PassState::Future, _) => {
                format!("{pass} commence le {start} et se termine le {end}, ce jour compris.")
            }
        }
    }

    /// What the team corrected of its dates, in a sentence.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn corrected(&self, CorrectionRow { at, from, to, reason, .. }: &CorrectionRow) -> String {
        spaced(&format!(
            "Dates corrigées par l’équipe du service le {} : ce PASS IAE allait {}, il va depuis {}. Motif : {}.",
            french::date(paris_date(*at)),
            french::period(from.start, from.end),
            french::period(to.start, to.end),
            reason.label()
        ))
    }

    /// Hires whose structure became another one since: where each took place.
    fn moved_hires(&self) -> Vec<String> {
        let said = |contract: &Contract| {
            let day = french::date(contract.starts_on);
            Some(format!(
                "Embauche du {day} : faite par {}",
                first_structure(contract.first.as_ref()?, &contract.company_name)
            ))
        };
        self.pass.contracts.iter().filter_map(said).map(|line| spaced(&line)).collect()
    }

    fn possible(&self) -> Vec<Possible> {
        let told = ToldElsewhere {
            suspension: self.suspension.is_professional && self.suspension.is_shown(),
            prolongation: self.prolongations.form.is_some() || self.prolongations.why_not.is_some(),
        };
        let seen =
            Seen { today: self.today, is_own: self.is_own, is_pending: self.prolongations.is_pending() };
        possible::all(&self.pass.held, seen, told)
    }

    fn timeline(&self) -> Timeline {
        Timeline::today(self.pass.parcours(), &self.pass.contracts, self.today)
    }
}

/// Those a company may cancel: its own. Of a PASS that is over they are offered no more: a mistake was seen before; the page of
/// each application still has the act (CAN-1).
fn cancellable(actor: &Actor, pass: &PassDetail, today: NaiveDate) -> Vec<(String, NaiveDate)> {
    let Ok(employer) = EmployerActor::try_from(actor.clone()) else { return vec![] };
    if pass.parcours().state(today) == PassState::Expired {
        return vec![];
    }
    let own = pass.contracts.iter().filter(|contract| contract.company == employer.organisation);
    own.map(|contract| (CancellationPath::to(&contract.application).to_string(), contract.starts_on))
        .collect()
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
    let suspension =
        Section::of(&ctx.actor, &pass, suspensions::of_pass(&app.db, &pass.held.pass).await?, ctx.today());
    let cancellable = cancellable(&ctx.actor, &pass, ctx.today());
    let today = ctx.today();
    ok(&ShowPage {
        layout,
        pass,
        prolongations,
        certificate,
        is_own,
        is_team: matches!(ctx.actor, Actor::Staff(_)),
        may_correct: matches!(&ctx.actor, Actor::Staff(staff) if staff.holds(StaffRight::ChangePasses)),
        shows_diagnosis,
        suspension,
        cancellable,
        today,
    })
}
