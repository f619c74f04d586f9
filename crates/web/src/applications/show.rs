//! `/applications/{id}`: one application, as the company, the sender or the candidate may read it.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::Ctx;
use iae_app::applications::detail::{self, ApplicationDetail, DiagnosisCard, Side, history, shared_points};
use iae_domain::Actor;
use iae_domain::actor::{EmployerActor, Professional};
use iae_domain::applications::submit::SAME_COMPANY_DELAY;
use iae_domain::applications::{SenderKind, StateCode, Transition};
use iae_domain::candidates::{SituationPoint, TopicGroup};
use iae_domain::eligibility::CriterionShown;
use iae_domain::eligibility::policy::read_certification;
use iae_domain::pass::Pass;
use iae_domain::staff::StaffRight;
use iae_domain::time::{paris_date, sub_days};

use super::messages;
use super::state_badge::{self, StateBadge};
use crate::eligibility::certification::CriterionLine;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::organisations::history::first_structure;
use crate::paths::{
    AcceptancePath, ApplicationPath, ApplicationsPath, CancellationPath, CandidateUpdatePath, EmployerPath,
    EmployersPath, PostponementPath, ProcessingPath, RefusalPath, ReminderPath, SentApplicationsPath,
};
use crate::state::WebState;

/// A line of the history.
struct HistoryLine {
    what: &'static str,
    at: DateTime<Utc>,
    author: Option<String>,
    answer: String,
}

impl HistoryLine {
    /// What became of the application, and of the PASS of its hire when the team decided by hand, the latest first.
    fn all(application: &ApplicationDetail, transitions: Vec<detail::Transition>) -> Vec<Self> {
        let by_team = |what| {
            move |at| Self {
                what, at, author: Some("l’équipe du service".to_owned()), answer: String::new()
            }
        };
        let hiring = application.hiring.as_ref();
        let refused = hiring.and_then(|hiring| hiring.pass_refused_at).map(by_team("PASS IAE refusé"));
        let delivered = hiring.and_then(|hiring| hiring.pass_delivered_at).map(by_team("PASS IAE délivré"));
        let transition = |detail::Transition { at, to, author, answer, is_by_team, is_by_reader: _ }| {
            let author = if is_by_team { Some("l’équipe du service".to_owned()) } else { author };
            let is_shown = answer.trim() == application.answer.trim();
            let answer = if is_shown { String::new() } else { answer };
            Self { what: to.label(), at, author, answer }
        };
        let decided = refused.into_iter().chain(delivered);
        let mut all: Vec<Self> = decided.chain(transitions.into_iter().map(transition)).collect();
        all.sort_by_key(|line| std::cmp::Reverse(line.at));
        all
    }
}

/// The page.
#[derive(Template)]
#[template(path = "applications/show.html")]
pub struct ShowPage {
    layout: Layout,
    application: ApplicationDetail,
    /// What the person agreed to tell the company about their situation.
    points: Vec<SituationPoint>,
    history: Vec<HistoryLine>,
    /// Whether the reader is a professional: whoever of them sees the identity may change the file (PII-2).
    is_professional: bool,
    is_employer: bool,
    /// Whether the reader reads what the State answered of criteria.
    reads_certification: bool,
    /// Whether the reader is of the team, and may change hires and their PASS (STF-1).
    is_team: bool,
    /// Whether the team cancelled the hire.
    cancelled_by_team: bool,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl ShowPage {
    fn state(&self) -> StateBadge {
        state_badge::of_application(self.application.state)
    }

    /// Which structure received it, when it became another one since.
    fn first_receiver(&self) -> Option<String> {
        let first = self.application.first.as_ref()?;
        Some(format!("Candidature reçue par {}", first_structure(first, &self.application.company.name)))
    }

    fn is_received(&self) -> bool {
        self.application.side == Side::Received
    }

    fn is_own(&self) -> bool {
        self.application.side == Side::Own
    }

    /// Where the reader changes what the person's file says, then comes back here (UPD-2).
    fn update_href(&self) -> Option<String> {
        let person = &self.application.person;
        let path =
            || format!("{}?application={}", CandidateUpdatePath { id: person.id }, self.application.id);
        (self.is_professional && person.contact.is_some()).then(path)
    }

    /// What the company may still do, each an address; none for the others.
    fn may(&self, transition: Transition) -> bool {
        self.is_received() && self.application.state.allows(transition)
    }

    fn processing_path(&self) -> Option<String> {
        let path = ProcessingPath { id: self.application.id };
        self.may(Transition::Process).then(|| path.to_string())
    }

    fn postponement_path(&self) -> Option<String> {
        let path = PostponementPath { id: self.application.id };
        self.may(Transition::Postpone).then(|| path.to_string())
    }

    fn refusal_path(&self) -> Option<String> {
        let path = RefusalPath { id: self.application.id };
        self.may(Transition::Refuse).then(|| path.to_string())
    }

    fn acceptance_path(&self) -> Option<String> {
        let path = AcceptancePath { id: self.application.id };
        self.may(Transition::Accept).then(|| path.to_string())
    }

    fn cancellation_path(&self) -> Option<String> {
        let path = CancellationPath { id: self.application.id };
        let may =
            self.may(Transition::Cancel) || self.is_team && self.application.state.allows(Transition::Cancel);
        may.then(|| path.to_string())
    }

    /// When the hire was cancelled.
    fn cancelled_at(&self) -> Option<DateTime<Utc>> {
        self.application.processed_at.filter(|_| self.application.state == StateCode::Cancelled)
    }

    /// Where to remind the employer; none when it is too early, or not for this reader.
    fn reminder_path(&self) -> Option<String> {
        let path = ReminderPath { id: self.application.id };
        self.application.reminder.filter(|reminder| self.now >= reminder.from).map(|_| path.to_string())
    }

    /// Whether it is declined, for whoever may do something next: the person, or who sent them.
    fn is_declined(&self) -> bool {
        let is_concerned = match self.application.side {
            Side::Sent => !self.layout.never_applies,
            Side::Own => true,
            Side::Received => false,
        };
        is_concerned && self.application.state == StateCode::Refused
    }

    /// The search of another employer for the same person.
    fn other_employers(&self) -> String {
        format!("{EmployersPath}?for={}", self.application.person.id)
    }

    /// The page of the same company, for the same person.
    fn same_employer(&self) -> String {
        let company = EmployerPath { id: self.application.company.id };
        format!("{company}?for={}", self.application.person.id)
    }

    /// When the same company may be applied to again (SUB-6), and when it makes sense.
    fn again_later(&self) -> String {
        let from = self.application.submitted_at + SAME_COMPANY_DELAY;
        let possible = if from <= self.now {
            "C’est possible dès maintenant".to_owned()
        } else {
            format!("C’est possible à partir du {}", french::date_time(from))
        };
        let reason = self.application.refusal.as_ref().map(|refusal| refusal.reason);
        format!("{possible}, {}.", messages::worth_trying_again(reason))
    }

    fn list_label(&self) -> &'static str {
        match self.application.side {
            Side::Received => "Candidatures reçues",
            Side::Sent => "Candidatures envoyées",
            Side::Own => "Mes candidatures",
        }
    }

