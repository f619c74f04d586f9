//! `/habilitation`: « suis-je prescripteur habilité ? », in words; the request under way, and those before (guide P2 §1.1).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::habilitations::queries::{OwnHabilitation, own};
use iae_domain::actor::PrescriberActor;
use iae_domain::habilitations::{Habilitation, HabilitationState, MayApply};
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::time::paris_date;

use super::words::{self, PastLine, Point};
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::HabilitationPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "habilitations/own.html")]
pub struct OwnPage {
    layout: Layout,
    own: OwnHabilitation,
    today: NaiveDate,
}

impl OwnPage {
    /// Tone, title, meaning of the right of today.
    fn right(&self) -> (&'static str, String, String) {
        let (tone, title, said) = words::right(&self.own.authorisation, self.today);
        (tone, french::spaced(title), said)
    }

    /// What the team decided at the sign-up, when it refused and nothing was decided since (PRE-8): a request that the DDETS refused
    /// says why by itself.
    fn refusal(&self) -> Option<String> {
        let OwnHabilitation { authorisation, decided_at, past, .. } = &self.own;
        let is_refused = authorisation.status == AuthorisationStatus::Refused;
        let is_by_ddets =
            |one: &Habilitation| one.state == HabilitationState::Refused && one.decided_at == *decided_at;
        if !is_refused || authorisation.kind != PrescriberKind::Other || past.iter().any(is_by_ddets) {
            return None;
        }
        let when = decided_at.map(|at| format!(" le {}", french::date(paris_date(at)))).unwrap_or_default();
        Some(french::spaced(&format!(
            "L’équipe de Parcours IAE n’a pas validé l’habilitation de votre organisation{when} : elle ne figure pas, à sa \
             connaissance, parmi celles de l’arrêté du 1er septembre 2021."
        )))
    }

    /// Its badge, as whoever asked reads it: nothing is theirs to instruct.
    fn badge(&self, open: &Habilitation) -> StateBadge {
        let badge = words::badge(open, self.today);
        if open.state == HabilitationState::Submitted {
            return StateBadge { label: "Transmise, en attente d’instruction", ..badge };
        }
        badge
    }

    /// What was answered, as it was sent.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn points(&self, open: &Habilitation) -> Vec<Point> {
        words::points(&open.written, open.is_renewal)
    }

    /// Where the request under way is, and what comes next.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn next(&self, open: &Habilitation) -> String {
        let said = match open.state {
            HabilitationState::Draft => {
                "Elle n’est pas encore transmise : la DDETS ne la voit pas.".to_owned()
            }
            HabilitationState::Completing => {
                "La DDETS attend votre complément. Transmettez de nouveau la demande quand il y est."
                    .to_owned()
            }
            HabilitationState::Submitted => format!(
                "Transmise le {} à la DDETS, qui l’instruit et consulte la commission. Une réponse est attendue le {} au plus tard ; vous \
                 la recevrez par e-mail.",
                open.submitted_at.map(|at| french::date(paris_date(at))).unwrap_or_default(),
                open.expected_by().map(french::date).unwrap_or_default()
            ),
            HabilitationState::Granted | HabilitationState::Refused | HabilitationState::Revoked => {
                String::new()
            }
        };
        french::spaced(&said)
    }

    /// The words of the button that begins a request; none when there is nothing to ask for.
    fn begins(&self) -> Option<&'static str> {
        match self.own.may_apply {
            Ok(MayApply::First) => Some("Demander l’habilitation au préfet"),
            Ok(MayApply::Renewal) => Some("Demander le renouvellement"),
            Err(_) => None,
        }
    }

    fn not_needed(&self) -> String {
        self.own.may_apply.err().map(words::not_needed).unwrap_or_default()
    }

    fn past(&self) -> Vec<PastLine> {
        PastLine::all(&self.own.past, self.today)
    }
}

/// Shows the right of today, and what was asked.
pub async fn get(
    _: HabilitationPath,
    State(state): State<WebState>,
    ctx: Ctx<PrescriberActor>,
    layout: Layout,
) -> PageResult {
    ok(&OwnPage { layout, own: own(&state, &ctx).await?, today: ctx.today() })
}
