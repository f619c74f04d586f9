//! The prolongations of a PASS, on its page: what was declared or asked, and whether one may be now.

use chrono::NaiveDate;
use iae_app::App;
use iae_app::pass::prolongation::queries::{self, Line};
use iae_app::pass::queries::PassDetail;
use iae_domain::Actor;
use iae_domain::ids::ProlongationRequestId;
use iae_domain::pass::prolongation::RequestState;
use iae_domain::pass::{Chapter, Parcours, policy};
use iae_domain::time::Period;

use super::messages::not_open;
use crate::applications::state_badge::{StateBadge, of_request};
use crate::error::PageResult;
use crate::french;
use crate::paths::{
    ProlongationLetterPath, ProlongationPath, ProlongationReportPath, ProlongationRequestPath,
};

/// What was declared or asked of a PASS, and what its reader may do.
#[derive(Debug, Clone)]
pub struct ProlongationsOfPass {
    /// The latest first.
    pub lines: Vec<Line>,
    /// The form, for an SIAE that may fill it today.
    pub form: Option<String>,
    /// Why it may not, and from when.
    pub why_not: Option<String>,
    actor: Actor,
    pass: PassDetail,
}

impl ProlongationsOfPass {
    /// Those of this PASS, for its reader.
    pub async fn of(app: &App, actor: &Actor, pass: &PassDetail, today: NaiveDate) -> PageResult<Self> {
        let lines = queries::of_pass(app, pass.held.pass.id).await?;
        let may = matches!(actor, Actor::Employer(employer) if policy::prolong(employer, pass.relation()));
        let open = pass.held.prolongation_open(queries::is_pending(&lines), today);
        let form = (may && open.is_ok()).then(|| ProlongationPath { id: pass.held.pass.id }.to_string());
        let why_not = open.err().filter(|_| may).map(not_open);
        Ok(Self { lines, form, why_not, actor: actor.clone(), pass: pass.clone() })
    }

    /// The request that waits among these, and what it would do to the parcours as it is.
    pub(in crate::pass) fn waiting_now(lines: &[Line], parcours: &Parcours) -> Option<String> {
        let line = pending(lines)?;
        let granted = parcours.grant(line.reason, recorded(line));
        let then = match granted.ok().filter(|_| parcours.closed_on().is_none()) {
            Some(granted) => format!("Acceptée, elle porterait la fin au {}.", french::date(granted.end())),
            None => "Elle ne peut plus être acceptée.".to_owned(),
        };
        Some(format!("{} {then}", waits(line)))
    }

    /// Whether a request waits for its answer.
    pub fn is_pending(&self) -> bool {
        queries::is_pending(&self.lines)
    }

    /// The days it has, or those that are asked for.
    pub fn dates(&self, line: &Line) -> String {
        let Period { start, end } = self.placed(line).unwrap_or_else(|| recorded(line));
        french::period(start, end)
    }

    /// The days that were asked for or declared, when the end of the PASS has moved since, and which way: « a reculé ».
    pub fn recorded(&self, line: &Line) -> Option<(String, &'static str)> {
        let recorded = recorded(line);
        let placed = self.placed(line).filter(|placed| *placed != recorded)?;
        Some((french::period(recorded.start, recorded.end), Chapter::end_moved(recorded, placed)))
    }

    /// Where it is in the PASS, once it prolongs it.
    fn placed(&self, line: &Line) -> Option<Period> {
        if matches!(line.state, Some(RequestState::Pending | RequestState::Denied | RequestState::Returned)) {
            return None;
        }
        let placed = self.pass.parcours().placed_prolongations();
        placed.into_iter().find(|(recorded, _)| recorded.start == line.starts_on).map(|(_, placed)| placed)
    }

    /// The badge of a request; what was declared asked nobody.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub fn badge(&self, line: &Line) -> Option<StateBadge> {
        line.state.map(|state| match state {
            RequestState::Pending => StateBadge { label: "En attente", ..of_request(state) },
            RequestState::Granted | RequestState::Denied | RequestState::Returned => of_request(state),
        })
    }

    /// Who answered a request, or is asked to.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    pub fn validator(&self, line: &Line) -> String {
        let who = line.validator.as_deref().unwrap_or_default();
        match line.state {
            None => "Accord non applicable".to_owned(),
            Some(RequestState::Pending) => format!("Adressée à {who}"),
            Some(RequestState::Granted | RequestState::Denied) => format!("Réponse de {who}"),
            Some(RequestState::Returned) => {
                format!("{who} n’est plus prescripteur habilité\u{a0}: adressez-la à un autre")
            }
        }
    }

    /// The report given with a request, for who may read it.
    pub fn report(&self, line: &Line) -> Option<String> {
        let id = line.request.filter(|_| line.has_report)?;
        let reads = policy::read_report(&self.actor, (line.company, line.addressed));
        reads.then(|| ProlongationReportPath { id }.to_string())
    }

    /// Where its reader reads more of a request: the request itself, or the letter of its refusal.
    pub fn href(&self, line: &Line) -> Option<(&'static str, String)> {
        let (id, addressed): (ProlongationRequestId, _) = (line.request?, line.addressed?);
        if line.state == Some(RequestState::Denied)
            && policy::read_denial(&self.actor, self.pass.candidate, (line.company, addressed))
        {
            return Some(("Lettre de refus", ProlongationLetterPath { id }.to_string()));
        }
        let answers = policy::list_prolongations(&self.actor) == Ok(addressed);
        answers.then(|| ("Voir la demande", ProlongationRequestPath { id }.to_string()))
    }
}

const fn recorded(line: &Line) -> Period {
    Period { start: line.starts_on, end: line.ends_on }
}

fn pending(lines: &[Line]) -> Option<&Line> {
    lines.iter().find(|line| line.state == Some(RequestState::Pending))
}

/// Until when a request asks, and whose answer it waits for.
fn waits(line: &Line) -> String {
    format!(
        "Une demande de prolongation jusqu’au {} attend la réponse de {}.",
        french::date(line.ends_on),
        line.validator.as_deref().unwrap_or("son prescripteur habilité")
    )
}

/// The request that waits among these, and what it would do to a parcours once something else is done to it.
pub(in crate::pass) fn waiting(lines: &[Line], after: &Parcours) -> Option<String> {
    let line = pending(lines)?;
    let then = if after.closed_on().is_some() {
        "Une fois le PASS IAE clôturé, elle ne pourra plus être acceptée.".to_owned()
    } else {
        match after.grant(line.reason, recorded(line)) {
            Ok(granted) => {
                format!("Acceptée ensuite, elle porterait la fin au {}.", french::date(granted.end()))
            }
            Err(_) => "Elle ne pourrait plus être acceptée ensuite.".to_owned(),
        }
    };
    Some(format!("{} {then}", waits(line)))
}
