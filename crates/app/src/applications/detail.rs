//! The page of an application, as each side may read it (rule book 02 §11, §13.1).

mod parts;
mod queries;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
pub use iae_domain::applications::policy::Side;
use iae_domain::applications::{Refusal, StateCode, policy, remindable_from};
use iae_domain::candidates::policy::{Standing, checked_name, checks_identity, sees_identity};
use iae_domain::candidates::{Nir, SituationPoint};
use iae_domain::eligibility::{
    Diagnosis, Viewer, Withdrawn, has_prescriber_diagnosis, last_considered_valid, rests_on_siae,
};
use iae_domain::ids::ApplicationId;
use iae_domain::pass::{Pass, PassNumber, waiting_period};

pub use parts::{
    Colleague, Company, Contact, DeclinedBy, DiagnosisCard, HiringCard, Person, Post, ProofCount, Reminder,
    SenderCard, Transition,
};

use super::store;
use crate::candidates::note_opening;
use crate::error::{Error, Result};
use crate::organisations::succession::first_structure::FirstStructure;
use crate::{App, Ctx, Db, eligibility, pass};

/// An application, as the reader may see it.
#[derive(Debug, Clone)]
pub struct ApplicationDetail {
    /// Its id.
    pub id: ApplicationId,
    /// From which side it is read.
    pub side: Side,
    /// Its state.
    pub state: StateCode,
    /// When it was sent.
    pub submitted_at: DateTime<Utc>,
    /// When it was answered.
    pub processed_at: Option<DateTime<Utc>>,
    /// The day the company wants to come back to it: for the company alone.
    pub resume_on: Option<NaiveDate>,
    /// The person.
    pub person: Person,
    /// The receiving company.
    pub company: Company,
    /// Who sent it.
    pub sender: SenderCard,
    /// Posts it is for; none is a spontaneous application.
    pub jobs: Vec<String>,
    /// What the sender wrote.
    pub message: String,
    /// There is a CV, and the reader may open it.
    pub has_cv: bool,
    /// The employer's answer to the candidate.
    pub answer: String,
    /// The employer's message to the prescriber; never filled for the candidate (REF-8).
    pub answer_to_prescriber: String,
    /// Why it was declined; for the candidate only when shared (REF-8).
    pub refusal: Option<Refusal>,
    /// Who declined without a reason that says anything, for the prescriber to talk to (REF-9).
    pub declined_by: Option<DeclinedBy>,
    /// The contract, once accepted.
    pub hiring: Option<HiringCard>,
    /// The PASS that went with the hire when it was cancelled.
    pub cancelled_pass: Option<PassNumber>,
    /// Which structure received it, when it became another one since, or gave it to another one.
    pub first: Option<FirstStructure>,
    /// Whether the rules of eligibility concern the hire, and the reader (CAN-C).
    pub shows_eligibility: bool,
    /// The diagnosis that counts for the reader.
    pub diagnosis: Option<DiagnosisCard>,
    /// The latest one that no longer counts, when none does.
    pub expired_diagnosis: Option<DiagnosisCard>,
    /// Why the company may not accept it today: its right to prescribe to itself is withdrawn, and the hire would rest on nothing
    /// else (PRO-1, rule book 04 §1.16).
    pub withdrawn: Option<Withdrawn>,
    /// The PASS that counts for the person, valid or in its waiting period.
    pub pass: Option<Pass>,
    /// Every PASS of the person, for what is decided from here.
    pub(super) passes: Vec<Pass>,
    /// Last day of the waiting period the person is in.
    pub waiting_until: Option<NaiveDate>,
    /// When the employer may be reminded, for whoever sent it, while it waits.
    pub reminder: Option<Reminder>,
    /// Other applications of the person that wait for an answer.
    pub other_pending: i64,
}

