//! `/admin/users/{id}/reactivation`: the team opens again an account that nobody had used for too long (USR-17).

use askama::Template;
use axum::extract::State;
use iae_app::accounts::oversight::queries::account;
use iae_app::accounts::oversight::{Account, reactivate};
use iae_app::{App, Ctx};
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
use crate::paths::{AdminUserPath, AdminUserReactivationPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/reactivation.html")]
pub struct ReactivationPage {
    layout: Layout,
    of: Account,
    form: ReactivationForm,
    errors: FieldErrors,
}

/// Why it opens again, and what was seen of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReactivationForm {
    seen: String,
    remark: String,
}

impl ReactivationPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: UserId) -> PageResult<Self> {
        may(&ctx.actor, StaffRight::ChangeUsers)?;
        let of = account(app, ctx, id).await?;
        let form = ReactivationForm { seen: of.overseen.seen(), remark: String::new() };
        Ok(Self { layout, of, form, errors: FieldErrors::default() })
    }
}

/// Says what would happen.
pub async fn get(
    AdminUserReactivationPath { id }: AdminUserReactivationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&ReactivationPage::load(&state, &ctx, layout, id).await?)
}

/// Opens it again.
pub async fn post(
    AdminUserReactivationPath { id }: AdminUserReactivationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<ReactivationForm>,
) -> PageResult {
    may(&ctx.actor, StaffRight::ChangeUsers)?;
    let acted = async {
        let act = act(id, &form.seen, &form.remark)?;
        reactivate(&state, &ctx, &act).await?;
        Ok::<_, NotActed>(())
    };
    match acted.await {
        Ok(()) => {
            let told = "À sa prochaine connexion, la personne retrouve son compte et son adresse vient de son fournisseur \
                        d’identité. Ses structures doivent l’inviter de nouveau.";
            flash::done(&session, "Compte réactivé", told, AdminUserPath { id }).await
        }
        Err(not_acted) => {
            let page = ReactivationPage::load(&state, &ctx, layout, id).await?;
            again(&state, id, not_acted, |errors| ReactivationPage { form, errors, ..page }).await
        }
    }
}
