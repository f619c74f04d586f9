//! The form of an acceptance: what is typed, and what it means.

use chrono::NaiveDate;
use iae_app::applications::Hire;
use iae_app::applications::detail::{Colleague, Post};
use iae_domain::applications::Accept;
use iae_domain::applications::draft::Advisor;
use iae_domain::candidates::BirthDate;
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::UserId;
use iae_domain::organisations::CompanyKind;
use iae_domain::text::{MESSAGE_MAX_CHARS, Message};
use serde::Deserialize;

use super::super::received::Answer;
use super::eligibility::Eligibility;
use super::messages;
use super::new_job::{FoundJob, NEW};
use super::person::{Asked, Given};
use crate::candidates::fields::FileFields;
use crate::eligibility::criteria::age_contradicted;
use crate::eligibility::missing::criteria_missing;
use crate::forms::FieldErrors;

/// What stands for someone who has no account.
pub(super) const UNLISTED: &str = "unlisted";

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    #[serde(flatten)]
    pub(super) file: FileFields,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) job: String,
    pub(super) new_job: String,
    pub(super) new_job_choice: String,
    pub(super) new_job_commune: String,
    pub(super) new_job_commune_choice: String,
    pub(super) advisor: String,
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
    pub(super) colleagues: &'a [Colleague],
    pub(super) found: &'a FoundJob,
    pub(super) user: UserId,
    pub(super) kind: CompanyKind,
    pub(super) eligibility: &'a Eligibility,
    /// The date of birth, when the file says it.
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) today: NaiveDate,
}

impl AcceptanceForm {
    /// The hire, with what is given of the person; or every mistake, in the order of the fields: those of the rules
    /// that the page can ask as well. The rules decide again, and what they refuse is said beside the same fields.
    pub(super) fn parse(&self, known: &Known<'_>) -> Result<(Hire, Given), FieldErrors> {
        let mut errors = FieldErrors::default();
        let given = known.asked.read(&self.file, &mut errors, known.today);
        let contract = self.contract(known, &mut errors);
        let new_job = if self.job == NEW { known.found.read(self, &mut errors) } else { None };
        let born = given.complete.birth_date.map(BirthDate::date).or(known.birth_date);
        let criteria = self.criteria(known, born, &mut errors);
        let hire =
            contract.map(|contract| Hire { contract, new_job, criteria, person: given.complete.clone() });
        errors.or(hire.map(|hire| (hire, given)))
    }

    fn contract(&self, known: &Known<'_>, errors: &mut FieldErrors) -> Option<Accept> {
        let starts_on = errors.day("starts_on", &self.starts_on);
        if starts_on.is_none() {
            errors.add("starts_on", "Indiquez le premier jour du contrat.");
        }
        let ends_on = errors.day("ends_on", &self.ends_on);
        let job = known.posts.iter().find(|post| post.id.to_string() == self.job).map(|post| post.id);
        if job.is_none() && !self.job.is_empty() && self.job != NEW {
            errors.add("job", "Ce poste n’est pas proposé\u{a0}: choisissez-en un de la liste.");
        }
        errors.check_length("answer", &self.answer, MESSAGE_MAX_CHARS);
        let answer = Message::parse(&self.answer).ok();
        let advisor = self.advisor(known, errors);
        let contract = Accept { starts_on: starts_on?, ends_on, job, answer, advisor };
        for mistake in contract.mistakes(known.kind, known.today) {
            let (field, message) = messages::contract_mistake(mistake);
            errors.add(field, message);
        }
        let pass_end = known.eligibility.pass_end(contract.starts_on, known.today);
        if let Some(end) = pass_end.filter(|end| contract.starts_on > *end) {
            errors.add("starts_on", messages::starts_after_pass_end(end));
        }
        Some(contract)
    }

    /// Who accompanies the person in the company: whoever accepts, unless someone else is chosen.
    fn advisor(&self, known: &Known<'_>, errors: &mut FieldErrors) -> Advisor {
        if self.advisor.is_empty() || self.advisor == known.user.to_string() {
            return Advisor::Sender;
        }
        if self.advisor == UNLISTED {
            return Advisor::Unlisted;
        }
        let colleague = known.colleagues.iter().find(|one| one.user.to_string() == self.advisor);
        if colleague.is_none() {
            errors.add("advisor", "Cette personne n’est plus membre de votre structure\u{a0}: choisissez quelqu’un de la liste.");
        }
        colleague.map_or(Advisor::Sender, |one| Advisor::Colleague(one.user))
    }

    /// What the recap carries besides the dates and the file.
    pub(super) fn kept(&self) -> [(&'static str, &str); 6] {
        [
            ("job", &self.job),
            ("new_job", &self.new_job),
            ("new_job_choice", &self.new_job_choice),
            ("new_job_commune", &self.new_job_commune),
            ("new_job_commune_choice", &self.new_job_commune_choice),
            ("advisor", &self.advisor),
        ]
    }

    /// The criteria ticked, when the company makes its own diagnosis.
    fn criteria(
        &self,
        known: &Known<'_>,
        birth_date: Option<NaiveDate>,
        errors: &mut FieldErrors,
    ) -> Option<Criteria> {
        if !known.eligibility.is_to_validate() {
            return None;
        }
        let chosen = Criteria::choose(self.ticked())
            .map_err(|conflict| errors.add("level_1_criteria", messages::criteria_conflict(conflict)))
            .ok()?;
        if let Err(missing) = chosen.suffice_for(known.kind) {
            errors.add("level_1_criteria", criteria_missing(missing));
        }
        if let Err(contradicted) = chosen.agree_with(birth_date, known.today) {
            errors.add("level_2_criteria", age_contradicted(contradicted));
        }
        Some(chosen)
    }

    pub(super) fn ticked(&self) -> impl Iterator<Item = Criterion> {
        let codes = self.level_1_criteria.iter().chain(&self.level_2_criteria);
        codes.filter_map(|code| Criterion::parse(code))
    }
}
