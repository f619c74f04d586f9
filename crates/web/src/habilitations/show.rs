//! `/habilitations/{id}`: a request, as whoever instructs it reads it, and what may be done of it.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::habilitations::queries::{HabilitationDetail, detail};
use iae_domain::habilitations::HabilitationState;
use iae_domain::habilitations::policy::Instructor;

use super::words::{self, PastLine, Point};
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::HabilitationReviewPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/show.html")]
pub struct ShowPage {
    layout: Layout,
    of: HabilitationDetail,
    today: NaiveDate,
    /// Whether the right may be revoked.
    may_revoke: bool,
}

impl ShowPage {
    fn badge(&self) -> StateBadge {
        words::badge(&self.of.habilitation, self.today)
    }

    fn points(&self) -> Vec<Point> {
        words::points(&self.of.habilitation.written, self.of.habilitation.is_renewal)
    }

    fn opinion(&self) -> Option<(String, String)> {
        words::opinion(&self.of.habilitation)
    }

    /// The order, in a sentence.
    fn order(&self) -> Option<String> {
        let order = self.of.habilitation.order.as_ref()?;
        let days = french::period(order.period.start, order.period.end);
        Some(format!("N°\u{a0}{} du {}, valable {days}", order.number, french::date(order.ordered_on)))
    }

    /// What is asked for, and since when.
    fn asked(&self) -> String {
        let one = &self.of.habilitation;
        match (one.is_recorded, one.is_renewal) {
            (true, _) => "Arrêté saisi sans demande en ligne".to_owned(),
            (false, true) => "Renouvellement".to_owned(),
            (false, false) => "Première demande".to_owned(),
        }
    }

    fn expected_by(&self) -> Option<NaiveDate> {
        self.of.habilitation.expected_by()
    }

    /// Whether something is to be decided by who reads.
    fn is_to_instruct(&self) -> bool {
        self.of.may_instruct && self.of.habilitation.state.is_instructed()
    }

    /// What whoever decides does next.
    fn to_do(&self) -> String {
        let has_opinion = self.of.habilitation.opinion.is_some();
        let said = match (self.may_complement(), has_opinion) {
            (true, false) => {
                "Demandez un complément si quelque chose manque, enregistrez l’avis de la commission, puis l’arrêté ou le refus."
            }
            (true, true) => {
                "L’avis de la commission est enregistré. Demandez un complément si quelque chose manque ; sinon, enregistrez l’arrêté \
                 ou le refus."
            }
            (false, false) => {
                "L’organisation complète sa demande. Vous pouvez déjà enregistrer l’avis de la commission."
            }
            (false, true) => {
                "L’organisation complète sa demande. L’avis de la commission est enregistré : attendez le complément, ou enregistrez \
                 l’arrêté ou le refus s’il ne change rien."
            }
        };
        french::spaced(said)
    }

    /// When the organisation answered what was asked of it, and nothing more was since.
    fn completed_at(&self) -> Option<DateTime<Utc>> {
        let one = &self.of.habilitation;
        one.submitted_at.filter(|_| one.complement.is_some() && one.state == HabilitationState::Submitted)
    }

    /// Whether a complement may be asked for.
    fn may_complement(&self) -> bool {
        self.of.habilitation.state == HabilitationState::Submitted
    }

    /// Why who reads it does not instruct it.
    fn why_not(&self) -> Option<String> {
        let is_waiting = self.of.habilitation.state.is_instructed() && !self.of.may_instruct;
        let why = if self.of.habilitation.ddets.is_some() {
            "La DDETS de ce département instruit cette demande : l’équipe n’agit à sa place que si personne n’y a de compte actif."
        } else {
            "Personne n’a de compte actif à la DDETS de ce département : un membre de l’équipe qui modifie les structures agit à sa place."
        };
        is_waiting.then(|| french::spaced(why))
    }

    fn others(&self) -> Vec<PastLine> {
        PastLine::all(&self.of.others, self.today)
    }
}

/// Shows the request.
pub async fn get(
    HabilitationReviewPath { id }: HabilitationReviewPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
) -> PageResult {
    let of = detail(&state, &ctx, id).await?;
    let may_revoke = of.may_instruct && of.habilitation.is_revocable(ctx.now);
    ok(&ShowPage { layout, of, today: ctx.today(), may_revoke })
}
