//! The dashboard of the platform's team: what is stuck, of what each of them may read (STF-1).

use askama::Template;
use iae_app::admin::organisations::list::Organisations;
use iae_app::applications::list::Applications;
use iae_app::candidates::nir_correction;
use iae_app::control::campaigns::list::ControlCampaigns;
use iae_app::habilitations::authorisations::list::Authorisations;
use iae_app::list::Facets;
use iae_app::notifications::list::Outbox;
use iae_app::queue::MAX_ATTEMPTS;
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
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
    mails: Option<Mails>,
    /// Hires whose PASS is to be delivered by hand.
    manual: Option<Figure>,
    /// Requests to correct a NIR, to be decided.
    corrections: Option<i64>,
    /// Campaigns of control that are not over.
    campaigns: Option<Figure>,
    sign_ups: Option<SignUps>,
    reader: StaffActor,
}

/// What is on its way out.
struct Mails {
    abandoned: Figure,
    waiting: Figure,
    retried: Figure,
}

/// Organisations that signed up and wait for the team (PRE-7, SGN-16).
struct SignUps {
    authorisations: Figure,
    facilitators: Figure,
}

impl StaffDashboard {
    fn has_figures(&self) -> bool {
        self.mails.is_some()
            || self.manual.is_some()
            || self.corrections.is_some()
            || self.campaigns.is_some()
            || self.sign_ups.is_some()
    }

    fn reads_users(&self) -> bool {
        self.reader.holds(StaffRight::ReadUsers)
    }

    fn reads_organisations(&self) -> bool {
        self.reader.holds(StaffRight::ReadOrganisations)
    }

    fn reads_campaigns(&self) -> bool {
        self.reader.holds(StaffRight::ReadCampaigns)
    }

    fn reads_emails(&self) -> bool {
        self.reader.holds(StaffRight::ReadEmails)
    }

    fn reads_imports(&self) -> bool {
        self.reader.holds(StaffRight::ReadImports)
    }

    fn announces(&self) -> bool {
        self.reader.holds(StaffRight::Announce)
    }

    fn reads_jobs(&self) -> bool {
        self.reader.holds(StaffRight::ReadJobs)
    }

    fn reads_audit(&self) -> bool {
        self.reader.holds(StaffRight::ReadAudit)
    }

    /// Whether anything of how the platform works is theirs to read.
    fn reads_operation(&self) -> bool {
        self.reads_emails()
            || self.reads_imports()
            || self.announces()
            || self.reads_jobs()
            || self.reads_audit()
    }
}

/// The campaigns that are not over, as the address of their list says it.
const OPEN_CAMPAIGNS: &str = "phase=sampling&phase=list_frozen&phase=amicable&phase=adversarial";

pub(super) async fn page(app: &App, ctx: &Ctx<StaffActor>, layout: Layout) -> PageResult {
    let none = Facets::default();
    let reader = ctx.actor.clone();
    let mails = if reader.holds(StaffRight::ReadEmails) {
        let queries = ["status=abandoned", "status=queued&status=retried", "status=retried"];
        let [abandoned, waiting, retried] = figures(app, &Outbox::of(ctx)?, &none, queries).await?;
        Some(Mails { abandoned, waiting, retried })
    } else {
        None
    };
    let manual = if reader.holds(StaffRight::ReadApplications) {
        let [manual] = figures(app, &Applications::of(&ctx.any())?, &none, ["delivery=manual"]).await?;
        Some(manual)
    } else {
        None
    };
    let corrections = if reader.holds(StaffRight::ChangeUsers) {
        Some(nir_correction::waiting(&app.db).await?)
    } else {
        None
    };
    let campaigns = if reader.holds(StaffRight::ReadCampaigns) {
        let [campaigns] = figures(app, &ControlCampaigns::of(&ctx.any())?, &none, [OPEN_CAMPAIGNS]).await?;
        Some(campaigns)
    } else {
        None
    };
    let sign_ups = if reader.holds(StaffRight::ReadOrganisations) {
        let [authorisations] = figures(app, &Authorisations::of(ctx)?, &none, ["view=waiting"]).await?;
        let [facilitators] = figures(app, &Organisations::of(ctx)?, &none, ["state=unverified"]).await?;
        Some(SignUps { authorisations, facilitators })
    } else {
        None
    };
    ok(&StaffDashboard { layout, mails, manual, corrections, campaigns, sign_ups, reader })
}
