//! PASS of the demonstration: suspended, prolonged, asked for, refused, closed, or waiting for what comes next.

use chrono::TimeDelta;
use iae_domain::applications::StateCode;
use iae_domain::pass::SuspensionReason as S;
use iae_domain::pass::closure::ClosureReason;
use iae_domain::pass::prolongation::{DenialReason, ProlongationReason as P};
use iae_domain::time::paris_date;

use super::super::companies::{ACI, EI};
use super::super::parcours::{Deed, Hire, Member, Parcours, Sender, Step};
use super::Script;

/// Title, first name, last name, age.
type Named = (&'static str, &'static str, &'static str, i64);

/// Someone in parcours: when it began and how long the contract lasts, in days; what happened to the PASS since, by whom and
/// how many days ago.
type Worker<'a> = (Named, (i64, i64), &'a [(i64, Member, Deed)]);

impl Script<'_> {
    /// The PASS of the people of the demonstration, each at a moment of its life.
    pub(super) fn passes(&mut self, sender: Sender) -> Vec<Parcours> {
        let ago = |days: i64| self.world.calendar.ago(days);
        let until = |days: i64| Some(self.world.calendar.ago(-days));
        let (karim, laurent, claire) = (self.karim, self.laurent, self.claire);
        let finished = |days| Deed::Suspend(ago(days), None, S::ContractFinished);
        let at_the_aci: &[Worker<'_>] = &[
            // Suspended: since the contract ended, for longer than a year, or once.
            (("MME", "Yasmina", "Belkacem", 36), (300, 180), &[(110, karim, finished(118))]),
            (
                ("M", "Kévin", "Lorrain", 39),
                (640, 120),
                &[(514, karim, Deed::Suspend(ago(519), None, S::ContractBroken))],
            ),
            (
                ("MME", "Gabriela", "Moreira", 33),
                (200, 210),
                &[(42, karim, Deed::Suspend(ago(60), Some(ago(20)), S::ContractSuspended))],
            ),
            // Prolongations to answer: a new one, one to remind, one handed over.
            (("M", "Patrick", "Schmitt", 58), (690, 725), &[(4, karim, Deed::Ask(P::Over50, 365, claire))]),
            (
                ("MME", "Rose", "Nguema", 34),
                (670, 725),
                &[(14, karim, Deed::Ask(P::Difficulties, 365, claire))],
            ),
            (
                ("M", "Djibril", "Camara", 52),
                (650, 725),
                &[
                    (24, karim, Deed::Ask(P::Rqth, 365, claire)),
                    (10, claire, Deed::Remind),
                    (6, claire, Deed::Delegate(self.antoine.user)),
                ],
            ),
            // Granted, refused, asked for no more, to be asked for.
            (
                ("MME", "Chantal", "Keller", 54),
                (800, 850),
                &[(160, karim, Deed::Ask(P::Over50, 365, claire)), (150, claire, Deed::Grant)],
            ),
            (
                ("M", "Yves", "Mangin", 41),
                (640, 725),
                &[
                    (40, karim, Deed::Ask(P::Difficulties, 182, claire)),
                    (31, claire, Deed::Deny(DenialReason::Iae)),
                ],
            ),
            (("M", "Ahmed", "Ould Salem", 37), (790, 700), &[]),
            (("MME", "Marie-Claude", "Thomas", 61), (685, 725), &[]),
        ];
        let at_the_ei: &[Worker<'_>] = &[
            (
                ("M", "Sofiane", "Brahimi", 27),
                (260, 180),
                &[(60, claire, Deed::Suspend(ago(70), until(60), S::ContractFinished))],
            ),
            (("MME", "Samia", "Haddad", 30), (700, 725), &[(60, laurent, Deed::Declare(P::Training, 150))]),
            (
                ("MME", "Élodie", "Vautrin", 43),
                (640, 130),
                &[(500, laurent, finished(505)), (20, laurent, Deed::Close(ClosureReason::WorksElsewhere))],
            ),
            (
                ("M", "Franck", "Pierson", 49),
                (660, 725),
                &[(8, laurent, Deed::Ask(P::Rqth, 365, self.fatima))],
            ),
            (("MME", "Lucie", "Hoffmann", 45), (400, 180), &[(210, laurent, finished(215))]),
        ];
        let mut all: Vec<Parcours> =
            at_the_aci.iter().map(|worker| self.worker(*worker, ACI, sender, karim)).collect();
        all.extend(at_the_ei.iter().map(|worker| self.worker(*worker, EI, sender, laurent)));
        // Lucie Hoffmann was hired by the ACI since: her suspension ended on the eve.
        if let Some(last) = all.last_mut() {
            self.hire_again(last, 62, (ACI, karim), sender);
        }
        all
    }

    fn worker(
        &mut self,
        ((title, first, last, age), (started, lasts), turns): Worker<'_>,
        company: usize,
        sender: Sender,
        by: Member,
    ) -> Parcours {
        let mut parcours = self.file(title, first, last, age, started + 20);
        let at = self.moment(started + 12);
        parcours.prescribe(self.rng, at - TimeDelta::minutes(15), self.claire);
        let starts_on = self.world.calendar.ago(started);
        self.hire(&mut parcours, at, company, sender, by, starts_on);
        if let Some(hire) = parcours.applications.last_mut().and_then(|hired| hired.hire.as_mut()) {
            hire.ends_on = Some(starts_on + TimeDelta::days(lasts));
        }
        for (ago, by, deed) in turns {
            self.turn(&mut parcours, *ago, *by, *deed);
        }
        parcours
    }

    /// Another SIAE hires the same person, under the same PASS.
    fn hire_again(
        &mut self,
        parcours: &mut Parcours,
        ago: i64,
        (company, by): (usize, Member),
        sender: Sender,
    ) {
        let at = self.moment(ago);
        self.send(parcours, at, company, sender);
        let starts_on = paris_date(at) + TimeDelta::days(12);
        if let Some(application) = parcours.applications.last_mut() {
            let accepted_at = at + TimeDelta::minutes(25);
            application.steps.push(Step { at: accepted_at, to: StateCode::Accepted, by: Some(by) });
            application.hire = Some(Hire {
                starts_on,
                ends_on: Some(starts_on + TimeDelta::days(180)),
                diagnosis: Some(0),
                pass: Some(0),
                is_manual: false,
            });
        }
    }
}
