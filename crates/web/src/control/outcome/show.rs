//! `/controls/{id}/outcome`: what was decided of a negative result, as the DDETS and the SIAE read it (rule book 04 §1.15, §1.16).

mod contest;
mod former;
mod irregular;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::control::controls::queries::outcome::{OutcomeDetail, outcome};
use iae_domain::Actor;
use iae_domain::control::{DecisionReader, Outcome, Withdrawal};

use self::former::Former;
use self::irregular::Irregular;
use super::words::{self, Line};
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french::{date_time, period, spaced};
use crate::layout::Layout;
use crate::paths::ControlOutcomePath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/outcome/show.html")]
pub struct OutcomePage {
    layout: Layout,
    of: OutcomeDetail,
    reader: DecisionReader,
    today: NaiveDate,
}

impl OutcomePage {
    fn is_ddets(&self) -> bool {
        self.reader == DecisionReader::Ddets
    }

    fn title(&self) -> String {
        match self.reader {
            DecisionReader::Ddets => format!("Décision\u{a0}: {}", self.of.company.shown_name()),
            DecisionReader::Company => "Décision de la DDETS".to_owned(),
        }
    }

    fn state(&self) -> StateBadge {
        words::state(&self.of.in_force)
    }

    /// What happened, to whom, when.
    fn lead(&self) -> String {
        let (hired, at) = (self.hired(), date_time(self.of.in_force.at));
        let ddets = &self.of.ddets.name;
        let (of_ddets, of_company) = match self.decided() {
            Some(_) => ("Décision prise", "Le résultat est négatif. Décision prise"),
            None => ("Décision annulée après recours,", "Résultat négatif, décision annulée après recours,"),
        };
        let said = match self.reader {
            DecisionReader::Ddets => {
                format!("Contrôle des auto-prescriptions, contrats commencés {hired}. {of_ddets} le {at}.")
            }
            DecisionReader::Company => format!(
                "{ddets} a contrôlé vos auto-prescriptions, contrats commencés {hired}. {of_company} le {at}."
            ),
        };
        spaced(&said)
    }

    fn hired(&self) -> String {
        period(self.of.hired.start, self.of.hired.end)
    }

    /// What is decided; nothing once it is annulled.
    fn decided(&self) -> Option<&Outcome> {
        self.of.in_force.outcome()
    }

    fn lines(&self, outcome: &Outcome) -> Vec<Line> {
        words::lines(outcome, self.reader)
    }

    fn notified(&self) -> String {
        words::notified(&self.of.in_force, self.of.is_mailed, self.reader)
    }

    fn is_by_letter(&self) -> bool {
        words::is_significant(&self.of.in_force)
    }

    /// Why the decision in force took the place of another.
    fn why(&self) -> Option<&str> {
        self.of.in_force.replaces.as_ref().map(|(_, why)| why.as_str())
    }

    fn former(&self) -> Vec<Former> {
        Former::all(&self.of, self.reader)
    }

    fn irregular(&self) -> Vec<Irregular> {
        Irregular::all(&self.of)
    }

    fn controlled(&self) -> i64 {
        i64::try_from(self.of.control.hires.len()).unwrap_or(i64::MAX)
    }

    /// Last day to notify, as the page of sanctions says it (D14).
    fn deadline(&self) -> NaiveDate {
        self.of.calendar.sanctions_until(self.of.adversarial_at)
    }

    /// Which days the right to prescribe to oneself is withdrawn (§1.16): nothing changes before.
    fn withdrawn(&self, withdrawal: &Withdrawal) -> String {
        let days = words::days(*withdrawal);
        let said = if self.today < withdrawal.from {
            format!("Il s’appliquera {days} : rien ne change avant.")
        } else if withdrawal.holds_on(self.today) {
            format!("Il s’applique {days}.")
        } else {
            format!("Il s’est appliqué {days} : il est terminé.")
        };
        spaced(&said)
    }
}

/// Shows it to both sides.
pub async fn get(
    ControlOutcomePath { id }: ControlOutcomePath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let of = outcome(&state, &ctx, id).await?;
    let reader = match &ctx.actor {
        Actor::Inspector(_) => DecisionReader::Ddets,
        Actor::Employer(_) | Actor::Candidate(_) | Actor::Prescriber(_) | Actor::Staff(_) | Actor::System => {
            DecisionReader::Company
        }
    };
    ok(&OutcomePage { layout, of, reader, today: ctx.today() })
}
