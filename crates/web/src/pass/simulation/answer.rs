//! What a simulation answers: the new end, what remains, what each reason still allows, what becomes possible next.

use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_domain::pass::prolongation::NotOpen;
use iae_domain::pass::suspension::has_unknown_end;
use iae_domain::pass::{HeldPass, NextAct, ProlongationReason, Simulated, WhatIf, remaining};
use iae_domain::time::Period;

use super::super::possible::allowance;
use super::super::timeline::Timeline;
use crate::french;

/// What would change, without the act and with it.
pub(super) struct Answer {
    pub simulated: Simulated,
    question: WhatIf,
    /// « la suspension », « la prolongation ».
    pub act: &'static str,
    /// Each reason of a prolongation that is offered: what it allows without the act, then with it.
    pub allowances: Vec<(&'static str, String, String)>,
    /// The parcours with the act, seen from its day.
    pub drawing: Timeline,
    /// Why the PASS is not to be prolonged, though its days allow it.
    why_not: Option<&'static str>,
    today: NaiveDate,
}

impl Answer {
    pub(super) fn new(
        simulated: Simulated,
        question: WhatIf,
        offered: &[ProlongationReason],
        pass: &PassDetail,
        is_pending: bool,
        today: NaiveDate,
    ) -> Self {
        let Simulated { before, after, on } = &simulated;
        let allowances = offered
            .iter()
            .map(|reason| (reason.label(), allowance(before, *reason), allowance(after, *reason)))
            .collect();
        let why_not = why_not(&pass.held, is_pending, today);
        let drawing = if *on == today {
            Timeline::today(after, &pass.contracts, today)
        } else {
            Timeline::of(after, &pass.contracts, *on, french::date(*on))
        };
        let act = match question {
            WhatIf::Suspend(_) => "la suspension",
            WhatIf::Prolong { .. } => "la prolongation",
        };
        Self { simulated, question, act, allowances, drawing, why_not, today }
    }

    /// What is tried: « Si ce PASS IAE est suspendu du 1er au 31 mars 2027 : ».
    pub(super) fn question(&self) -> String {
        let tried = match self.question {
            WhatIf::Suspend(Period { start, end }) if has_unknown_end(Period { start, end }) => {
                format!("suspendu à partir du {}, sans date de fin connue", french::date(start))
            }
            WhatIf::Suspend(Period { start, end }) => format!("suspendu {}", french::period(start, end)),
            WhatIf::Prolong { reason, end } => {
                format!("prolongé jusqu’au {} ({})", french::date(end), reason.label())
            }
        };
        format!("Si ce PASS IAE est {tried}\u{a0}:")
    }

    pub(super) fn end_before(&self) -> NaiveDate {
        self.simulated.before.end()
    }

    pub(super) fn end_after(&self) -> NaiveDate {
        self.simulated.after.end()
    }

    pub(super) fn left_before(&self) -> String {
        remaining(&self.simulated.before, self.simulated.on)
    }

    pub(super) fn left_after(&self) -> String {
        remaining(&self.simulated.after, self.simulated.on)
    }

    /// Whether it can only be recorded another day.
    pub(super) fn is_later(&self) -> bool {
        self.simulated.on > self.today
    }

    /// The day it would be recorded: « aujourd’hui », « le 1er septembre 2026 ».
    pub(super) fn day(&self) -> String {
        if self.is_later() {
            format!("le {}", french::date(self.simulated.on))
        } else {
            "aujourd’hui".to_owned()
        }
    }

    /// « La fin recule de 30 jours. »
    pub(super) fn moves(&self) -> String {
        let days = (self.end_after() - self.end_before()).num_days().unsigned_abs();
        if days == 0 {
            return "La fin du PASS IAE ne bouge pas\u{a0}: un seul jour est suspendu, et il compte dans le parcours.".to_owned();
        }
        let moved = french::days(days);
        match self.new_suspension_without_end() {
            Some(until) => format!(
                "La fin du PASS IAE recule de {moved} au plus\u{a0}: sans date de fin connue, la suspension va jusqu’au {} au plus tard, et une embauche ou un retour l’arrête avant.",
                french::date(until)
            ),
            None => format!("La fin du PASS IAE recule de {moved}."),
        }
    }

    /// The latest day of the suspension that is tried, when its end is not known.
    fn new_suspension_without_end(&self) -> Option<NaiveDate> {
        let before = self.simulated.before.suspensions();
        let mut new = self.simulated.after.suspensions().iter().filter(|one| !before.contains(one));
        new.find(|one| has_unknown_end(**one)).map(|one| one.end)
    }

    /// From when each thing is possible without the act, today or later, and would be with it, its day or later.
    pub(super) fn possible_from(&self) -> [(&'static str, String, String); 2] {
        let Simulated { before, after, on } = &self.simulated;
        let row = |label: &'static str, act: NextAct| match self.why_not.filter(|_| act == NextAct::Prolong) {
            Some(why) => (label, why.to_owned(), why.to_owned()),
            None => (
                label,
                self.said(before.possible_from(act, self.today)),
                self.said(after.possible_from(act, *on)),
            ),
        };
        [row("Suspension possible", NextAct::Suspend), row("Prolongation possible", NextAct::Prolong)]
    }

    fn said(&self, from: Option<NaiveDate>) -> String {
        match from {
            None => "Plus jamais".to_owned(),
            Some(from) if from <= self.today => "Dès aujourd’hui".to_owned(),
            Some(from) => format!("À partir du {}", french::date(from)),
        }
    }

    /// The next day on which something becomes possible, and what; else what is possible on the day of the act.
    pub(super) fn next(&self) -> String {
        let Simulated { after, on, .. } = &self.simulated;
        let acts: &[NextAct] = if self.why_not.is_some() { &[NextAct::Suspend] } else { &NextAct::ALL };
        if let Some((from, acts)) = after.next_possible(*on, acts) {
            return format!(
                "Prochain jour où quelque chose devient possible\u{a0}: le {} ({}).",
                french::date(from),
                acts.into_iter().map(verb).collect::<Vec<_>>().join(", ")
            );
        }
        let is_now = |act: &NextAct| after.possible_from(*act, *on) == Some(*on);
        let now: Vec<NextAct> = acts.iter().copied().filter(is_now).collect();
        if now == NextAct::ALL {
            return "Tout reste possible dès ce jour\u{a0}: embaucher, suspendre, prolonger.".to_owned();
        }
        let hire = after.is_valid(*on).then_some("embaucher");
        let verbs: Vec<&str> = hire.into_iter().chain(now.into_iter().map(verb)).collect();
        let possible = if verbs.is_empty() {
            String::new()
        } else {
            format!("Possible dès ce jour\u{a0}: {}. ", verbs.join(", "))
        };
        let then = match self.why_not {
            None => "Rien d’autre ne deviendra possible ensuite.".to_owned(),
            Some(why) => format!("{why}."),
        };
        format!("{possible}{then}")
    }
}

const fn verb(act: NextAct) -> &'static str {
    match act {
        NextAct::Suspend => "suspendre",
        NextAct::Prolong => "prolonger",
    }
}

/// What else than its days keeps a PASS from being prolonged, from the first day they allow it.
fn why_not(held: &HeldPass, is_pending: bool, today: NaiveDate) -> Option<&'static str> {
    let from = held.pass.parcours.prolongable_from(today)?;
    match held.prolongation_open(is_pending, from) {
        Err(NotOpen::Pending) => Some("Une demande attend déjà"),
        Err(NotOpen::NotLatest) => Some("Un PASS IAE plus récent a été délivré"),
        Ok(()) | Err(NotOpen::Pass(_)) => None,
    }
}
