//! The campaigns of control of the demonstration, made by the use cases themselves, as the team and the DDETS would: one that ended,
//! whose negative results were decided of or wait for it, and one under way.

use std::error::Error;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use iae_app::control::campaigns::{self, NewCampaigns};
use iae_app::control::controls;
use iae_app::{App, Clock, Ctx, Failure};
use iae_domain::actor::{InspectorActor, StaffActor};
use iae_domain::control::{
    Calendar, CampaignTurn, DetailedSanctions, NegativeReason, Outcome, Ratio, Withdrawal,
};
use iae_domain::ids::{ControlCampaignId, RequestId};
use iae_domain::organisations::InstitutionKind;
use iae_domain::text::Message;
use iae_domain::time::{Period, add_days, add_months};

use super::store::{self, Parties, RefusedControl};

/// Days between the launch and the contradictory phase.
const AMICABLE_DAYS: u64 = 80;
/// How long ago the past campaign was launched, in days: it ended so long ago that it is history (§1.19).
const PAST: i64 = 330;
/// Days after its launch when its submissions are frozen, twice, its contradictory phase begins, it is closed, its DDETS decides.
const TURNS: [(i64, CampaignTurn); 4] = [
    (43, CampaignTurn::Freeze),
    (80, CampaignTurn::Adversarial),
    (123, CampaignTurn::Freeze),
    (137, CampaignTurn::Close),
];
const DECIDED: i64 = 150;
/// Months of the withdrawal that was decided: it runs today.
const WITHDRAWN_MONTHS: u32 = 12;

type Made<T = ()> = Result<T, Box<dyn Error>>;

/// Makes them, in the département of the demonstration.
pub async fn make(app: &App) -> Made {
    let Some(parties) = store::parties(&app.db).await? else { return Ok(()) };
    past(app, &parties).await?;
    let today = team(&parties, app.clock.now()).today();
    let hired = Period { start: first_day(today.year() - 1, today), end: today };
    launch(app, &parties, hired, "7 11 23 31 42, numéro chance 5", None).await.map(drop)
}

/// The campaign of the hires of the year before, for which nobody sent anything.
async fn past(app: &App, parties: &Parties) -> Made {
    let now = app.clock.now();
    let launched = now - TimeDelta::days(PAST);
    let year = team(parties, now).today().year() - 2;
    let today = team(parties, launched).today();
    let hired =
        Period { start: first_day(year, today), end: first_day(year + 1, today).pred_opt().unwrap_or(today) };
    let Some(campaign) =
        launch(&then(app, launched), parties, hired, "3 14 15 26 49, numéro chance 9", Some("40")).await?
    else {
        return Ok(());
    };
    for (day, turn) in TURNS {
        let app = then(app, launched + TimeDelta::days(day));
        let ctx = team(parties, app.clock.now());
        campaigns::turn(&app, &ctx, campaign, turn, None).await.map_err(|refused| said(&refused))?;
    }
    decide(&then(app, launched + TimeDelta::days(DECIDED)), parties, campaign).await
}

/// The same platform on another day: what is locked is dated by its clock.
fn then(app: &App, at: DateTime<Utc>) -> App {
    App { clock: Clock::fixed(at), ..app.clone() }
}

/// What its DDETS decides: nothing but a session for the SIAE of the demonstration, a withdrawal for the first of the others. The
/// rest waits.
async fn decide(app: &App, parties: &Parties, campaign: ControlCampaignId) -> Made {
    let ctx = agent(parties, app.clock.now());
    let words = |text: &str| Message::parse(text);
    let refused = store::refused_controls(&app.db, campaign).await?;
    let (own, others): (Vec<_>, Vec<_>) =
        refused.into_iter().partition(|one| Some(one.company) == parties.company);
    let session = words("Présentation de l’auto-prescription par la DDETS, une demi-journée à Metz.")?;
    for RefusedControl { id, .. } in own {
        let sanctions = DetailedSanctions { training: Some(session.clone()), ..DetailedSanctions::default() };
        let comment = words(
            "Aucun justificatif n’a été transmis, ni dans la phase amiable, ni dans la phase contradictoire.",
        )?;
        let outcome = Outcome { reason: NegativeReason::MissingProof, comment, sanctions };
        controls::decide(app, &ctx, id, outcome).await.map_err(|refused| said(&refused))?;
    }
    if let Some(RefusedControl { id, hire, .. }) = others.into_iter().next() {
        let from = add_months(ctx.today(), 1);
        let withdrawal = Withdrawal::decide(from, Some(add_months(from, WITHDRAWN_MONTHS)), ctx.today())?;
        let sanctions = DetailedSanctions {
            training: Some(session),
            withdrawal: Some(withdrawal),
            cuts: vec![(hire, 50)],
            leniency: None,
        };
        let comment = words("Aucun justificatif n’a été transmis, malgré les relances.")?;
        let outcome = Outcome { reason: NegativeReason::MissingProof, comment, sanctions };
        controls::decide(app, &ctx, id, outcome).await.map_err(|refused| said(&refused))?;
    }
    Ok(())
}

/// Opens a campaign about these hires, and draws it.
async fn launch(
    app: &App,
    parties: &Parties,
    hired: Period,
    value: &str,
    ratio: Option<&str>,
) -> Made<Option<ControlCampaignId>> {
    let ctx = team(parties, app.clock.now());
    let today = ctx.today();
    let new = NewCampaigns {
        hired,
        calendar: Calendar::plan(today, add_days(today, AMICABLE_DAYS))?,
        institutions: vec![parties.ddets],
        overlap_is_confirmed: false,
    };
    let opened = campaigns::open(app, &ctx, new).await.map_err(|refused| said(&refused))?;
    for campaign in &opened {
        if let Some(ratio) = ratio {
            let ratio = Ratio::parse(ratio)?;
            campaigns::set_ratio(app, &agent(parties, ctx.now), *campaign, ratio)
                .await
                .map_err(|refused| said(&refused))?;
        }
        let name = Message::parse("Loto de la démonstration")?;
        campaigns::freeze_list(app, &ctx, *campaign, &name).await.map_err(|refused| said(&refused))?;
        let value = Message::parse(value)?;
        campaigns::launch(app, &ctx, *campaign, &value).await.map_err(|refused| said(&refused))?;
    }
    Ok(opened.first().copied())
}

fn team(parties: &Parties, now: DateTime<Utc>) -> Ctx<StaffActor> {
    let actor = StaffActor { user: parties.team, is_superuser: true, groups: vec![] };
    Ctx { actor, now, request_id: RequestId::at(now), impersonator: None }
}

fn agent(parties: &Parties, now: DateTime<Utc>) -> Ctx<InspectorActor> {
    let actor = InspectorActor {
        user: parties.agent,
        organisation: parties.ddets,
        kind: InstitutionKind::DdetsIae,
        department: Some(store::DEPARTMENT.to_owned()),
        is_admin: false,
    };
    Ctx { actor, now, request_id: RequestId::at(now), impersonator: None }
}

fn first_day(year: i32, otherwise: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(otherwise)
}

fn said<R: std::fmt::Display>(refused: &Failure<R>) -> String
where
    Failure<R>: std::fmt::Display,
{
    refused.to_string()
}
