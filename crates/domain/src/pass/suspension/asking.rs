//! Who may suspend a PASS, and who decides about the suspension that runs (rule book 03 §5.2, §12 X1; D6).

use chrono::NaiveDate;

use super::{NotSuspendable, SuspendsAs, Suspension, SuspensionAuthor, SuspensionRefused};
use crate::actor::Professional;
use crate::pass::HeldPass;
use crate::pass::policy::PassRelation;
use crate::policy::Denied;

/// A professional who suspends or closes a PASS, and in what capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The account and the organisation.
    pub by: SuspensionAuthor,
    /// The SIAE, or the prescripteur habilité.
    pub capacity: SuspendsAs,
}

impl Asker {
    /// A member of an SIAE or of an authorised organisation: nobody else suspends, nor closes.
    pub const fn of(professional: &Professional) -> Result<Self, Denied> {
        match professional {
            Professional::Employer(employer) if employer.kind.is_siae() => Ok(Self {
                by: SuspensionAuthor { user: employer.user, organisation: employer.organisation },
                capacity: SuspendsAs::Company(employer.kind),
            }),
            Professional::Employer(_) => Err(Denied::NotSiae),
            Professional::Prescriber(prescriber) if prescriber.authorised => Ok(Self {
                by: SuspensionAuthor { user: prescriber.user, organisation: prescriber.organisation },
                capacity: SuspendsAs::Prescriber,
            }),
            Professional::Prescriber(_) => Err(Denied::NotAuthorised),
        }
    }

    /// Whether they have a part in the parcours: the SIAE hired with this PASS, the prescripteur habilité follows the holder.
    /// To anyone else there is nothing to suspend nor to close.
    pub const fn is_concerned(self, relation: PassRelation) -> bool {
        match self.capacity {
            SuspendsAs::Company(_) => relation.hired_with_it,
            SuspendsAs::Prescriber => relation.in_caseload,
        }
    }
}

impl HeldPass {
    /// Whether they may suspend it today: another hired since, it is no time for it, or a contract runs.
    pub fn may_suspend(&self, asker: Asker, today: NaiveDate) -> Result<(), SuspensionRefused> {
        self.still_decides(asker)?;
        self.pass.parcours.suspension_possible(today)?;
        if asker.capacity == SuspendsAs::Prescriber
            && let Some(contract) = self.running_contract(today)
        {
            return Err(SuspensionRefused::ContractRuns {
                company: contract.company,
                until: contract.ends_on,
            });
        }
        let from = self.earliest_start(None, today);
        if from > today { Err(SuspensionRefused::ContractStarts { from }) } else { Ok(()) }
    }

    /// The suspension that runs, when they decide about it: the SIAE of the last hire does, and the prescripteur habilité
    /// whose organisation recorded it.
    pub fn may_change(&self, asker: Asker) -> Result<&Suspension, SuspensionRefused> {
        self.still_decides(asker)?;
        let running = self.running.as_ref().ok_or(SuspensionRefused::NothingRuns)?;
        let organisation = running.author.organisation;
        match asker.capacity {
            SuspendsAs::Prescriber if organisation != asker.by.organisation => {
                Err(SuspensionRefused::NotTheirs { organisation })
            }
            SuspendsAs::Prescriber | SuspendsAs::Company(_) => Ok(running),
        }
    }

    /// A hire by another SIAE hands the decision over at once (rule book 03 §5.2); a closure takes it from everyone.
    fn still_decides(&self, asker: Asker) -> Result<(), SuspensionRefused> {
        if self.pass.parcours.closed_on().is_some() {
            return Err(NotSuspendable::Expired.into());
        }
        match (asker.capacity, self.last_hire()) {
            (SuspendsAs::Company(_), Some(last)) if last.company != asker.by.organisation => {
                Err(SuspensionRefused::AnotherHired { company: last.company, starts_on: last.starts_on })
            }
            (SuspendsAs::Company(_) | SuspendsAs::Prescriber, _) => Ok(()),
        }
    }
}
