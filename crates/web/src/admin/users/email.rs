//! `/admin/users/{id}/email`: the team gives another address to an account that no provider says the address of.

use askama::Template;
use axum::extract::State;
use iae_app::accounts::oversight::queries::account;
use iae_app::accounts::oversight::{Account, Act, change_email};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use iae_domain::staff::StaffRight;
use iae_domain::text::Email;
use serde::Deserialize;
use tower_sessions::Session;

use super::act::{NotActed, again, remark};
use super::may;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminUserEmailPath, AdminUserPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/email.html")]
pub struct EmailChangePage {
    layout: Layout,
    of: Account,
    form: EmailForm,
    errors: FieldErrors,
}

/// The new address, why, and what was seen of the account.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    seen: String,
    email: String,
    remark: String,
}

impl EmailForm {
    fn parse(&self, user: UserId) -> Result<(Act, Email), FieldErrors> {
        let mut errors = FieldErrors::default();
        let email = Email::parse(&self.email).ok();
        if email.is_none() {
            errors.add("email", "Saisissez une adresse comme nom@exemple.fr.");
        }
        let remark = remark(&mut errors, &self.remark);
        let act = |remark| Act { user, seen: self.seen.clone(), remark };
        errors.or(remark.map(act).zip(email))
    }
}

impl EmailChangePage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: UserId) -> PageResult<Self> {
        may(&ctx.actor, StaffRight::ChangeUsers)?;
        let of = account(app, ctx, id).await?;
        let form = EmailForm { seen: of.overseen.seen(), ..EmailForm::default() };
        Ok(Self { layout, of, form, errors: FieldErrors::default() })
    }

    /// The address it has.
    fn current(&self) -> &str {
        self.of.overseen.email.as_ref().map_or("", Email::as_str)
    }
}

/// Asks for the new address.
pub async fn get(
    AdminUserEmailPath { id }: AdminUserEmailPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&EmailChangePage::load(&state, &ctx, layout, id).await?)
}

/// Replaces it.
pub async fn post(
    AdminUserEmailPath { id }: AdminUserEmailPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<EmailForm>,
) -> PageResult {
    may(&ctx.actor, StaffRight::ChangeUsers)?;
    let acted = async {
        let (act, email) = form.parse(id)?;
        change_email(&state, &ctx, &act, email).await?;
        Ok::<_, NotActed>(())
    };
    match acted.await {
        Ok(()) => {
            let told = "La personne se connecte désormais avec la nouvelle adresse. L’ancienne et la nouvelle reçoivent un e-mail.";
            flash::done(&session, "Adresse modifiée", told, AdminUserPath { id }).await
        }
        Err(not_acted) => {
            let page = EmailChangePage::load(&state, &ctx, layout, id).await?;
            again(&state, id, not_acted, |errors| EmailChangePage { form, errors, ..page }).await
        }
    }
}
