//! `/admin/invitations/{id}/revocation`: the team takes an invitation back, and says why (STF-2).

use askama::Template;
use axum::extract::State;
use iae_app::organisations::invitations::queries::TeamInvitation;
use iae_app::organisations::invitations::revoke_by_team;
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::organisations::invitations::{InvitationChangeRefused, InvitationState};
use iae_domain::staff::{REMARK_MAX_CHARS, StaffRight, SupportRemark};
use iae_domain::text::MessageRefused;
use serde::Deserialize;
use tower_sessions::Session;

use super::{found, may};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::{date_time, spaced};
use crate::layout::Layout;
use crate::paths::{AdminInvitationPath, AdminInvitationRevocationPath, AdminInvitationsPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "admin/invitations/revocation.html")]
pub struct AdminRevocationPage {
    layout: Layout,
    of: TeamInvitation,
    form: AdminRevocationForm,
    errors: FieldErrors,
}

/// What is typed, and what was read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AdminRevocationForm {
    /// When it was last sent (D32).
    seen: String,
    remark: String,
}

impl AdminRevocationForm {
    fn parse(&self) -> Result<SupportRemark, FieldErrors> {
        SupportRemark::parse(&self.remark).map_err(|refused| {
            let mut errors = FieldErrors::default();
            match refused {
                MessageRefused::Blank => {
                    errors.add("remark", "Écrivez pourquoi cette invitation est annulée.");
                }
                MessageRefused::TooLong(_) => errors.check_length("remark", &self.remark, REMARK_MAX_CHARS),
            }
            errors
        })
    }
}

/// Asks why; of one that is over, says where it stands.
pub async fn get(
    AdminInvitationRevocationPath { id }: AdminInvitationRevocationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    may(&ctx, StaffRight::ChangeOrganisations)?;
    let of = found(&state, &ctx, id).await?;
    if matches!(of.state(ctx.now), InvitationState::Accepted | InvitationState::Revoked) {
        return Err(meanwhile(&of));
    }
    let form = AdminRevocationForm { seen: version(of.sent_at), remark: String::new() };
    ok(&AdminRevocationPage { layout, of, form, errors: FieldErrors::default() })
}

/// Takes it back; asked twice, it is taken back once.
pub async fn post(
    AdminInvitationRevocationPath { id }: AdminInvitationRevocationPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<AdminRevocationForm>,
) -> PageResult {
    may(&ctx, StaffRight::ChangeOrganisations)?;
    let remark = match form.parse() {
        Ok(remark) => remark,
        Err(errors) => {
            let of = found(&state, &ctx, id).await?;
            return unprocessable(&AdminRevocationPage { layout, of, form, errors });
        }
    };
    let page = AdminInvitationPath { id };
    match revoke_by_team(&state, &ctx, (id, instant(&form.seen)), remark).await {
        Ok(()) => {
            flash::done(&session, "Invitation annulée", "Son lien ne sert plus.", AdminInvitationsPath).await
        }
        Err(Failure::Refused(InvitationChangeRefused::Over(InvitationState::Revoked))) => {
            flash::not_done(&session, "Cette invitation était déjà annulée", "Son lien ne sert plus.", page)
                .await
        }
        Err(Failure::Refused(_) | Failure::App(Error::Conflict)) => Err(stands(&state, &ctx, page).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// What became of it since the page was read.
async fn stands(app: &App, ctx: &Ctx<StaffActor>, page: AdminInvitationPath) -> PageResult<PageError> {
    Ok(meanwhile(&found(app, ctx, page.id).await?))
}

/// What happened to it meanwhile (D32).
fn meanwhile(of: &TeamInvitation) -> PageError {
    let message = match (of.accepted_at, of.revoked_at) {
        (Some(at), _) => {
            let who = of.accepted_by.as_deref().unwrap_or(&of.name);
            format!("{who} a accepté cette invitation le {} : elle ne s’annule plus.", date_time(at))
        }
        (None, Some(at)) => format!("Cette invitation a été annulée le {}.", date_time(at)),
        (None, None) => format!(
            "Cette invitation a été renvoyée le {} : relisez-la avant de l’annuler.",
            date_time(of.sent_at)
        ),
    };
    let link = AdminInvitationPath { id: of.id }.to_string();
    PageError::Conflict { message: spaced(&message), link: Some(("Revoir l’invitation".to_owned(), link)) }
}
