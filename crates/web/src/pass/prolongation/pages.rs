//! The form, what it would do, and why it is closed.

use askama::Template;
use chrono::NaiveDate;
use iae_app::pass::prolongation::queries::{PassToProlong, Prescriber};
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::prolongation::{NotOpen, ProlongationFacts, ProlongationReason, REVIEW_MAX_CHARS};
use iae_domain::pass::{Parcours, remaining};

use super::form::ProlongationForm;
use super::messages;
use super::report::GivenReport;
use crate::choice::Choice;
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;

/// The form.
#[derive(Template)]
#[template(path = "pass/prolongation/new.html")]
pub struct FormPage {
    pub(super) layout: Layout,
    pub(super) known: PassToProlong,
    pub(super) kind: CompanyKind,
    pub(super) today: NaiveDate,
    pub(super) form: ProlongationForm,
    pub(super) report: GivenReport,
    pub(super) found: Vec<Prescriber>,
    /// Who moved the end of the PASS since the form was first made, and when (D32).
    pub(super) news: Option<String>,
    pub(super) errors: FieldErrors,
}

impl FormPage {
    fn reasons(&self) -> Vec<Choice> {
        let facts = ProlongationFacts { kind: self.kind, birth_date: self.known.pass.held.birth_date };
        let offered =
            ProlongationReason::ALL.iter().copied().filter(|reason| reason.is_offered_to(self.kind));
        let choice = |reason| messages::choice(reason, self.known.pass.parcours(), facts, self.today);
        offered
            .map(|reason| {
                let choice = choice(reason);
                let is_chosen = !choice.disabled && self.form.chosen() == Some(reason);
                choice.selected_if(is_chosen)
            })
            .collect()
    }

    /// The organisations of the prescriber, when there are several.
    fn organisations(&self) -> Vec<Choice> {
        if self.found.len() < 2 {
            return vec![];
        }
        let choice = |one: &Prescriber| {
            let value = one.organisation.to_string();
            let is_chosen = value == self.form.organisation;
            Choice::new(value, &one.organisation_name).selected_if(is_chosen)
        };
        self.found.iter().map(choice).collect()
    }

    fn end(&self) -> NaiveDate {
        self.known.pass.period().end
    }
}

/// What it would do, to be confirmed.
#[derive(Template)]
#[template(path = "pass/prolongation/recap.html")]
pub struct RecapPage {
    layout: Layout,
    known: PassToProlong,
    today: NaiveDate,
    form: ProlongationForm,
    has_report: bool,
    prescriber: Option<Prescriber>,
    after: Parcours,
    pub(super) errors: FieldErrors,
}

impl RecapPage {
    pub(super) fn new(
        layout: Layout,
        known: PassToProlong,
        today: NaiveDate,
        mut form: ProlongationForm,
        report: &GivenReport,
        found: &[Prescriber],
        after: Parcours,
    ) -> Self {
        let chosen = found.iter().find(|one| one.organisation.to_string() == form.organisation);
        let prescriber = chosen.or_else(|| found.first()).cloned();
        form.ends_on = after.end().to_string();
        let errors = form.not_certified();
        Self { layout, known, today, form, has_report: report.is_given, prescriber, after, errors }
    }

    fn reason(&self) -> &'static str {
        self.form.chosen().map_or("", ProlongationReason::label)
    }

    fn certifies(&self) -> &'static str {
        let birth_date = self.known.pass.held.birth_date;
        self.form.chosen().map_or("", |reason| messages::certifies(reason, birth_date))
    }

    fn before(&self) -> &Parcours {
        self.known.pass.parcours()
    }

    fn left(&self, parcours: &Parcours) -> String {
        remaining(parcours, self.today)
    }

    fn report(&self) -> &'static str {
        if self.has_report { "Oui, en PDF" } else { "Aucun" }
    }

    fn confirm(&self) -> &'static str {
        if self.form.asks() { "Envoyer la demande" } else { "Prolonger le PASS IAE" }
    }
}

/// Why nothing can be declared nor asked today.
#[derive(Template)]
#[template(path = "pass/prolongation/closed.html")]
pub struct ClosedPage {
    layout: Layout,
    known: PassToProlong,
    why: String,
}

impl ClosedPage {
    pub(super) fn new(layout: Layout, known: PassToProlong, why: NotOpen) -> Self {
        Self { layout, known, why: messages::not_open(why) }
    }
}
