//! `/admin/memberships/{id}/role`: the team names an administrator, or takes the role away, the last one's too (MEM-8, MEM-9).

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::organisations::members::change_role_by_team;
use iae_app::organisations::members::queries::{MemberCard, Place, tended_member};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::MembershipId;
use iae_domain::time::paris_date;
use tower_sessions::Session;

use super::act::{self, ActForm};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AdminMemberRolePath, AdminOrganisationPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "admin/organisations/role.html")]
pub struct RolePage {
    layout: Layout,
    place: Place,
    member: MemberCard,
    form: ActForm,
    errors: FieldErrors,
}

impl RolePage {
    async fn load(app: &App, ctx: &Ctx<StaffActor>, layout: Layout, id: MembershipId) -> PageResult<Self> {
        let (place, member) = tended_member(app, ctx, id).await?;
        let form = ActForm { seen: version(member.updated_at), ..ActForm::default() };
        Ok(Self { layout, place, member, form, errors: FieldErrors::default() })
    }

    /// Whether nobody would administer the organisation any more.
    fn is_last_admin(&self) -> bool {
        self.member.is_admin && self.place.other_admins == 0
    }

    /// What they would be.
    fn wanted(&self) -> &'static str {
        if self.member.is_admin { "member" } else { "admin" }
    }

    fn joined_on(&self) -> NaiveDate {
        paris_date(self.member.joined_at)
    }
}

/// Who changed a member since the page was read (D32).
pub(super) fn overtaken(place: &Place, member: &MemberCard) -> PageError {
    let name = &member.name;
    let what = match (member.is_active, member.is_admin) {
        (false, _) => format!("{name} ne fait plus partie de la structure"),
        (true, true) => format!("{name} administre la structure"),
        (true, false) => format!("{name} est membre de la structure, sans l’administrer"),
    };
    act::overtaken(place.organisation, member.updated_by.as_deref(), &what, Some(member.updated_at))
}

/// Asks whether to change the role of a member who is there.
pub async fn get(
    AdminMemberRolePath { id }: AdminMemberRolePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let page = RolePage::load(&state, &ctx, layout, id).await?;
    if page.member.is_active { ok(&page) } else { Err(PageError::NotFound) }
}

/// Changes it.
pub async fn post(
    AdminMemberRolePath { id }: AdminMemberRolePath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<ActForm>,
) -> PageResult {
    let page = RolePage::load(&state, &ctx, layout, id).await?;
    let is_admin = match form.act.as_str() {
        "admin" => true,
        "member" => false,
        _ => return Err(PageError::Malformed),
    };
    let seen = instant(&form.seen).ok_or(PageError::Malformed)?;
    let remark = match act::only_remark(&form.remark) {
        Ok(remark) => remark,
        Err(errors) => return unprocessable(&RolePage { form, errors, ..page }),
    };
    let back = AdminOrganisationPath { id: page.place.organisation };
    match change_role_by_team(&state, &ctx, id, (seen, is_admin), &remark).await {
        Ok(()) => {
            let title = if is_admin { "Administrateur nommé" } else { "Rôle d’administrateur retiré" };
            let told = format!("{} en est prévenu par e-mail.", page.member.name);
            flash::done(&session, title, told, back).await
        }
        Err(Failure::Refused(_)) => {
            let (place, member) = tended_member(&state, &ctx, id).await?;
            Err(overtaken(&place, &member))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
