//! The dashboard of a candidate: where they are in their parcours, their PASS, their applications.

use askama::Template;
use chrono::NaiveDate;
use iae_app::dashboard::queries::{OwnPass, own_applications, own_pass};
use iae_app::{App, Ctx};
use iae_domain::actor::CandidateActor;
use iae_domain::pass::{PassState, remaining, waiting_period};
use iae_domain::stage::Stage;

use super::{DraftItem, Item};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::pass::words::suspended_until;

/// The page.
#[derive(Template)]
#[template(path = "dashboard/candidate.html")]
struct CandidateDashboard {
    layout: Layout,
    today: NaiveDate,
    stage: Stage,
    pass: Option<PassCard>,
    drafts: Vec<DraftItem>,
    applications: Vec<Item>,
}

/// The steps of a parcours, as they are shown.
const STEPS: [&str; 4] = ["Postuler", "Réponse de l’employeur", "Parcours d’insertion", "Après le parcours"];

impl CandidateDashboard {
    const fn steps() -> [&'static str; 4] {
        STEPS
    }

    /// Where the person is, in a sentence; the dates of their PASS follow.
    const fn stage_said(&self) -> &'static str {
        match self.stage {
            Stage::ToApply => "Vous n’avez pas encore postulé.",
            Stage::AwaitsAnswer => "Vous attendez la réponse d’un employeur.",
            Stage::Answered => "Les employeurs ont répondu à vos candidatures.",
            Stage::Hired => "Vous avez un contrat\u{a0}: votre parcours d’insertion va commencer.",
            Stage::InParcours => "Votre parcours d’insertion est en cours.",
            Stage::Suspended => "Votre parcours d’insertion est suspendu.",
            Stage::Over => "Votre parcours d’insertion est terminé.",
        }
    }
}

/// The PASS that counts for the person, with what its dates mean today (rule book 03 §4.5, §4.14).
struct PassCard {
    pass: OwnPass,
    state: PassState,
    left: String,
    suspended_until: Option<String>,
    waiting_until: NaiveDate,
}

impl PassCard {
    /// None once the waiting period is over: the PASS no longer counts.
    fn of(pass: OwnPass, today: NaiveDate) -> Option<Self> {
        let parcours = pass.parcours.0.clone();
        let waiting_until = waiting_period::waiting_end(parcours.end());
        (today <= waiting_until).then(|| Self {
            state: parcours.state(today),
            suspended_until: parcours.suspended_on(today).map(suspended_until),
            left: remaining(&parcours, today),
            waiting_until,
            pass,
        })
    }
}

pub(super) async fn page(app: &App, ctx: &Ctx<CandidateActor>, layout: Layout) -> PageResult {
    let today = ctx.today();
    let pass = own_pass(&app.db, ctx).await?.and_then(|pass| PassCard::of(pass, today));
    let sent = own_applications(&app.db, ctx).await?;
    let waiting = sent.iter().filter(|application| application.state.is_pending()).count();
    let stage = Stage::of(pass.as_ref().map(|card| card.state), sent.len(), waiting);
    let applications = sent.into_iter().map(Item::new).collect();
    let drafts = DraftItem::all(app, &ctx.any()).await?;
    ok(&CandidateDashboard { layout, today, stage, pass, drafts, applications })
}
