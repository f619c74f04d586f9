//! The dashboard of the platform's team: what is stuck.

use askama::Template;
use iae_app::applications::list::Applications;
use iae_app::candidates::nir_correction;
use iae_app::control::campaigns::list::ControlCampaigns;
use iae_app::list::Facets;
use iae_app::notifications::list::Outbox;
use iae_app::queue::MAX_ATTEMPTS;
use iae_app::{App, Ctx};
use iae_domain::Actor;
use iae_domain::staff::StaffRight;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::list::{Figure, figures};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/staff.html")]
struct StaffDashboard {
    layout: Layout,
    abandoned: Figure,
    waiting: Figure,
    retried: Figure,
    manual: Figure,
    /// Requests to correct a NIR, to be decided.
    corrections: i64,
    /// Campaigns of control that are not over.
    campaigns: Figure,
    /// Whether the reader may read accounts (STF-1).
    reads_users: bool,
    /// Whether they may read organisations.
    reads_organisations: bool,
    /// Whether they may write announcements.
    announces: bool,
    /// Whether they may read the invitations of organisations.
    reads_invitations: bool,
}

/// The campaigns that are not over, as the address of their list says it.
const OPEN_CAMPAIGNS: &str = "phase=sampling&phase=list_frozen&phase=amicable&phase=adversarial";

pub(super) async fn page(app: &App, ctx: &Ctx<Actor>, layout: Layout) -> PageResult {
    let none = Facets::default();
    let queries = ["status=abandoned", "status=queued&status=retried", "status=retried"];
    let [abandoned, waiting, retried] = figures(app, &Outbox, &none, queries).await?;
    let [manual] = figures(app, &Applications::of(ctx)?, &none, ["delivery=manual"]).await?;
    let corrections = nir_correction::waiting(&app.db).await?;
    let [campaigns] = figures(app, &ControlCampaigns::of(ctx)?, &none, [OPEN_CAMPAIGNS]).await?;
    let reads_users = matches!(&ctx.actor, Actor::Staff(staff) if staff.holds(StaffRight::ReadUsers));
    let holds = |right| matches!(&ctx.actor, Actor::Staff(staff) if staff.holds(right));
    ok(&StaffDashboard {
        layout,
        abandoned,
        waiting,
        retried,
        manual,
        corrections,
        campaigns,
        reads_users,
        reads_organisations: holds(StaffRight::ReadOrganisations),
        announces: holds(StaffRight::Announce),
        reads_invitations: holds(StaffRight::ReadOrganisations),
    })
}
