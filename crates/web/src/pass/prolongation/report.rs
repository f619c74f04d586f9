//! The report of the pathway, given with the form as a file (rule book 03 §6.3, X3).

use chrono::{DateTime, Utc};
use iae_app::pass::prolongation::report;
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::documents::DocumentKind;
use iae_domain::ids::PassId;
use iae_domain::organisations::CompanyKind;
use iae_domain::pass::prolongation::owes_report;

use super::form::ProlongationForm;
use crate::documents::attached::NotAttached;
use crate::documents::messages::limits;
use crate::documents::upload::Upload;
use crate::error::PageResult;
use crate::forms::FieldErrors;

/// The field of the file.
pub(super) const REPORT: &str = "report";
/// What it is.
pub(super) const KIND: DocumentKind = DocumentKind::ProlongationReport;

/// What a form has of a report.
#[derive(Debug)]
pub(super) struct GivenReport {
    /// One is kept for the form.
    pub is_given: bool,
    /// The SIAE owes one with each request.
    pub is_owed: bool,
    not_attached: Option<NotAttached>,
}

impl GivenReport {
    /// Of a form that was not filled yet.
    pub(super) const fn none(kind: CompanyKind) -> Self {
        Self { is_given: false, is_owed: owes_report(kind), not_attached: None }
    }

    /// Attaches or removes the file as the form says. A reason that asks nobody takes none; one that was not chosen yet loses
    /// none.
    pub(super) async fn of(
        app: &App,
        ctx: &Ctx<EmployerActor>,
        pass: PassId,
        form: &ProlongationForm,
        upload: &mut Upload,
    ) -> PageResult<Self> {
        let none = Self::none(ctx.actor.kind);
        let Some(id) = form.request().filter(|_| !form.declares()) else { return Ok(none) };
        let files = upload.take_files(REPORT);
        let mut not_attached = None;
        if !files.is_empty() {
            not_attached = NotAttached::of(report::attach(app, ctx, pass, id, files).await)?.err();
        } else if upload.is_set("remove_report") {
            report::remove(app, ctx, pass, id).await?;
        }
        Ok(Self { is_given: report::is_given(app, ctx, pass, id).await?, not_attached, ..none })
    }

    /// What is wrong with what was sent, beside its field.
    pub(super) fn check_sent(&self, errors: &mut FieldErrors) {
        if let Some(not_attached) = &self.not_attached {
            errors.add(REPORT, not_attached.said(KIND));
        }
    }

    /// The same, and what a request owes.
    pub(super) fn check(&self, errors: &mut FieldErrors) {
        self.check_sent(errors);
        if self.not_attached.is_none() && self.is_owed && !self.is_given {
            errors.add(REPORT, MISSING);
        }
    }

    /// When a file may be sent again, if none may for now.
    pub(super) const fn allowed_from(&self) -> Option<DateTime<Utc>> {
        match &self.not_attached {
            Some(NotAttached::NotNow(exhausted)) => Some(exhausted.until),
            Some(NotAttached::Refused(_)) | None => None,
        }
    }

    /// What is said of the field.
    pub(super) fn hint(&self) -> String {
        let limits = limits(KIND);
        if self.is_owed {
            format!("Une AI le joint à chaque demande. {limits}")
        } else {
            format!("En plus de ce que vous écrivez ci-dessus, si vous en avez un. {limits}")
        }
    }

    /// When it is required.
    pub(super) const fn required_when(&self) -> &'static str {
        if self.is_owed { "obligatoire pour demander un accord" } else { "" }
    }
}

/// Nothing was given by who owes it.
pub(super) const MISSING: &str =
    "Joignez le bilan du parcours\u{a0}: une association intermédiaire le donne avec chaque demande.";
