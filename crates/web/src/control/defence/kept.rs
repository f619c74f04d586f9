//! A proof that an SIAE kept since the hire, as the page of the control offers it (03 §2.13).

use iae_app::control::controls::queries::defence::{Defence, Kept, Unfit};
use iae_domain::control::{ControlledCriterion, ControlledHire};
use iae_domain::time::paris_date;

use crate::french;
use crate::transition::version;

/// A proof that is kept of a criterion, beside the field where another is given.
#[derive(Debug)]
pub(super) struct KeptLine {
    kept: Kept,
    unfit: Option<Unfit>,
}

impl KeptLine {
    pub(super) fn of(defence: &Defence, hire: &ControlledHire, one: ControlledCriterion) -> Option<Self> {
        defence.offered(hire, one).map(|(kept, unfit)| Self { kept, unfit })
    }

    pub(super) fn id(&self) -> String {
        self.kept.id.to_string()
    }

    /// Tells the files that took each other's place apart (D32).
    pub(super) fn seen(&self) -> String {
        version(self.kept.deposited_at)
    }

    /// The button that gives it, when it can be.
    pub(super) fn button(&self) -> Option<String> {
        let words = |kept: &Kept| {
            let (deposited, dated) =
                (french::date(paris_date(kept.deposited_at)), french::date(kept.dated_on));
            format!("Utiliser le justificatif déposé le {deposited} (daté du {dated})")
        };
        (self.unfit.is_none() && !self.kept.is_given).then(|| words(&self.kept))
    }

    /// What is said of it when it is not offered.
    pub(super) fn why_not(&self) -> Option<String> {
        let dated = french::date(self.kept.dated_on);
        let why = match self.unfit {
            Some(Unfit::TooOld(months)) => format!(
                "Vous conservez un justificatif daté du {dated} : il avait plus de {months} mois le premier jour du contrat, et ne peut \
                 pas être repris ici. Déposez-en un autre, ou une attestation explicative."
            ),
            Some(Unfit::AfterStart) => format!(
                "Vous conservez un justificatif daté du {dated} : il est postérieur au premier jour du contrat, et ne peut pas être \
                 repris ici. Déposez-en un autre, ou une attestation explicative."
            ),
            None if self.kept.is_given => {
                format!("C’est celui que vous conserviez depuis l’embauche, daté du {dated}.")
            }
            None => return None,
        };
        Some(french::spaced(&why))
    }
}
