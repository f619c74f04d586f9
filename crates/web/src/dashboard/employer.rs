//! The dashboard of an employer: applications to answer, the late ones first.

use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use iae_app::dashboard::queries::{received_counts, received_waiting};
use iae_app::{App, Ctx};
use iae_domain::actor::EmployerActor;
use iae_domain::applications::StateCode;
use iae_domain::inbox::{Urgency, answer_due_on, urgency};
use iae_domain::time::paris_date;

use super::{DraftItem, Item, count};
use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;

/// Applications shown of each urgency: the others are one click away.
const SHOWN: usize = 5;

/// Time after which an application without news is declined by itself (rule book 02 §7.3).
const WAITING: TimeDelta = TimeDelta::days(60);

/// The page.
#[derive(Template)]
#[template(path = "dashboard/employer.html")]
struct EmployerDashboard {
    layout: Layout,
    today: NaiveDate,
    drafts: Vec<DraftItem>,
    groups: Vec<Group>,
    waiting: i64,
    postponed: i64,
    accepted: i64,
}

/// What has to be done at the same time.
struct Group {
    urgency: Urgency,
    items: Vec<(Item, NaiveDate)>,
    more: usize,
}

impl Group {
    const fn of(urgency: Urgency) -> Self {
        Self { urgency, items: Vec::new(), more: 0 }
    }

    fn add(&mut self, item: Item, due: NaiveDate) {
        if self.items.len() < SHOWN { self.items.push((item, due)) } else { self.more += 1 }
    }

    fn count(&self) -> usize {
        self.items.len() + self.more
    }

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
    let counts = received_counts(&app.db, ctx).await?;
    let mut groups: Vec<Group> = Urgency::ALL.into_iter().map(Group::of).collect();
    for application in received_waiting(&app.db, ctx, ctx.now - WAITING).await? {
        let due = answer_due_on(paris_date(application.submitted_at));
        if let Some(group) = groups.iter_mut().find(|group| group.urgency == urgency(due, today)) {
            group.add(Item::new(application), due);
        }
    }
    groups.retain(|group| !group.items.is_empty());
    ok(&EmployerDashboard {
        layout,
        today,
        drafts: DraftItem::all(app, &ctx.any()).await?,
        groups,
        waiting: count(&counts, &[StateCode::New, StateCode::Processing]),
        postponed: count(&counts, &[StateCode::Postponed, StateCode::Pool]),
        accepted: count(&counts, &[StateCode::Accepted]),
    })
}
