//! The page where a suspension is written, new or changed.

use askama::Template;
use chrono::NaiveDate;
use iae_domain::candidates::ShownName;
use iae_domain::ids::PassId;
use iae_domain::pass::suspension::{Suspension, SuspensionReason};

use super::asked::AskedPass;
use super::terms::TermsForm;
use crate::choice::Choice;
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "pass/suspension/form.html")]
pub struct FormPage {
    layout: Layout,
    id: PassId,
    holder: ShownName,
    /// Whether a suspension that runs is changed.
    is_change: bool,
    reasons: Vec<Choice>,
    earliest: NaiveDate,
    form: TermsForm,
    errors: FieldErrors,
}

impl FormPage {
    pub(super) fn new(
        asked: AskedPass,
        changed: Option<&Suspension>,
        form: TermsForm,
        errors: FieldErrors,
    ) -> Self {
        let today = asked.today();
        let earliest = asked.pass.held.earliest_start(changed, today);
        let offered = SuspensionReason::offered_to(asked.asker.capacity);
        let choice = |reason: SuspensionReason| {
            Choice::new(reason.code(), reason.label()).selected_if(reason.code() == form.reason)
        };
        let reasons = offered.map(choice).collect();
        let AskedPass { layout, id, pass, .. } = asked;
        Self {
            layout,
            id,
            holder: pass.holder,
            is_change: changed.is_some(),
            reasons,
            earliest,
            form,
            errors,
        }
    }

    fn start_hint(&self) -> String {
        format!("Du {} à aujourd’hui", french::date(self.earliest))
    }
}