    /// Where the list is that holds it.
    fn list_path(&self) -> String {
        match self.application.side {
            Side::Sent if self.is_employer => SentApplicationsPath.to_string(),
            Side::Received | Side::Sent | Side::Own => ApplicationsPath.to_string(),
        }
    }

    fn sender_kind(&self) -> &'static str {
        match self.application.sender.kind {
            SenderKind::Candidate if self.application.side == Side::Own => "Vous-même",
            SenderKind::Candidate => "La personne elle-même",
            SenderKind::Prescriber if self.application.sender.authorised => "Prescripteur habilité",
            SenderKind::Prescriber => "Orienteur",
            SenderKind::Employer => "Employeur",
        }
    }

    fn sender_is_candidate(&self) -> bool {
        self.application.sender.kind == SenderKind::Candidate
    }

    fn valid_pass(&self) -> Option<&Pass> {
        self.application.pass.as_ref().filter(|pass| pass.parcours.is_valid(self.today))
    }

    fn waiting_period(&self) -> Option<String> {
        let is_own = self.application.side == Side::Own;
        self.application.waiting_until.map(|until| messages::waiting_period(until, is_own))
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn day(&self, at: &DateTime<Utc>) -> NaiveDate {
        paris_date(*at)
    }

    #[expect(clippy::unused_self, clippy::ref_option, reason = "askama calls it as a method, with a field")]
    fn phone(&self, phone: &Option<String>) -> String {
        phone.as_deref().map(french::phone).unwrap_or_default()
    }

    /// The last day a diagnosis holds: it ends on the day after.
    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn last_day(&self, card: &DiagnosisCard) -> NaiveDate {
        sub_days(card.diagnosis.expires_on, 1)
    }

    /// The criteria of a diagnosis, each with what the State answered of it for who may read that.
    fn criteria(&self, card: &DiagnosisCard) -> Vec<CriterionLine> {
        let shown = if self.application.state == StateCode::Accepted {
            let starts_on = self.application.hiring.as_ref().map(|hiring| hiring.starts_on);
            CriterionShown::OnHire { starts_on }
        } else {
            CriterionShown::OnDiagnosis { expires_on: card.diagnosis.expires_on, today: self.today }
        };
        let certified = card.certified.get(..).filter(|_| self.reads_certification).unwrap_or_default();
        CriterionLine::all(&card.criteria, certified, shown)
    }

    /// The points shared, part by part; parts without any are left out.
    fn situation(&self) -> Vec<(TopicGroup, Vec<&SituationPoint>)> {
        let part = |group: &TopicGroup| {
            let points: Vec<_> = self.points.iter().filter(|point| point.topic.group() == *group).collect();
            (*group, points)
        };
        TopicGroup::ALL.iter().map(part).filter(|(_, points)| !points.is_empty()).collect()
    }

    fn pass_dates(&self) -> String {
        let period = |pass: &Pass| french::period(pass.parcours.start(), pass.parcours.end());
        self.application.pass.as_ref().map(period).unwrap_or_default()
    }
}

/// Shows the application.
pub async fn get(
    ApplicationPath { id }: ApplicationPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let application = detail::detail(&state, &ctx, id).await?;
    let points = shared_points(&state.db, &application).await?;
    let transitions = history(&state.db, &ctx, &application).await?;
    let last = transitions.first();
    let cancelled_by_team = last.is_some_and(|last| last.is_by_team && last.to == StateCode::Cancelled);
    let history = HistoryLine::all(&application, transitions);
    let is_employer = EmployerActor::try_from(ctx.actor.clone()).is_ok();
    let is_professional = Professional::try_from(ctx.actor.clone()).is_ok();
    ok(&ShowPage {
        layout,
        application,
        points,
        history,
        is_professional,
        is_employer,
        reads_certification: read_certification(&ctx.actor),
        is_team: matches!(&ctx.actor, Actor::Staff(staff) if staff.holds(StaffRight::ChangePasses)),
        cancelled_by_team,
        now: ctx.now,
        today: ctx.today(),
    })
}
