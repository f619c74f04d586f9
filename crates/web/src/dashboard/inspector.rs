//! The dashboard of an agent of the State: the control that is under way, the auto-prescriptions of their département.

mod control;

use askama::Template;
use chrono::NaiveDate;
use iae_app::habilitations::list::Habilitations;
use iae_app::list::Facets;
use iae_app::reference::queries::department_label;
use iae_app::self_prescriptions::list::SelfPrescriptions;
use iae_app::self_prescriptions::list::companies::SelfPrescribers;
use iae_app::{App, Ctx};
use iae_domain::actor::InspectorActor;
use iae_domain::eligibility::policy;
use iae_domain::time::sub_days;

use control::ControlCard;

use crate::error::{PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::list::{Figure, figures};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/inspector.html")]
struct InspectorDashboard {
    layout: Layout,
    kind: &'static str,
    control: Option<ControlCard>,
    /// Requests of habilitation to instruct; none for those who instruct none.
    habilitations: Option<Figure>,
    figures: Option<Figures>,
    today: NaiveDate,
}

/// The requests to instruct, as the address of their list says it.
const TO_INSTRUCT: &str = "state=submitted";

/// Days looked back on.
const YEAR_DAYS: u64 = 365;

/// Auto-prescriptions whose contract starts since a day.
struct Figures {
    department: String,
    since: NaiveDate,
    hires: Figure,
    companies: Figure,
}

pub(super) async fn page(app: &App, ctx: &Ctx<InspectorActor>, layout: Layout) -> PageResult {
    let self_prescribed = match policy::read_self_prescriptions(&ctx.actor) {
        Ok(department) => {
            let since = sub_days(ctx.today(), YEAR_DAYS);
            let (query, none) = (format!("from={since}"), Facets::default());
            let [hires] = figures(app, &SelfPrescriptions::of(ctx, String::new())?, &none, [&query]).await?;
            let by_company = SelfPrescribers::of(ctx, String::new())?;
            let [companies] = figures(app, &by_company, &none, [&query]).await?;
            let department = department_label(&app.db, department).await?;
            Some(Figures { department, since, hires, companies })
        }
        Err(_) => None,
    };
    let habilitations = match Habilitations::of(&ctx.any()) {
        Ok(list) => {
            let [waiting] = figures(app, &list, &Facets::default(), [TO_INSTRUCT]).await?;
            Some(waiting)
        }
        Err(_) => None,
    };
    let control = ControlCard::of(app, ctx).await?;
    ok(&InspectorDashboard {
        layout,
        kind: ctx.actor.kind.label(),
        control,
        habilitations,
        figures: self_prescribed,
        today: ctx.today(),
    })
}
