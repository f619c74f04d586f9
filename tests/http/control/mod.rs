//! The control of auto-prescriptions (rule book 04 §1): campaigns, what an SIAE defends, what its DDETS reviews.

mod archive;
mod collation;
mod colleagues;
mod decided;
mod eligible;
mod file;
mod kill;
mod launch;
mod listed;
mod named;
mod outcome;
mod pictures;
mod race;
mod sanction;
mod seen;
mod stepper;
mod steps;
mod team_export;
mod withdrawal;

use chrono::{Datelike as _, NaiveDate};
use iae_app::control::controls::SeenChoice;
use iae_app::control::{campaigns, controls};
use iae_app::{Ctx, Failure};
use iae_domain::actor::{EmployerActor, InspectorActor, StaffActor};
use iae_domain::applications::StateCode;
use iae_domain::control::{Calendar, CampaignTurn, Decision, Review, StepRefused};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_domain::ids::{
    CandidateId, ControlCampaignId, ControlCriterionId, ControlHireId, ControlId, OrganisationId, RequestId,
};
use iae_domain::text::Message;
use iae_domain::time::{Period, add_days};
use iae_tests::{Persona, TestApp, world};

/// A campaign of Moselle, and what was drawn of it: the ACI, and its two hires.
pub(crate) struct Drawn {
    pub campaign: ControlCampaignId,
    pub control: ControlId,
    hires: Vec<ControlHireId>,
}

/// The members of the team that hold every right.
fn team(app: &TestApp) -> Ctx<StaffActor> {
    let actor = StaffActor { user: world::STAFF, is_superuser: true, groups: vec![] };
    Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None }
}

pub(crate) async fn ddets(app: &TestApp) -> Ctx<InspectorActor> {
    let actor = app.scenario().actor(world::INSPECTOR, Some(world::DDETS_57)).await;
    let actor = actor.try_into().expect("an agent of the State");
    Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None }
}

pub(crate) async fn siae(app: &TestApp) -> Ctx<EmployerActor> {
    let actor = app.scenario().actor(world::EMPLOYER, Some(world::ACI)).await;
    let actor = actor.try_into().expect("a member of a company");
    Ctx { actor, now: app.now(), request_id: RequestId::at(app.now()), impersonator: None }
}

/// The ACI hires a person on its own diagnosis.
async fn hire(app: &TestApp, of: CandidateId) {
    let criteria = [Criterion::Rsa, Criterion::Qpv, Criterion::Mobility];
    app.scenario().diagnosis().by(Persona::Employer).of(of).criteria(&criteria).insert().await;
    let application = app.scenario().application().by(Persona::Employer).to(world::ACI).of(of);
    application.state(StateCode::Accepted).insert().await;
}

/// Every contract of the year, but for as many of its first days as there are campaigns already: each has days of its own.
async fn hired(app: &TestApp) -> Period {
    let campaigns: i64 =
        sqlx::query_scalar("SELECT count(*) FROM control_campaigns").fetch_one(app.db()).await.unwrap();
    let year = app.today().year();
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    Period { start: add_days(day(1, 1), campaigns.unsigned_abs()), end: day(12, 31) }
}

/// The days of a campaign that is launched today.
fn calendar(app: &TestApp) -> Calendar {
    Calendar::plan(app.today(), add_days(app.today(), 80)).unwrap()
}

async fn open(
    app: &TestApp,
    of: &[OrganisationId],
    confirmed: bool,
) -> Result<Vec<ControlCampaignId>, Failure<StepRefused>> {
    let new = campaigns::NewCampaigns {
        hired: hired(app).await,
        calendar: calendar(app),
        institutions: of.to_vec(),
        overlap_is_confirmed: confirmed,
    };
    campaigns::open(&app.app, &team(app), new).await
}

/// Two hires of the ACI.
pub(crate) async fn hires(app: &TestApp) {
    hire(app, world::CANDIDATE).await;
    hire(app, world::OTHER_CANDIDATE).await;
}

/// A campaign of Moselle whose list is frozen, with two hires of the ACI.
async fn listed(app: &TestApp) -> ControlCampaignId {
    hires(app).await;
    frozen(app).await
}

async fn frozen(app: &TestApp) -> ControlCampaignId {
    let campaign = open(app, &[world::DDETS_57], true).await.unwrap()[0];
    let name = Message::parse("Loto du 4 mai 2026").unwrap();
    campaigns::freeze_list(&app.app, &team(app), campaign, &name).await.unwrap();
    campaign
}

/// The same, launched.
async fn drawn(app: &TestApp) -> Drawn {
    hires(app).await;
    of_these_hires(app).await
}