impl ApplicationDetail {
    /// Whether the answer waits to be handed over: the person has no address mails are sent to (D26). None of this for who
    /// does not read how to reach them.
    pub fn wants_letter(&self) -> bool {
        let unreached = self.person.contact.as_ref().is_some_and(|contact| contact.email.is_none());
        self.side != Side::Own && self.state.is_answer() && unreached
    }
}

/// The application `id`, if the actor may read it; to a professional it opens the file of the person (D34).
pub async fn detail(app: &App, ctx: &Ctx<Actor>, id: ApplicationId) -> Result<ApplicationDetail> {
    let db = &app.db;
    let (side, row) = queries::find(db, ctx, id).await?.ok_or(Error::NotFound)?;
    let today = ctx.today();
    let diagnoses = queries::diagnoses(db, row.candidate_id).await?;
    let passes = pass::store::of_candidate(db, row.candidate_id).await?;

    let has_valid_pass = waiting_period::has_valid_pass(&passes, today);
    let rules: Vec<Diagnosis> = diagnoses.iter().map(|card| card.diagnosis.clone()).collect();
    let viewer = match side {
        Side::Received => Viewer::of(&ctx.actor),
        Side::Sent | Side::Own => Viewer::of_sender(&ctx.actor),
    };
    let card =
        |diagnosis: &Diagnosis| diagnoses.iter().find(|card| card.diagnosis.id == diagnosis.id).cloned();
    let diagnosis = last_considered_valid(&rules, viewer, has_valid_pass, today).and_then(card);
    let past = || last_considered_valid(&rules, viewer, true, today).and_then(card);
    let may_accept = side == Side::Received
        && row.company_kind.is_siae()
        && row.state.allows(iae_domain::applications::Transition::Accept);
    let withdrawn = row
        .withdrawn(today)
        .filter(|_| may_accept && rests_on_siae(has_prescriber_diagnosis(&rules, today), has_valid_pass));
    let expired_diagnosis = if diagnosis.is_none() && side != Side::Sent { past() } else { None };
    note_opening(app, ctx, row.candidate_id).await?;
    if let (Side::Sent, true, Some(reader)) = (side, row.state.is_answer(), ctx.actor_record().user) {
        store::note_reading(db, id, reader, ctx.now).await?;
    }
    let pass = waiting_period::latest_pass(&passes, today);
    let accepted = row.state == StateCode::Accepted;
    let shows_pass = |pass: &&Pass| pass.parcours.is_valid(today) || accepted || side == Side::Own;
    Ok(ApplicationDetail {
        side,
        shows_eligibility: row.company_kind.is_siae() && viewer.is_of_iae(),
        diagnosis,
        expired_diagnosis,
        withdrawn,
        pass: pass.filter(shows_pass).cloned(),
        waiting_until: waiting_period::waiting_until(&passes, today),
        passes,
        ..assemble(row, &ctx.actor, side)
    })
}

/// What the acceptance page needs beside the detail: the posts a hire may be for, and who may accompany the person. Only
/// for the receiving company.
pub async fn hire_choices(db: &Db, detail: &ApplicationDetail) -> Result<(Vec<Post>, Vec<Colleague>)> {
    queries::hire_choices(db, detail.id, detail.company.id).await
}

/// What happened to the application, latest first.
pub async fn history(db: &Db, ctx: &Ctx<Actor>, detail: &ApplicationDetail) -> Result<Vec<Transition>> {
    queries::history(db, detail.id, ctx.actor_record().user).await
}

/// What the person agreed to tell the company with this application about their situation, on the diagnosis that counts.
/// Nothing for anyone else: the prescriber reads the whole on their own diagnosis.
pub async fn shared_points(db: &Db, detail: &ApplicationDetail) -> Result<Vec<SituationPoint>> {
    match (detail.side, &detail.diagnosis) {
        (Side::Received, Some(card)) if detail.company.kind.is_siae() => {
            eligibility::queries::points_shared_by(db, card.diagnosis.id, detail.id).await
        }
        (Side::Received | Side::Sent | Side::Own, _) => Ok(Vec::new()),
    }
}

