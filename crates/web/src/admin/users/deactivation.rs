//! `/admin/users/{id}/deactivation`: the team closes an account, once it is said what goes with it (USR-15).

use askama::Template;
use axum::extract::State;
use iae_app::accounts::oversight::queries::{
    CandidateHoldings, MembershipLine, account, holdings, memberships,
};
use iae_app::accounts::oversight::{Account, deactivate};
use iae_app::{App, Ctx};
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use iae_domain::staff::StaffRight;
use serde::Deserialize;
use tower_sessions::Session;

use super::act::{NotActed, act, again};
use super::may;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminDataTransferPath, AdminUserDeactivationPath, AdminUserPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/deactivation.html")]
pub struct DeactivationPage {
    layout: Layout,
    of: Account,
    memberships: Vec<MembershipLine>,
    /// What stays at structures, of a candidate.
    holdings: Option<CandidateHoldings>,
    is_oneself: bool,
    form: DeactivationForm,
    errors: FieldErrors,
}

/// Why it closes, and what was seen of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeactivationForm {
    seen: String,
    remark: String,
}

impl DeactivationPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: UserId) -> PageResult<Self> {
        may(&ctx.actor, StaffRight::ChangeUsers)?;
        let of = account(app, ctx, id).await?;
        let memberships = memberships(&app.db, &of).await?;
        let memberships = memberships.into_iter().filter(|line| line.is_active).collect();
        let holdings = holdings(&app.db, &of).await?;
        let form = DeactivationForm { seen: of.overseen.seen(), remark: String::new() };
        let (is_oneself, errors) = (id == ctx.actor.user, FieldErrors::default());
        Ok(Self { layout, of, memberships, holdings, is_oneself, form, errors })
    }

    /// Where what their file holds goes to another file of theirs.
    fn data_transfer(&self) -> AdminDataTransferPath {
        AdminDataTransferPath { id: self.of.overseen.user.into() }
    }

    /// Organisations that nobody would administer any more (MEM-9).
    fn left_without_admin(&self) -> Vec<&MembershipLine> {
        self.memberships.iter().filter(|line| line.is_last_admin()).collect()
    }
}

/// Says what would happen.
pub async fn get(
    AdminUserDeactivationPath { id }: AdminUserDeactivationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&DeactivationPage::load(&state, &ctx, layout, id).await?)
}

/// Closes it.
pub async fn post(
    AdminUserDeactivationPath { id }: AdminUserDeactivationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<DeactivationForm>,
) -> PageResult {
    may(&ctx.actor, StaffRight::ChangeUsers)?;
    let acted = async {
        let act = act(id, &form.seen, &form.remark)?;
        let kind = deactivate(&state, &ctx, &act).await?;
        Ok::<_, NotActed>(kind == UserKind::JobSeeker)
    };
    match acted.await {
        Ok(is_candidate) => {
            let told = if is_candidate {
                "Ses sessions sont fermées. Son adresse est libre pour une nouvelle inscription, et ce que son dossier porte demeure."
            } else {
                "Ses sessions sont fermées et ses appartenances closes. Son adresse est libre pour une nouvelle inscription."
            };
            flash::done(&session, "Compte désactivé", told, AdminUserPath { id }).await
        }
        Err(not_acted) => {
            let page = DeactivationPage::load(&state, &ctx, layout, id).await?;
            again(&state, id, not_acted, |errors| DeactivationPage { form, errors, ..page }).await
        }
    }
}
