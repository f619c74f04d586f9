//! Applications become rows: consent, transitions, audit rows and mails.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::applications::{ApplicationChange, ApplicationEvent, RefusalReason, StateCode};
use iae_domain::candidates::{CandidateChange, CandidateEvent, LookUpKey};
use iae_domain::ids::{ApplicationId, CandidateId, ConsentId, OrganisationId, UserId};
use uuid::Uuid;

use super::super::journal::{self, actor};
use super::super::parcours::{Application, Member, Parcours, Sender};
use super::super::random::Random;
use super::super::tables::Tables;
use super::super::texts;
use super::super::trades::TRADES;
use super::Writer;

impl Writer<'_> {
    pub(super) fn application(
        &self,
        rng: &mut Random,
        parcours: &Parcours,
        application: &Application,
        tables: &mut Tables,
    ) {
        let company = &self.world.companies[application.company];
        let trade = &TRADES[company.trade];
        let state = application.state();
        let consent = application
            .sender
            .member()
            .map(|member| self.consent(rng, parcours, application, member, tables));
        let last_at = application.steps.last().map_or(application.at, |step| step.at);
        let is_processed = matches!(
            state,
            StateCode::Accepted | StateCode::Refused | StateCode::Cancelled | StateCode::Obsolete
        );
        let message = match application.sender {
            Sender::Candidate => texts::own_message(rng, trade),
            Sender::Prescriber(..) => texts::message(rng, trade, &parcours.person.first_name),
            Sender::Employer(_) => String::new(),
        };
        let answer = match state {
            StateCode::Accepted => texts::acceptance(rng),
            StateCode::Refused => texts::refusal(rng),
            StateCode::Postponed => texts::postponement(rng),
            _ => String::new(),
        };
        let to_prescriber = match (state, application.sender) {
            (StateCode::Refused, Sender::Prescriber(..)) if rng.chance(300) => texts::to_prescriber(rng),
            _ => String::new(),
        };
        let hire = application.hire;
        let delivery = hire.and_then(|hire| match (hire.is_manual, hire.pass) {
            (true, _) => Some("manual"),
            (false, Some(_)) => Some("automatic"),
            (false, None) => None,
        });
        tables.applications.push(&[
            &application.id,
            &parcours.id,
            &company.id,
            &Some(application.sender.member().map_or(parcours.id, |member| member.user)),
            &application.sender.kind().code(),
            &application.sender.member().map(|member| member.organisation),
            &state.code(),
            &application.at,
            &last_at,
            &is_processed.then_some(last_at),
            &message,
            &answer,
            &to_prescriber,
            &application.refusal.map(RefusalReason::code),
            &(application.refusal.is_some() && rng.chance(550)),
            &hire.map(|hire| hire.starts_on),
            &hire.and_then(|hire| hire.ends_on),
            &hire.and(application.job),
            &consent,
            &hire.and_then(|hire| hire.diagnosis).map(|place| parcours.diagnoses[place].id),
            &hire.and_then(|hire| hire.pass).map(|place| parcours.passes[place].id),
            &delivery,
        ]);
        if let Some(job) = application.job {
            tables.application_jobs.push(&[&application.id, &job]);
        }
        self.history(rng, parcours, application, tables);
    }

    fn consent(
        &self,
        rng: &mut Random,
        parcours: &Parcours,
        application: &Application,
        member: Member,
        tables: &mut Tables,
    ) -> Uuid {
        let at = application.at - TimeDelta::minutes(2);
        let id = rng.id(at);
        let mut shared = vec!["identity", "contact", "message"];
        if parcours.prescribed_on(application.at.date_naive()).is_some() {
            shared.extend(["diagnosis", "labour_market", "training"]);
        }
        let company = self.world.companies[application.company].id;
        tables.consents.push(&[
            &id,
            &parcours.id,
            &member.organisation,
            &company,
            &member.user,
            &at,
            &shared,
        ]);
        let change = CandidateChange::ConsentRecorded { consent: ConsentId(id) };
        let event = CandidateEvent { candidate: CandidateId(parcours.id), change };
        let kind = if matches!(application.sender, Sender::Employer(_)) { "employer" } else { "prescriber" };
        if rng.chance(400) {
            let looked_up = CandidateChange::LookedUp { by: LookUpKey::Nir };
            let event = CandidateEvent { candidate: CandidateId(parcours.id), change: looked_up };
            journal::audit(rng, at - TimeDelta::minutes(1), actor(kind, Some(member)), &event.into(), tables);
        }
        journal::audit(rng, at, actor(kind, Some(member)), &event.into(), tables);
        id
    }

    /// The transitions of an application, their audit rows and their mails.
    fn history(&self, rng: &mut Random, parcours: &Parcours, application: &Application, tables: &mut Tables) {
        let member = application.sender.member();
        let event = |change: ApplicationChange| {
            iae_domain::Event::from(ApplicationEvent {
                application: ApplicationId(application.id),
                candidate: CandidateId(parcours.id),
                company: OrganisationId(self.world.companies[application.company].id),
                sender: iae_domain::applications::Sender {
                    kind: application.sender.kind(),
                    user: Some(UserId(member.map_or(parcours.id, |member| member.user))),
                    organisation: member.map(|member| OrganisationId(member.organisation)),
                },
                change,
            })
        };
        let sender = match application.sender {
            Sender::Candidate => journal::candidate(parcours.id),
            Sender::Prescriber(member, _) => actor("prescriber", Some(member)),
            Sender::Employer(member) => actor("employer", Some(member)),
        };
        let submitted = event(ApplicationChange::Submitted);
        transition(
            rng,
            application,
            application.at,
            None,
            StateCode::New,
            sender.user.map(|user| user.0),
            tables,
        );
        journal::audit(rng, application.at, sender, &submitted, tables);
        journal::mail(
            rng,
            self.world,
            self.config,
            parcours,
            application.company,
            application.at,
            &submitted,
            tables,
        );
        let mut from = StateCode::New;
        for step in &application.steps {
            transition(
                rng,
                application,
                step.at,
                Some(from),
                step.to,
                step.by.map(|member| member.user),
                tables,
            );
            if let Some(change) = journal::change(from, step.to, parcours, application, step.at) {
                let event = event(change);
                journal::audit(rng, step.at, actor("employer", step.by), &event, tables);
                let company = application.company;
                journal::mail(rng, self.world, self.config, parcours, company, step.at, &event, tables);
            }
            from = step.to;
        }
        let opened =
            CandidateEvent { candidate: CandidateId(parcours.id), change: CandidateChange::FileOpened };
        if let Some(step) = application.steps.first() {
            journal::audit(rng, step.at, actor("employer", step.by), &opened.into(), tables);
        }
    }
}

fn transition(
    rng: &mut Random,
    application: &Application,
    at: DateTime<Utc>,
    from: Option<StateCode>,
    to: StateCode,
    user: Option<Uuid>,
    tables: &mut Tables,
) {
    let id = rng.id(at);
    tables.transitions.push(&[&id, &application.id, &at, &from.map(StateCode::code), &to.code(), &user]);
}
