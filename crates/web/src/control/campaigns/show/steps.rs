//! The steps of a campaign: when each was done and by whom, or the day it is planned on. None comes by itself.

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::control::campaigns::queries::{CampaignDetail, DoneAct};
use iae_domain::control::Calendar;
use iae_domain::time::{add_days, paris_date};

use super::super::freezes::{FROZEN, frozen_at};
use crate::applications::state_badge::StateBadge;
use crate::french;

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// What it is called.
    pub(super) label: &'static str,
    /// Whether it is done.
    pub(super) is_done: bool,
    /// Whether it is the one that comes now.
    pub(super) is_next: bool,
    /// When it was done and by whom, or when it is planned.
    pub(super) said: String,
}

impl Step {
    /// Where it stands.
    pub(super) const fn badge(&self) -> StateBadge {
        match (self.is_done, self.is_next) {
            (true, _) => StateBadge { label: "Fait", tone: "success", icon: "circle-check" },
            (false, true) => StateBadge { label: "À faire", tone: "warning", icon: "hourglass" },
            (false, false) => StateBadge { label: "À venir", tone: "neutral", icon: "circle-dashed" },
        }
    }
}

/// A step before it is said.
#[derive(Clone, Copy)]
struct Told {
    label: &'static str,
    /// Its name in the trail.
    action: &'static str,
    is_done: bool,
    /// When it was done, as far as it is kept.
    at: Option<DateTime<Utc>>,
    planned: NaiveDate,
    /// What is said of it when it is done and nothing was kept of when.
    undated: &'static str,
}

/// Whether the draw found no SIAE.
const fn is_empty(detail: &CampaignDetail) -> bool {
    detail.campaign.launched_at.is_some() && detail.drawn.companies == 0
}

/// The seven steps of a campaign; `done` is what the trail keeps of it. A draw that found no SIAE has no phase to go through: its steps
/// are those before it, and its close.
pub(super) fn steps(detail: &CampaignDetail, done: &[DoneAct]) -> Vec<Step> {
    let is_empty = is_empty(detail);
    let of_phases = [FROZEN, "control_campaign.adversarial_begun"];
    let mut told = told(detail, done).to_vec();
    told.retain(|step| !(is_empty && of_phases.contains(&step.action)));
    let next = told.iter().position(|step| !step.is_done);
    let said = |step: &Told| match step.at {
        Some(at) => done_at(at, step.action, done),
        None if step.is_done => step.undated.to_owned(),
        None => format!("Prévu le {}", french::date(step.planned)),
    };
    let step = |(rank, step): (usize, &Told)| Step {
        label: step.label,
        is_done: step.is_done,
        is_next: next == Some(rank),
        said: said(step),
    };
    told.iter().enumerate().map(step).collect()
}

fn told(detail: &CampaignDetail, done: &[DoneAct]) -> [Told; 7] {
    let campaign = &detail.campaign;
    let calendar = campaign.calendar;
    let launch_on = campaign.launched_at.map_or(calendar.launch_on, paris_date);
    let ends_on = add_days(calendar.adversarial_review_until(), 1);
    let (is_listed, is_adversarial) = (campaign.list.is_some(), campaign.adversarial_at.is_some());
    // The launch settles the ratio, at its own instant, when the DDETS did not.
    let chosen_at = campaign.ratio_set_at.filter(|_| campaign.ratio_set_at != campaign.launched_at);
    [
        Told {
            label: "Choix du taux de contrôle par la DDETS",
            action: "control_campaign.ratio_set",
            is_done: chosen_at.is_some() || is_listed,
            at: chosen_at,
            planned: calendar.ratio_until(),
            undated: "La DDETS n’a rien choisi",
        },
        Told {
            label: "Liste figée, empreinte publiée",
            action: "control_campaign.list_frozen",
            is_done: is_listed,
            at: campaign.list.as_ref().map(|list| list.frozen_at),
            planned: launch_on,
            undated: "",
        },
        Told {
            label: "Tirage au sort, début de la phase amiable",
            action: "control_campaign.launched",
            is_done: campaign.launched_at.is_some(),
            at: campaign.launched_at,
            planned: launch_on,
            undated: "",
        },
        Told {
            label: "Transmissions de la phase amiable bloquées",
            action: FROZEN,
            is_done: is_adversarial || campaign.submissions_frozen_at.is_some(),
            at: frozen_at(campaign, done, false),
            planned: add_days(Calendar::amicable_until(launch_on), 1),
            undated: "",
        },
        Told {
            label: "Début de la phase contradictoire",
            action: "control_campaign.adversarial_begun",
            is_done: is_adversarial,
            at: campaign.adversarial_at,
            planned: calendar.adversarial_from,
            undated: "",
        },
        Told {
            label: "Transmissions de la phase contradictoire bloquées",
            action: FROZEN,
            is_done: is_adversarial && campaign.submissions_frozen_at.is_some(),
            at: frozen_at(campaign, done, true),
            planned: add_days(calendar.adversarial_until(), 1),
            undated: "",
        },
        Told {
            label: "Clôture de la campagne",
            action: "control_campaign.closed",
            is_done: campaign.ended_at.is_some(),
            at: campaign.ended_at,
            planned: if is_empty(detail) { launch_on } else { ends_on },
            undated: "",
        },
    ]
}

/// « Le 3 mars 2026 à 14 h 05, par Sofia MARTIN ».
fn done_at(at: DateTime<Utc>, action: &str, done: &[DoneAct]) -> String {
    let acts = done.iter().filter(|act| act.action == action);
    let by = acts.min_by_key(|act| (act.at - at).abs()).and_then(|act| act.by.as_ref());
    let by = by.map(|by| format!(", par {by}")).unwrap_or_default();
    format!("Le {}{by}", french::date_time(at))
}
