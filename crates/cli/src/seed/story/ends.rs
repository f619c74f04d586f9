//! How an application ends: a hire, or what becomes of the others.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::applications::{RefusalReason, StateCode};
use iae_domain::eligibility::AuthorKind;
use iae_domain::organisations::CompanyKind;
use iae_domain::time::paris_date;

use super::super::parcours::{Application, Diagnosis, Hire, Member, Parcours, Sender, Step};
use super::{PlannedHire, Teller};

impl Teller<'_> {
    pub(super) fn accept(
        &mut self,
        hire: &PlannedHire,
        acceptances: &[(DateTime<Utc>, Member)],
        application: &mut Application,
        parcours: &mut Parcours,
    ) {
        let company = &self.world.companies[application.company];
        let day = paris_date(hire.accepted_at);
        let by = acceptances.iter().find(|(at, _)| *at == hire.accepted_at).map(|(_, member)| *member);
        let by = by.unwrap_or_else(|| self.receiver(application.company));
        let studied_at = application.at + (hire.accepted_at - application.at) / 2;
        if hire.accepted_at - application.at > TimeDelta::days(1) && self.rng.chance(800) {
            application.steps.push(Step { at: studied_at, to: StateCode::Processing, by: Some(by) });
        }
        let mut ending = Hire {
            starts_on: hire.starts_on,
            ends_on: self
                .rng
                .chance(850)
                .then(|| hire.starts_on + TimeDelta::days(self.rng.between(110, 180))),
            diagnosis: None,
            pass: None,
            is_manual: false,
        };
        if company.kind.is_siae() {
            let valid = parcours.passes.iter().rposition(|pass| day <= pass.period.end);
            if let Some(pass) = valid {
                let siae_sees = |diagnosis: &Diagnosis| {
                    diagnosis.author_kind == AuthorKind::Prescriber
                        || diagnosis.author.organisation == company.id
                };
                ending.diagnosis = parcours.diagnoses.iter().rposition(siae_sees);
                ending.pass = Some(pass);
            } else {
                let diagnosis = parcours.prescribed_on(day).unwrap_or_else(|| {
                    let at = hire.accepted_at - TimeDelta::minutes(2);
                    parcours.self_prescribe(&mut self.rng, at.max(application.at), by, company.kind)
                });
                ending.diagnosis = Some(diagnosis);
                if parcours.person.is_identified() {
                    let (at, sender) = (hire.accepted_at, application.sender);
                    ending.pass = Some(parcours.issue(
                        &mut self.rng,
                        at,
                        hire.starts_on,
                        diagnosis,
                        application.company,
                        sender,
                    ));
                } else {
                    ending.is_manual = true;
                }
            }
        }
        application.steps.push(Step { at: hire.accepted_at, to: StateCode::Accepted, by: Some(by) });
        application.hire = Some(ending);
    }

    /// What becomes of an application that leads to no hire.
    pub(super) fn answer(&mut self, acceptances: &[(DateTime<Utc>, Member)], application: &mut Application) {
        let calendar = self.world.calendar;
        let kind = self.world.companies[application.company].kind;
        let by = self.receiver(application.company);
        let waited = (calendar.today - paris_date(application.at)).num_days();
        let end = match waited {
            0..=9 => self.rng.weighted(&[
                (StateCode::New, 62),
                (StateCode::Processing, 24),
                (StateCode::Postponed, 6),
                (StateCode::Refused, 8),
            ]),
            10..=35 => self.rng.weighted(&[
                (StateCode::New, 24),
                (StateCode::Processing, 24),
                (StateCode::Postponed, 17),
                (StateCode::Pool, 3),
                (StateCode::Refused, 32),
            ]),
            // Two months without news end by an automatic refusal (rule book 02 §7.3), except in the pool.
            60.. => self.rng.weighted(&[
                (StateCode::Pool, 5),
                (StateCode::Cancelled, 1),
                (StateCode::Refused, 94),
            ]),
            _ => self.rng.weighted(&[
                (StateCode::New, 4),
                (StateCode::Processing, 4),
                (StateCode::Postponed, 4),
                (StateCode::Pool, 5),
                (StateCode::Cancelled, 1),
                (StateCode::Refused, 82),
            ]),
        };
        let end =
            if kind == CompanyKind::Geiq && end == StateCode::Pool { StateCode::PriorToHire } else { end };
        let path: &[StateCode] = match end {
            StateCode::New => &[],
            StateCode::Processing => &[StateCode::Processing],
            StateCode::Postponed => &[StateCode::Processing, StateCode::Postponed],
            StateCode::Pool => &[StateCode::Processing, StateCode::Pool],
            StateCode::PriorToHire => &[StateCode::Processing, StateCode::PriorToHire],
            StateCode::Cancelled => &[StateCode::Processing, StateCode::Accepted, StateCode::Cancelled],
            _ if self.rng.chance(620) => &[StateCode::Processing, StateCode::Refused],
            _ => &[StateCode::Refused],
        };
        let mut at = application.at;
        for to in path {
            let longest = if *to == StateCode::Processing { 9 } else { 24 };
            let Some(next) = calendar.after(&mut self.rng, at, 0, longest) else { break };
            application.steps.push(Step { at: next, to: *to, by: Some(by) });
            at = next;
        }
        // A hire elsewhere ends what was still pending (rule book 02 §6.5).
        let hired = acceptances.iter().find(|(hired_at, _)| *hired_at > application.at);
        if let Some((hired_at, _)) = hired {
            application.steps.retain(|step| step.at < *hired_at);
        }
        // A hire that is not cancelled in the end would need its PASS.
        if application.state() == StateCode::Accepted {
            application.steps.pop();
        }
        if let Some((hired_at, member)) = hired.filter(|_| application.state().is_pending()) {
            application.steps.push(Step { at: *hired_at, to: StateCode::Obsolete, by: Some(*member) });
        }
        if application.state() == StateCode::Refused {
            application.refusal = Some(self.reason(kind, application));
        }
    }

    /// Nearly half of the refusals of people who apply alone come from the platform itself.
    fn reason(&mut self, kind: CompanyKind, application: &mut Application) -> RefusalReason {
        use RefusalReason::{
            Auto, DidNotCome, DidNotComeToInterview, Duplicate, HiredElsewhere, Incompatible, LackingSkills,
            NoPosition, NonEligible, NotInterested, NotMobile, Other, PreventObjectives, Training,
        };
        if application.sender == Sender::Candidate && self.rng.chance(478) {
            if let Some(last) = application.steps.last_mut() {
                last.by = None;
            }
            return Auto;
        }
        let reason = self.rng.weighted(&[
            (NoPosition, 26),
            (DidNotCome, 14),
            (DidNotComeToInterview, 10),
            (LackingSkills, 9),
            (NotInterested, 9),
            (Other, 8),
            (HiredElsewhere, 6),
            (Incompatible, 6),
            (NotMobile, 5),
            (NonEligible, 4),
            (Duplicate, 4),
            (Training, 3),
            (PreventObjectives, 2),
        ]);
        if reason.is_offered_to(kind) { reason } else { NoPosition }
    }
}
