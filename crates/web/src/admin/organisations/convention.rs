//! `/admin/organisations/{id}/convention`: the team turns the active flag of a convention, whom that concerns being told first (CMP-10).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use iae_app::admin::organisations::queries::{AnnexLine, ConventionCard, convention};
use iae_app::admin::organisations::turn_convention;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::is_protected;
use iae_domain::organisations::team::{ConventionAct, TurnedConvention};
use tower_sessions::Session;

use super::act::{self, ActForm};
use crate::applications::state_badge::StateBadge;
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::date_time;
use crate::layout::Layout;
use crate::paths::{AdminConventionPath, AdminOrganisationPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/convention.html")]
pub struct ConventionPage {
    layout: Layout,
    of: ConventionCard,
    form: ActForm,
    errors: FieldErrors,
    now: DateTime<Utc>,
    today: NaiveDate,
}

impl ConventionPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: OrganisationId) -> PageResult<Self> {
        let of = convention(app, ctx, id).await?;
        let form = ActForm { seen: of.convention.seen(), ..ActForm::default() };
        let errors = FieldErrors::default();
        Ok(Self { layout, of, form, errors, now: ctx.now, today: ctx.today() })
    }

    fn act(&self) -> ConventionAct {
        self.of.convention.act()
    }

    fn is_active(&self) -> bool {
        self.of.convention.is_active
    }

    /// Until when its companies keep their access, were it deactivated now; or until when they do.
    fn grace_until(&self) -> DateTime<Utc> {
        TurnedConvention::grace_until(self.of.convention.deactivated_at.unwrap_or(self.now))
    }

    /// Until when the flow would leave it alone.
    fn protected_until(&self) -> DateTime<Utc> {
        TurnedConvention::protected_until(self.now)
    }

    /// Until when the flow leaves it alone, when it does.
    fn is_protected_until(&self) -> Option<DateTime<Utc>> {
        let at = self.of.convention.reactivated_at.filter(|at| is_protected(Some(*at), self.now));
        at.map(TurnedConvention::protected_until)
    }

    /// Whether an annex is in force: the flow puts the convention in force again.
    fn is_covered(&self) -> bool {
        self.of.annexes.iter().any(|annex| annex.is_active(self.today))
    }

    fn badge(&self, annex: &AnnexLine) -> StateBadge {
        let (tone, icon) =
            if annex.is_active(self.today) { ("success", "circle-check") } else { ("neutral", "archive") };
        StateBadge { label: annex.state.label(), tone, icon }
    }

    fn pending(&self) -> i64 {
        self.of.concerned.iter().map(|one| one.pending).sum()
    }
}

/// Shows the convention, and whom it concerns.
pub async fn get(
    AdminConventionPath { id }: AdminConventionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&ConventionPage::load(&state, &ctx, layout, id).await?)
}

/// Turns it.
pub async fn post(
    AdminConventionPath { id }: AdminConventionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<ActForm>,
) -> PageResult {
    let page = ConventionPage::load(&state, &ctx, layout, id).await?;
    let Some(asked) = ConventionAct::parse(&form.act) else { return Err(PageError::Malformed) };
    let remark = match act::only_remark(&form.remark) {
        Ok(remark) => remark,
        Err(errors) => return unprocessable(&ConventionPage { form, errors, ..page }),
    };
    match turn_convention(&state, &ctx, id, (asked, &form.seen), &remark).await {
        Ok(()) => {
            let (title, told) = match asked {
                ConventionAct::Deactivate => (
                    "Convention désactivée",
                    format!(
                        "Ses structures gardent leur accès jusqu’au {}. Un bandeau le dit à leurs membres sur chaque page.",
                        date_time(TurnedConvention::grace_until(ctx.now))
                    ),
                ),
                ConventionAct::Reactivate => (
                    "Convention réactivée",
                    format!(
                        "Ses structures sont actives. Le flux de l’ASP n’y touche pas avant le {}.",
                        date_time(TurnedConvention::protected_until(ctx.now))
                    ),
                ),
            };
            flash::done(&session, title, told, AdminOrganisationPath { id }).await
        }
        Err(Failure::Refused(_)) => Err(overtaken(&convention(&state, &ctx, id).await?)),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Who turned it, or what the flow did.
fn overtaken(of: &ConventionCard) -> PageError {
    let what = if of.convention.is_active {
        "la convention est en vigueur"
    } else {
        "la convention n’est plus en vigueur"
    };
    act::overtaken(of.company, of.changed_by.as_deref(), what, of.changed_at)
}
