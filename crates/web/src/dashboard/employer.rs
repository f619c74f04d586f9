//! The dashboard of an employer: applications to answer, the late ones first; the control of its auto-prescriptions, and what a
//! decision on it takes away.

mod controls;

use askama::Template;
use chrono::NaiveDate;
use iae_app::applications::list::Applications;
use iae_app::control::withdrawals_of;
use iae_app::dashboard::queries::received_waiting;
use iae_app::organisations::sign_up::queries::{Joining, asking};
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::eligibility::Withdrawn;
use iae_domain::inbox::{Urgency, urgency};

use self::controls::Controls;
use super::{DraftItem, Item};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::list::{Figure, figures};

/// What each group opens, in the order of the urgencies.
const GROUPS: [&str; 4] =
    ["due=late&sort=wait", "due=today&sort=wait", "due=week&sort=wait", "due=later&sort=wait"];
const WAITING: &str = "due=late&due=today&due=week&due=later&sort=wait";

/// The page.
#[derive(Template)]
#[template(path = "dashboard/employer.html")]
struct EmployerDashboard {
    layout: Layout,
    today: NaiveDate,
    drafts: Vec<DraftItem>,
    groups: Vec<Group>,
    controls: Controls,
    /// Those who ask to join it, for whoever administers it.
    asking: Vec<Joining>,
    /// That it may not prescribe to itself today.
    withdrawn: Option<Withdrawn>,
    /// That it will not be allowed to.
    coming: Option<Withdrawn>,
    waiting: Figure,
    postponed: Figure,
    accepted: Figure,
}

/// What has to be done at the same time.
struct Group {
    urgency: Urgency,
    items: Vec<(Item, NaiveDate)>,
    whole: Figure,
}

impl Group {
    const fn tone(&self) -> &'static str {
        match self.urgency {
            Urgency::Late => "late",
            Urgency::Today => "today",
            Urgency::ThisWeek => "week",
            Urgency::Later => "later",
        }
    }
}

pub(super) async fn page(app: &App, ctx: &Ctx<EmployerActor>, layout: Layout) -> PageResult {
    let today = ctx.today();
    let list = Applications::of(&ctx.any())?;
    let [late, now, week, later] = GROUPS;
    let queries = [late, now, week, later, WAITING, "state=postponed&state=pool", "state=accepted"];
    let [late, now, week, later, waiting, postponed, accepted] =
        figures(app, &list, &list.counted(&app.db).await?, queries).await?;
    let group = |(urgency, whole): (&Urgency, Figure)| Group { urgency: *urgency, items: Vec::new(), whole };
    let mut groups: Vec<Group> = Urgency::ALL.iter().zip([late, now, week, later]).map(group).collect();
    for application in received_waiting(&app.db, ctx).await? {
        let Some(due) = application.due_on else { continue };
        if let Some(group) = groups.iter_mut().find(|group| group.urgency == urgency(due, today)) {
            group.items.push((Item::new(application), due));
        }
    }
    groups.retain(|group| !group.items.is_empty());
    let drafts = DraftItem::all(app, &ctx.any()).await?;
    let controls = Controls::of(app, ctx).await?;
    let EmployerActor { organisation, kind, is_admin, .. } = ctx.actor;
    let asking = if is_admin { asking(&app.db, organisation, ctx.now).await? } else { Vec::new() };
    let withdrawals = if kind.is_siae() { withdrawals_of(&app.db, organisation).await? } else { Vec::new() };
    ok(&EmployerDashboard {
        layout,
        today,
        drafts,
        groups,
        controls,
        asking,
        withdrawn: Withdrawn::in_force(&withdrawals, today),
        coming: Withdrawn::coming(&withdrawals, today),
        waiting,
        postponed,
        accepted,
    })
}