/// Another campaign about the hires there are.
pub(crate) async fn of_these_hires(app: &TestApp) -> Drawn {
    let campaign = frozen(app).await;
    let value = Message::parse("4-8-15-16-23 42").unwrap();
    campaigns::launch(&app.app, &team(app), campaign, &value).await.unwrap();
    let control = ids(app, "SELECT id FROM controls WHERE campaign_id = $1", campaign.0).await;
    let hires =
        ids(app, "SELECT id FROM control_hires WHERE control_id = $1 ORDER BY rank", control[0]).await;
    Drawn { campaign, control: ControlId(control[0]), hires: hires.into_iter().map(ControlHireId).collect() }
}

async fn ids(app: &TestApp, sql: &'static str, of: uuid::Uuid) -> Vec<uuid::Uuid> {
    sqlx::query_scalar(sql).bind(of).fetch_all(app.db()).await.unwrap()
}

impl Drawn {
    /// The SIAE defends one criterion of each hire, and gives a proof of it.
    async fn choose_and_give(&self, app: &TestApp) {
        let ctx = siae(app).await;
        for hire in &self.hires {
            let wanted = Criteria::choose([Criterion::Rsa]).unwrap();
            controls::choose(&app.app, &ctx, *hire, &wanted, &SeenChoice::default()).await.unwrap();
        }
        self.give_all(app).await;
    }

    /// The same, and it submits.
    pub async fn submit(&self, app: &TestApp) {
        self.choose_and_give(app).await;
        controls::submit(&app.app, &siae(app).await, self.control, None).await.unwrap();
    }

    /// A file stands for each proof: what is checked of files has its own tests.
    pub async fn give_all(&self, app: &TestApp) {
        for criterion in self.criteria(app).await {
            let browser = app.browser(Persona::Employer).await;
            let page = browser.get(&format!("/controls/{}", self.control)).await.is(200);
            let form = page.form(&format!("/control-criteria/{criterion}/proof"));
            let sent = form.attach("proof", "justificatif.pdf", iae_tests::pdf::pdf()).submit().await;
            assert_eq!(sent.follow().await.status, 200);
        }
    }

    async fn criteria(&self, app: &TestApp) -> Vec<ControlCriterionId> {
        let of = "SELECT x.id FROM control_criteria x JOIN control_hires h ON h.id = x.hire_id
                  WHERE h.control_id = $1 ORDER BY h.rank";
        ids(app, of, self.control.0).await.into_iter().map(ControlCriterionId).collect()
    }

    /// The DDETS decides of every proof.
    pub async fn review(&self, app: &TestApp, decision: Decision) {
        for criterion in self.criteria(app).await {
            controls::review(&app.app, &ddets(app).await, criterion, Review::Pending, decision)
                .await
                .unwrap();
        }
    }

    pub async fn turn(&self, app: &TestApp, turn: CampaignTurn) -> Result<(), Failure<StepRefused>> {
        campaigns::turn(&app.app, &team(app), self.campaign, turn, None).await
    }

    /// What was validated of the control, and whether its SIAE may submit.
    async fn kept(&self, app: &TestApp) -> (bool, bool, bool, Option<String>) {
        sqlx::query_as(
            "SELECT reviewed_at IS NOT NULL, final_reviewed_at IS NOT NULL, frozen_at IS NOT NULL, final_state
             FROM controls WHERE id = $1",
        )
        .bind(self.control)
        .fetch_one(app.db())
        .await
        .unwrap()
    }
}

/// The day after, for what may not be later than a test session: days are moved, not the clock.
pub(crate) async fn age(app: &TestApp, campaign: ControlCampaignId, days: u64) {
    let days = i32::try_from(days).unwrap();
    for sql in [
        "UPDATE control_campaigns SET created_at = created_at - make_interval(days => $2)
             , ratio_set_at = ratio_set_at - make_interval(days => $2)
             , list_frozen_at = list_frozen_at - make_interval(days => $2)
             , launched_at = launched_at - make_interval(days => $2)
             , adversarial_at = adversarial_at - make_interval(days => $2)
             , submissions_frozen_at = submissions_frozen_at - make_interval(days => $2)
             , freeze_notified_at = freeze_notified_at - make_interval(days => $2)
         WHERE id = $1",
        "UPDATE control_calendars SET launch_on = launch_on - $2, adversarial_from = adversarial_from - $2
         WHERE id = (SELECT calendar_id FROM control_campaigns WHERE id = $1)",
        "UPDATE controls SET reviewed_at = reviewed_at - make_interval(days => $2)
             , final_reviewed_at = final_reviewed_at - make_interval(days => $2)
             , frozen_at = frozen_at - make_interval(days => $2)
             , reminded_at = reminded_at - make_interval(days => $2)
         WHERE campaign_id = $1",
        "UPDATE control_criteria SET uploaded_at = uploaded_at - make_interval(days => $2)
             , submitted_at = submitted_at - make_interval(days => $2)
             , reviewed_at = reviewed_at - make_interval(days => $2)
         WHERE hire_id IN (SELECT h.id FROM control_hires h JOIN controls c ON c.id = h.control_id WHERE c.campaign_id = $1)",
    ] {
        sqlx::query(sql).bind(campaign).bind(days).execute(app.db()).await.unwrap();
    }
}