/// REF-9: for the prescriber who sent the person; never for the person, nor for an employer.
fn declined_by(row: &queries::Row, side: Side) -> Option<DeclinedBy> {
    let is_named = row.refusal_reason?.names_who_declined(row.sender_kind) && side == Side::Sent;
    is_named.then(|| DeclinedBy {
        name: row.declined_by.clone(),
        email: row.declined_by_email.clone().or_else(|| row.company_email.clone()),
    })
}

fn assemble(row: queries::Row, actor: &Actor, side: Side) -> ApplicationDetail {
    // The application is their relation with the person.
    let standing = Standing::related(row.candidate_id, row.created_by).sent_by(row.sender_id, actor);
    let checks_identity = checks_identity(actor, &standing);
    let for_professionals = side != Side::Own;
    let may_remind = row.state.is_pending() && policy::remind(actor, &row.exchange()).is_some();
    let last = row.last_reminded_at;
    let reminder = may_remind.then(|| Reminder { last, from: remindable_from(row.submitted_at, last) });
    let identification = row.identification();
    let missing = row.missing();
    let declined_by = declined_by(&row, side);
    let proved = row.proved.filter(|_| side == Side::Received);
    ApplicationDetail {
        id: row.id,
        side,
        state: row.state,
        submitted_at: row.submitted_at,
        processed_at: row.processed_at,
        resume_on: row.resume_on.filter(|_| side == Side::Received),
        person: Person {
            id: row.candidate_id,
            name: checked_name(actor, &standing, row.name),
            city: row.city,
            identification,
            missing,
            nir: row.nir.as_deref().filter(|_| checks_identity).and_then(|nir| Nir::parse(nir).ok()),
            nir_missing_reason: row.nir_missing_reason,
            contact: checks_identity.then_some(Contact {
                email: row.email,
                phone: row.phone,
                birth_date: row.birth_date,
                address: row.address,
                post_code: row.post_code,
            }),
        },
        company: Company {
            id: row.company_id,
            name: row.company_name,
            kind: row.company_kind,
            city: row.company_city,
            phone: row.company_phone,
            email: row.company_email,
        },
        sender: SenderCard {
            kind: row.sender_kind,
            name: row.sender_name,
            organisation: row.sender_organisation,
            prescriber_kind: row.prescriber_kind,
            authorised: row.sender_is_authorised,
            is_member: row.sender_is_member,
            email: row.sender_email.filter(|_| for_professionals),
            phone: row.sender_phone.filter(|_| for_professionals),
        },
        jobs: row.jobs,
        message: row.message,
        has_cv: row.has_cv && sees_identity(actor, &standing),
        answer: row.answer,
        answer_to_prescriber: if for_professionals { row.answer_to_prescriber } else { String::new() },
        declined_by,
        refusal: row
            .refusal_reason
            .zip(row.processed_at)
            .map(|(reason, at)| Refusal { at, reason, shared_with_candidate: row.refusal_reason_shared })
            .filter(|refusal| {
                let is_told = refusal.shared_with_candidate && refusal.reason.for_person().is_some();
                for_professionals || is_told
            }),
        hiring: (row.state == StateCode::Accepted).then_some(row.hiring_starts_on).flatten().map(
            |starts_on| HiringCard {
                starts_on,
                ends_on: row.hiring_ends_on,
                job: row.hired_job,
                pass: row.pass_id,
                awaits_manual_delivery: row.awaits_manual_delivery,
                pass_refused_at: row.pass_refused_at,
                pass_delivered_at: row.pass_delivered_at,
                proofs: proved.map(|proved| ProofCount::of(&proved.0, starts_on)),
            },
        ),
        cancelled_pass: row.cancelled_pass,
        first: row.first.map(|first| first.0),
        shows_eligibility: false,
        diagnosis: None,
        expired_diagnosis: None,
        withdrawn: None,
        pass: None,
        passes: vec![],
        waiting_until: None,
        reminder,
        other_pending: row.other_pending,
    }
}
