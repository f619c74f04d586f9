//! The choice, saved.

use axum::http::StatusCode;
use iae_app::control::controls::choose;
use iae_app::control::controls::queries::defence::MoveOf;
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::control::ChoiceRefused;
use iae_domain::eligibility::Criterion;

use super::super::colleague;
use super::super::messages::meanwhile;
use super::CriteriaPage;
use super::form::CriteriaForm;
use crate::eligibility::missing::criteria_missing;
use crate::error::{PageResult, page_with};
use crate::forms::FieldErrors;
use crate::transition::NotDone;

impl CriteriaPage {
    /// Saves the choice; or says that it is to be asked again: a colleague came before, or a proof would go that nobody agreed to lose.
    pub(super) async fn save(&self, app: &App, ctx: &Ctx<EmployerActor>) -> Result<bool, NotDone> {
        let wanted = self.form.parse(self.field())?;
        match choose(app, ctx, self.hire.id, &wanted, &self.form.agreed()).await {
            Ok(()) => Ok(true),
            Err(Failure::App(Error::Conflict)) => Ok(false),
            Err(Failure::Refused(ChoiceRefused::NotNow(why))) => {
                Err(meanwhile(app, ctx, self.defence.control.id, why).await?.into())
            }
            Err(Failure::Refused(ChoiceRefused::Missing(missing))) => {
                Err(FieldErrors::one(self.field(), criteria_missing(missing)).into())
            }
            Err(Failure::Refused(ChoiceRefused::NotOfDiagnosis(_))) => {
                Err(FieldErrors::one(self.field(), "Choisissez parmi les critères déclarés à l’embauche.")
                    .into())
            }
            Err(Failure::App(error)) => Err(error.into()),
        }
    }

    /// Things as they are now with what was ticked: what a colleague did meanwhile (D32), and the proofs that would go, by name.
    pub(super) async fn asking(self, app: &App, ctx: &Ctx<EmployerActor>, form: CriteriaForm) -> PageResult {
        let is_given_up = |criterion: Criterion| form.ticked().all(|ticked| ticked != criterion);
        let given = self.hire.criteria.iter().filter(|one| one.given_at.is_some());
        let lost: Vec<_> = given.filter(|one| is_given_up(one.criterion)).copied().collect();
        let happened = form.overtaken(&self.hire, &lost);
        let status = if happened.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
        let happened = match happened {
            Some(happened) => {
                let about = MoveOf::Hire(self.hire.id);
                let acted =
                    colleague::last(app, ctx, self.defence.control.id, &[happened.what()], about).await?;
                Some((happened.title(), happened.said(acted.as_ref())))
            }
            None => None,
        };
        let form = form.seeing(&self.hire);
        page_with(status, &Self { form, lost, happened, ..self })
    }
}
