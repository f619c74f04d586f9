//! The controls of an SIAE: what it has to do, what it waits for, what it was told the result of (rule book 04 §1.19).

use chrono::NaiveDate;
use iae_app::control::controls::queries::defence::{ListedControl, listed};
use iae_app::control::controls::queries::{Made, Making};
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::control::{FinalState, Told};

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::french::{age, date, date_time, period, spaced};
use crate::paths::{ControlOutcomePath, ControlPath};

/// Days before the last one when it is urgent.
const SOON_DAYS: i64 = 7;

/// The controls.
pub(super) struct Controls {
    /// Those that wait for the SIAE.
    pub to_do: Vec<ListedControl>,
    /// Those that wait for the next phase.
    pub waiting: Vec<ListedControl>,
    /// Those that have a result.
    pub past: Vec<ListedControl>,
    today: NaiveDate,
}

impl Controls {
    pub(super) async fn of(app: &App, ctx: &Ctx<EmployerActor>) -> PageResult<Self> {
        let controls = listed(&app.db, ctx).await?;
        let (past, active): (Vec<_>, Vec<_>) = controls.into_iter().partition(|one| one.told.is_over());
        let (to_do, waiting) = active.into_iter().partition(|one| one.needs_action);
        Ok(Self { to_do, waiting, past, today: ctx.today() })
    }

    /// How urgent what is to be done is.
    pub(super) fn tone(&self) -> &'static str {
        let left = self.to_do.iter().map(|control| (control.days.until() - self.today).num_days()).min();
        match left {
            Some(..0) => "late",
            Some(0) => "today",
            Some(1..=SOON_DAYS) => "week",
            Some(_) | None => "later",
        }
    }

    /// What is not to be done, in a section of its own.
    pub(super) const fn has_others(&self) -> bool {
        !self.waiting.is_empty() || !self.past.is_empty()
    }

    /// Its title.
    pub(super) const fn title(&self) -> &'static str {
        if self.to_do.is_empty() { "Contrôle a posteriori" } else { "Vos autres contrôles a posteriori" }
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(super) fn href(&self, control: &ListedControl) -> String {
        ControlPath { id: control.id }.to_string()
    }

    /// The decision on a negative result, once it is notified (EXT 9).
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(super) fn decision(&self, control: &ListedControl) -> Option<String> {
        control.notified_at.map(|_| ControlOutcomePath { id: control.id }.to_string())
    }

    /// What is controlled, by whom.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(super) fn about(&self, control: &ListedControl) -> String {
        let hired = period(control.hired.start, control.hired.end);
        spaced(&format!("contrats commencés {hired}, {}", control.ddets))
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub(super) fn badge(&self, control: &ListedControl) -> StateBadge {
        let (label, tone, icon) = match control.told {
            Told::Certified | Told::Result(FinalState::Accepted) => {
                (FinalState::Accepted.label(), "success", "circle-check")
            }
            Told::Result(FinalState::Refused) if control.decisions.is_annulled() => {
                ("Résultat négatif, décision annulée après recours", "neutral", "ban")
            }
            Told::Result(FinalState::Refused) => (FinalState::Refused.label(), "error", "circle-x"),
            Told::Open if control.needs_action => ("Action à faire", "accent", "flag"),
            Told::Open => ("En cours", "neutral", "clock"),
            Told::Submitted(_) => ("Transmis", "info", "send"),
            Told::Frozen(_) => ("Transmissions bloquées", "warning", "lock"),
        };
        StateBadge { label, tone, icon }
    }

    /// Until when, or since when; of what is over, what comes next.
    pub(super) fn sentence(&self, control: &ListedControl) -> String {
        let until = control.days.until();
        let said = match control.told {
            Told::Open if self.today > until => format!(
                "La date limite était le {} : transmettez vos justificatifs sans attendre.",
                date(until)
            ),
            Told::Open => format!(
                "Justificatifs à transmettre à la DDETS au plus tard le {}, {}.",
                date(until),
                age(until, self.today)
            ),
            Told::Submitted(at) => format!("Justificatifs transmis à la DDETS le {}.", date_time(at)),
            Told::Frozen(at) => format!("Transmissions bloquées depuis le {}.", date_time(at)),
            Told::Result(FinalState::Refused) => match control.decisions.in_force() {
                Some(Made { what: Making::Notified, at }) => {
                    format!("Décision notifiée le {}.", date_time(at))
                }
                Some(Made { what, at }) => {
                    format!("Décision {} le {}, après un recours.", what.done(), date_time(at))
                }
                None => format!(
                    "La DDETS doit vous notifier sa décision, au plus tard le {} d’après le calendrier.",
                    date(control.days.sanctions_until())
                ),
            },
            Told::Certified | Told::Result(FinalState::Accepted) => String::new(),
        };
        spaced(&said)
    }
}
