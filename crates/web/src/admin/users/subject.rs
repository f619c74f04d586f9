//! `/admin/users/{id}/subject`: the team lets what a provider calls somebody change once, at their next sign-in (OID-12).

use askama::Template;
use axum::extract::State;
use iae_app::accounts::oversight::queries::account;
use iae_app::accounts::oversight::{Account, let_subject_change};
use iae_app::{App, Ctx};
use iae_domain::actor::StaffActor;
use iae_domain::ids::UserId;
use iae_domain::staff::StaffRight;
use serde::Deserialize;
use tower_sessions::Session;

use super::act::{NotActed, act, again};
use super::may;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminUserPath, AdminUserSubjectPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/users/subject.html")]
pub struct SubjectPage {
    layout: Layout,
    of: Account,
    form: SubjectForm,
    errors: FieldErrors,
}

/// Whether it may change, why, and what was seen of the account.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SubjectForm {
    seen: String,
    remark: String,
    change: String,
}

impl SubjectForm {
    fn is_armed(&self) -> Option<bool> {
        match self.change.as_str() {
            "allow" => Some(true),
            "forbid" => Some(false),
            _ => None,
        }
    }
}

impl SubjectPage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: UserId) -> PageResult<Self> {
        may(&ctx.actor, StaffRight::ChangeUsers)?;
        let of = account(app, ctx, id).await?;
        let form = SubjectForm { seen: of.overseen.seen(), ..SubjectForm::default() };
        Ok(Self { layout, of, form, errors: FieldErrors::default() })
    }

    /// The providers it is tied to, in words.
    fn providers(&self) -> String {
        let providers = self.of.overseen.identities.iter().map(|(provider, _)| provider.label());
        providers.collect::<Vec<_>>().join(", ")
    }
}

/// Says what would happen.
pub async fn get(
    AdminUserSubjectPath { id }: AdminUserSubjectPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    ok(&SubjectPage::load(&state, &ctx, layout, id).await?)
}

/// Lets it change, or no longer.
pub async fn post(
    AdminUserSubjectPath { id }: AdminUserSubjectPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<SubjectForm>,
) -> PageResult {
    may(&ctx.actor, StaffRight::ChangeUsers)?;
    let is_armed = form.is_armed().ok_or(PageError::Malformed)?;
    let acted = async {
        let act = act(id, &form.seen, &form.remark)?;
        let_subject_change(&state, &ctx, &act, is_armed).await?;
        Ok::<_, NotActed>(())
    };
    match acted.await {
        Ok(()) if is_armed => {
            let told = "À sa prochaine connexion avec cette adresse, le nouvel identifiant remplace l’ancien. Cela ne sert qu’une fois.";
            flash::done(&session, "Changement d’identifiant autorisé", told, AdminUserPath { id }).await
        }
        Ok(()) => {
            let told = "L’identifiant connu reste le seul qui ouvre ce compte.";
            flash::done(&session, "Changement d’identifiant interdit", told, AdminUserPath { id }).await
        }
        Err(not_acted) => {
            let page = SubjectPage::load(&state, &ctx, layout, id).await?;
            again(&state, id, not_acted, |errors| SubjectPage { form, errors, ..page }).await
        }
    }
}
