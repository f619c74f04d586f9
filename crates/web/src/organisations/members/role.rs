//! `/members/{id}/role`: an administrator names another one, or takes that role away (MEM-6 to MEM-8).

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, Utc};
use iae_app::organisations::members::change_role;
use iae_app::organisations::members::queries::{MemberCard, member, member_of};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::Colleague;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::members::MemberRefused;
use iae_domain::time::paris_date;
use serde::Deserialize;
use tower_sessions::Session;

use super::{Administrator, changed_meanwhile, not_administrator};
use crate::error::{PageError, PageResult, forbidden, ok};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{MemberRolePath, MembersPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "organisations/members/role.html")]
pub struct RolePage {
    layout: Layout,
    member: MemberCard,
}

impl RolePage {
    /// What is done, as the button says it.
    fn act(&self) -> &'static str {
        if self.member.is_admin { "Retirer le rôle d’administrateur" } else { "Nommer administrateur" }
    }

    /// The version of the member that the page shows (D32).
    fn seen(&self) -> String {
        version(self.member.updated_at)
    }

    fn joined_on(&self) -> chrono::NaiveDate {
        paris_date(self.member.joined_at)
    }
}

/// Nobody acts on themselves: what one may do instead.
#[derive(Template)]
#[template(path = "organisations/members/oneself.html")]
pub(super) struct OneselfPage {
    pub(super) layout: Layout,
}

/// What is asked, and what the page showed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    seen: String,
    role: String,
}

/// A member to act on, who is there; nobody else exists.
pub(super) async fn target(app: &App, ctx: &Ctx<Colleague>, id: MembershipId) -> PageResult<MemberCard> {
    let member = member(app, ctx.actor.organisation(), id).await?;
    if member.is_active { Ok(member) } else { Err(PageError::NotFound) }
}

/// Asks whether to change the role.
pub async fn get(
    MemberRolePath { id }: MemberRolePath,
    State(state): State<WebState>,
    Administrator(ctx): Administrator,
    layout: Layout,
) -> PageResult {
    let member = target(&state, &ctx, id).await?;
    if member.user == ctx.actor.user() {
        return forbidden(&OneselfPage { layout });
    }
    ok(&RolePage { layout, member })
}

/// Changes it.
pub async fn post(
    MemberRolePath { id }: MemberRolePath,
    State(state): State<WebState>,
    Administrator(ctx): Administrator,
    session: Session,
    layout: Layout,
    Form(form): Form<RoleForm>,
) -> PageResult {
    let (Some(seen), Some(is_admin)) = (instant(&form.seen), wanted(&form.role)) else {
        return Err(PageError::Malformed);
    };
    match change_role(&state, &ctx, id, seen, is_admin).await {
        Ok(()) => {
            let name = member(&state, ctx.actor.organisation(), id).await?.name;
            let (title, told) = if is_admin {
                (
                    "Administrateur nommé",
                    format!("{name} administre maintenant la structure et en est prévenu par e-mail."),
                )
            } else {
                (
                    "Rôle d’administrateur retiré",
                    format!("{name} reste membre de la structure et en est prévenu par e-mail."),
                )
            };
            flash::done(&session, title, told, MembersPath).await
        }
        Err(Failure::Refused(refused)) => refuse(&state, &ctx, layout, id, refused).await,
        Err(Failure::App(error)) => Err(error.into()),
    }
}

fn wanted(role: &str) -> Option<bool> {
    match role {
        "admin" => Some(true),
        "member" => Some(false),
        _ => None,
    }
}

/// Why nothing was done: who did what meanwhile (409, D32), or what one may do instead.
pub(super) async fn refuse(
    app: &App,
    ctx: &Ctx<Colleague>,
    layout: Layout,
    id: MembershipId,
    refused: MemberRefused,
) -> PageResult {
    let organisation = ctx.actor.organisation();
    match refused {
        MemberRefused::Oneself => forbidden(&OneselfPage { layout }),
        MemberRefused::NotAdministrator => {
            Err(not_administrator(&member_of(app, organisation, ctx.actor.user()).await?))
        }
        MemberRefused::Left | MemberRefused::Changed => {
            Err(changed_meanwhile(&member(app, organisation, id).await?))
        }
    }
}

/// The version that a form was made from.
pub(super) fn seen(text: &str) -> PageResult<DateTime<Utc>> {
    instant(text).ok_or(PageError::Malformed)
}
