//! The form of an acceptance: what is typed, and what it means.

use chrono::NaiveDate;
use iae_app::applications::Hire;
use iae_app::applications::detail::Post;
use iae_domain::applications::{Accept, TEXT_MAX_CHARS};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::organisations::CompanyKind;
use iae_domain::text::NonBlank;
use serde::Deserialize;

use super::super::received::Answer;
use super::eligibility::Eligibility;
use super::messages;
use super::person::{Asked, Given};
use crate::candidates::fields::FileFields;
use crate::forms::FieldErrors;

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    #[serde(flatten)]
    pub(super) file: FileFields,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) job: String,
    pub(super) answer: String,
    pub(super) level_1_criteria: Vec<String>,
    pub(super) level_2_criteria: Vec<String>,
    pub(super) step: String,
    seen: String,
}

impl Answer for AcceptanceForm {
    fn seen(&self) -> &str {
        &self.seen
    }
}

/// What the page knows of the application, to read the form by.
pub(super) struct Known<'a> {
    pub(super) asked: Asked,
    pub(super) posts: &'a [Post],
    pub(super) kind: CompanyKind,
    pub(super) eligibility: &'a Eligibility,
    pub(super) today: NaiveDate,
}

impl AcceptanceForm {
    /// The hire, with what is given of the person; or every mistake, in the order of the fields: those of the rules
    /// that the page can ask as well. The rules decide again, and what they refuse is said beside the same fields.
    pub(super) fn parse(&self, known: &Known<'_>) -> Result<(Hire, Given), FieldErrors> {
        let mut errors = FieldErrors::default();
        let given = known.asked.read(&self.file, &mut errors, known.today);
        let contract = self.contract(known, &mut errors);
        let criteria = self.criteria(known, &mut errors);
        let hire = contract.map(|contract| Hire { contract, criteria, person: given.complete.clone() });
        errors.or(hire.map(|hire| (hire, given)))
    }

    fn contract(&self, known: &Known<'_>, errors: &mut FieldErrors) -> Option<Accept> {
        let starts_on = errors.day("starts_on", &self.starts_on);
        if starts_on.is_none() {
            errors.add("starts_on", "Indiquez le premier jour du contrat.");
        }
        let ends_on = errors.day("ends_on", &self.ends_on);
        let job = known.posts.iter().find(|post| post.id.to_string() == self.job).map(|post| post.id);
        if job.is_none() && !self.job.is_empty() {
            errors.add("job", "Ce poste n'est pas proposé\u{a0}: choisissez-en un de la liste.");
        }
        errors.check_length("answer", &self.answer, TEXT_MAX_CHARS);
        let answer = NonBlank::parse(&self.answer);
        let contract = Accept { starts_on: starts_on?, ends_on, job, answer };
        for mistake in contract.mistakes(known.kind, known.today) {
            let (field, message) = messages::contract_mistake(mistake);
            errors.add(field, message);
        }
        if let Some(end) = known.eligibility.pass_end().filter(|end| contract.starts_on > *end) {
            errors.add("starts_on", messages::starts_after_pass_end(end));
        }
        Some(contract)
    }

    /// The criteria ticked, when the company makes its own diagnosis.
    fn criteria(&self, known: &Known<'_>, errors: &mut FieldErrors) -> Option<Criteria> {
        if !known.eligibility.is_to_validate() {
            return None;
        }
        let chosen = Criteria::choose(self.ticked())
            .map_err(|conflict| errors.add("level_1_criteria", messages::criteria_conflict(conflict)))
            .ok()?;
        if let Err(missing) = chosen.suffice_for(known.kind) {
            errors.add("level_1_criteria", messages::criteria_missing(missing));
        }
        Some(chosen)
    }

    pub(super) fn ticked(&self) -> impl Iterator<Item = Criterion> {
        let codes = self.level_1_criteria.iter().chain(&self.level_2_criteria);
        codes.filter_map(|code| Criterion::parse(code))
    }
}
