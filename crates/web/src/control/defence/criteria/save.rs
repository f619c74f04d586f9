//! The choice, saved.

use iae_app::control::controls::choose;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::control::ChoiceRefused;
use iae_domain::eligibility::Criterion;

use super::super::messages::meanwhile;
use super::CriteriaPage;
use super::form::codes;
use crate::eligibility::missing::criteria_missing;
use crate::forms::FieldErrors;
use crate::transition::NotDone;

impl CriteriaPage {
    /// Saves the choice; or gives the criteria whose proof it would delete, when nobody agreed to it.
    pub(super) async fn save(&self, app: &App, ctx: &Ctx<EmployerActor>) -> Result<Vec<Criterion>, NotDone> {
        let wanted = self.form.parse(self.field())?;
        // Said before anything is asked: the use case says it again.
        let too_few = |missing| NotDone::from(FieldErrors::one(self.field(), criteria_missing(missing)));
        wanted.suffice_for(self.defence.control.kind).map_err(too_few)?;
        let is_given_up = |criterion: &Criterion| wanted.iter().all(|one| one != *criterion);
        let given_up = self.hire.criteria.iter().map(|one| one.criterion).filter(is_given_up);
        let lost: Vec<_> = given_up.filter(|criterion| self.has_proof(*criterion)).collect();
        if !lost.is_empty() && self.form.confirm != codes(lost.iter().copied()) {
            return Ok(lost);
        }
        match choose(app, ctx, self.hire.id, &wanted).await {
            Ok(()) => Ok(vec![]),
            Err(Failure::Refused(ChoiceRefused::NotNow(why))) => {
                Err(meanwhile(app, ctx, self.defence.control.id, why).await?.into())
            }
            Err(Failure::Refused(ChoiceRefused::Missing(missing))) => Err(too_few(missing)),
            Err(Failure::Refused(ChoiceRefused::NotOfDiagnosis(_))) => {
                Err(FieldErrors::one(self.field(), "Choisissez parmi les critères déclarés à l’embauche.")
                    .into())
            }
            Err(Failure::App(error)) => Err(error.into()),
        }
    }
}
