//! What is ticked.

use chrono::{DateTime, Utc};
use iae_app::control::controls::SeenChoice;
use iae_domain::control::{ControlledCriterion, ControlledHire, DefenceMove};
use iae_domain::eligibility::{Criteria, Criterion, Level};
use serde::Deserialize;

use super::super::colleague::Acted;
use super::super::messages::criteria_conflict;
use crate::forms::FieldErrors;
use crate::transition::{instant, version};

/// The boxes of level 1.
pub(super) const LEVEL_1: &str = "level_1_criteria";
/// The boxes of level 2.
pub(super) const LEVEL_2: &str = "level_2_criteria";

/// What a colleague did since the page was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happened {
    /// Another choice is saved.
    Chosen,
    /// A proof was given of a criterion that is given up.
    Given,
}

impl Happened {
    /// As the trail names it.
    pub(super) const fn what(self) -> DefenceMove {
        match self {
            Self::Chosen => DefenceMove::CriteriaChosen,
            Self::Given => DefenceMove::ProofGiven,
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Chosen => "Les critères ont changé entre-temps",
            Self::Given => "Un justificatif a été déposé entre-temps",
        }
    }

    /// Who did it and when, and what comes next.
    pub(super) fn said(self, acted: Option<&Acted>) -> String {
        let who = acted.map_or("Un collègue", |acted| acted.who.as_str());
        let when = acted.map(|acted| format!(" le {},", acted.at)).unwrap_or_default();
        match self {
            Self::Chosen => format!(
                "{who} a enregistré un autre choix{when} depuis que vous avez ouvert la page. Vérifiez le vôtre, puis enregistrez-le si \
                 vous voulez toujours le faire."
            ),
            Self::Given => format!(
                "{who} a déposé un justificatif{when} pour un critère que vous avez décoché, depuis que vous avez ouvert la page. Il \
                 n’est pas supprimé."
            ),
        }
    }
}

/// What is posted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CriteriaForm {
    level_1_criteria: Vec<String>,
    level_2_criteria: Vec<String>,
    /// What was chosen when the page was made (D32).
    pub(super) seen: String,
    /// The criteria whose proof may be deleted, once it was asked.
    confirm: String,
}

impl CriteriaForm {
    /// What is chosen already.
    pub(super) fn of(hire: &ControlledHire) -> Self {
        let ticked = |level: Level| {
            let criteria = hire.criteria.iter().map(|one| one.criterion);
            let criteria = criteria.filter(|criterion| criterion.level() == level);
            criteria.map(|criterion| criterion.code().to_owned()).collect()
        };
        Self {
            level_1_criteria: ticked(Level::One),
            level_2_criteria: ticked(Level::Two),
            seen: chosen(hire),
            confirm: String::new(),
        }
    }

    /// The same, made from what is chosen now.
    pub(super) fn seeing(self, hire: &ControlledHire) -> Self {
        Self { seen: chosen(hire), ..self }
    }

    /// The criteria that are ticked.
    pub(super) fn ticked(&self) -> impl Iterator<Item = Criterion> {
        let codes = self.level_1_criteria.iter().chain(&self.level_2_criteria);
        codes.filter_map(|code| Criterion::parse(code))
    }

    /// The choice; `field` is where what is wrong with it is said.
    pub(super) fn parse(&self, field: &'static str) -> Result<Criteria, FieldErrors> {
        Criteria::choose(self.ticked())
            .map_err(|conflict| FieldErrors::one(field, criteria_conflict(conflict)))
    }

    /// What the page showed, and what it was agreed to lose of it.
    pub(super) fn agreed(&self) -> SeenChoice {
        let seen = self.seen();
        let may_go = |criterion: Criterion| self.confirm.split(',').any(|code| code == criterion.code());
        let given = seen.iter().filter_map(|(criterion, given_at)| Some((*criterion, (*given_at)?)));
        SeenChoice {
            chosen: seen.iter().map(|(criterion, _)| *criterion).collect(),
            lost: given.filter(|(criterion, _)| may_go(*criterion)).collect(),
        }
    }

    /// What of a hire a colleague changed since the page was made, `lost` being what the choice takes from it.
    pub(super) fn overtaken(&self, hire: &ControlledHire, lost: &[ControlledCriterion]) -> Option<Happened> {
        let seen = self.seen();
        let chosen = hire.criteria.iter().map(|one| one.criterion);
        let is_seen = |one: &ControlledCriterion| seen.contains(&(one.criterion, one.given_at));
        match (chosen.eq(seen.iter().map(|(criterion, _)| *criterion)), lost.iter().all(is_seen)) {
            (false, _) => Some(Happened::Chosen),
            (true, false) => Some(Happened::Given),
            (true, true) => None,
        }
    }

    /// Each criterion that was chosen, and when the proof it had was given.
    fn seen(&self) -> Vec<(Criterion, Option<DateTime<Utc>>)> {
        let one = |text: &str| {
            let (code, given_at) = text.split_once('@')?;
            Some((Criterion::parse(code)?, instant(given_at)))
        };
        self.seen.split(',').filter_map(one).collect()
    }
}

/// What a hire defends, as a form says it: each criterion with when its proof was given.
fn chosen(hire: &ControlledHire) -> String {
    let said = |one: &ControlledCriterion| {
        format!("{}@{}", one.criterion.code(), one.given_at.map(version).unwrap_or_default())
    };
    hire.criteria.iter().map(said).collect::<Vec<_>>().join(",")
}

/// Criteria, as a form says them.
pub(super) fn codes(criteria: impl Iterator<Item = Criterion>) -> String {
    criteria.map(Criterion::code).collect::<Vec<_>>().join(",")
}
