//! What a simulation answers: the new end, what remains, what each reason still allows, what becomes possible next.

use chrono::NaiveDate;
use iae_app::pass::queries::PassDetail;
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::suspension::has_unknown_end;
use iae_domain::pass::{NextAct, Parcours, ProlongationReason, Simulated, remaining};

use super::super::possible::allowance;
use super::super::timeline::Timeline;
use crate::french;

/// What would change, without the act and with it.
pub(super) struct Answer {
    pub simulated: Simulated,
    /// « la suspension », « la prolongation ».
    pub act: &'static str,
    /// Each reason of a prolongation that is offered: what it allows without the act, then with it.
    pub allowances: Vec<(&'static str, String, String)>,
    /// The parcours with the act, seen from its day.
    pub drawing: Timeline,
    today: NaiveDate,
}

impl Answer {
    pub(super) fn new(
        simulated: Simulated,
        is_suspension: bool,
        kind: CompanyKind,
        pass: &PassDetail,
        today: NaiveDate,
    ) -> Self {
        let Simulated { before, after, on } = &simulated;
        let offered = ProlongationReason::ALL.iter().copied().filter(|reason| reason.is_offered_to(kind));
        let allowances = offered
            .map(|reason| (reason.label(), allowance(before, reason), allowance(after, reason)))
            .collect();
        let drawing = if *on == today {
            Timeline::today(after, &pass.contracts, today)
        } else {
            Timeline::of(after, &pass.contracts, *on, french::date(*on))
        };
        let act = if is_suspension { "la suspension" } else { "la prolongation" };
        Self { simulated, act, allowances, drawing, today }
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

    /// From when each thing would be possible, without the act and with it.
    pub(super) fn possible_from(&self) -> [(&'static str, String, String); 2] {
        let Simulated { before, after, on } = &self.simulated;
        let row = |label, from: fn(&Parcours, NaiveDate) -> Option<NaiveDate>| {
            (label, self.said(from(before, *on)), self.said(from(after, *on)))
        };
        [
            row("Suspension possible", Parcours::suspendable_from),
            row("Prolongation possible", Parcours::prolongable_from),
        ]
    }

    fn said(&self, from: Option<NaiveDate>) -> String {
        match from {
            None => "Plus jamais".to_owned(),
            Some(from) if from <= self.today => "Dès aujourd’hui".to_owned(),
            Some(from) => format!("À partir du {}", french::date(from)),
        }
    }

    /// The next day on which something becomes possible, and what.
    pub(super) fn next(&self) -> String {
        let Simulated { after, on, .. } = &self.simulated;
        let Some((from, acts)) = after.next_possible(*on) else {
            return if after.prolongable_from(*on).is_none() {
                "Rien d’autre ne deviendra possible ensuite.".to_owned()
            } else {
                "Tout reste possible dès ce jour\u{a0}: embaucher, suspendre, prolonger.".to_owned()
            };
        };
        let acts = acts.into_iter().map(|act| match act {
            NextAct::Suspend => "suspendre",
            NextAct::Prolong => "prolonger",
        });
        format!(
            "Prochain jour où quelque chose devient possible\u{a0}: le {} ({}).",
            french::date(from),
            acts.collect::<Vec<_>>().join(", ")
        )
    }
}
