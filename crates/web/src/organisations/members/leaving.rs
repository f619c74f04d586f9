//! `/members/leaving`: a member who wants to leave is told whom to ask, and asks; nobody leaves alone (MEM-10).

use askama::Template;
use axum::extract::State;
use iae_app::organisations::members::queries::{Teammate, departure_asked_at, teammates};
use iae_app::organisations::members::{ask_to_leave, withdraw_departure};
use iae_app::{Ctx, Failure};
use iae_domain::actor::Colleague;
use iae_domain::organisations::members::LeavingRefused;
use serde::Deserialize;
use tower_sessions::Session;

use super::Member;
use crate::error::{PageError, PageResult, ok};
use crate::flash;
use crate::forms::Form;
use crate::french::date_time;
use crate::layout::Layout;
use crate::paths::{LeavingPath, LeavingWithdrawalPath, MembersPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "organisations/members/leaving.html")]
pub struct LeavingPage {
    layout: Layout,
    /// Who else administers the organisation.
    admins: Vec<Teammate>,
    /// Whether somebody could be named before one leaves.
    has_colleagues: bool,
    is_admin: bool,
    /// When they asked, in words, if they did and nobody decided of it.
    asked_at: Option<String>,
}

impl LeavingPage {
    /// Whether nobody else administers the organisation: the last administrator is warned.
    fn is_last(&self) -> bool {
        self.is_admin && self.admins.is_empty()
    }
}

/// Nothing is typed.
#[derive(Debug, Default, Deserialize)]
pub struct LeavingForm {}

/// Says whom to ask.
pub async fn get(
    _: LeavingPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    layout: Layout,
) -> PageResult {
    let others = teammates(&state, ctx.actor.organisation(), ctx.actor.user()).await?;
    let has_colleagues = !others.is_empty();
    let asked = departure_asked_at(&state.db, ctx.actor.organisation(), ctx.actor.user()).await?;
    let admins = others.into_iter().filter(|one| one.is_admin).collect();
    let (is_admin, asked_at) = (ctx.actor.is_admin(), asked.map(date_time));
    ok(&LeavingPage { layout, admins, has_colleagues, is_admin, asked_at })
}

/// Asks.
pub async fn post(
    _: LeavingPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    session: Session,
    Form(LeavingForm {}): Form<LeavingForm>,
) -> PageResult {
    let (title, told) = match ask(&state, &ctx).await? {
        Asked::Others => (
            "Votre demande est envoyée",
            "Ceux qui administrent la structure la reçoivent par e-mail. Tant qu’ils ne l’ont pas confirmée, rien ne change.".to_owned(),
        ),
        Asked::Team => (
            "Votre demande est envoyée à l’équipe du service",
            "Personne d’autre n’administre la structure\u{a0}: l’équipe vous écrira pour trouver qui le fera.".to_owned(),
        ),
        Asked::Before(at) => ("Vous l’avez déjà demandé", format!("Votre demande du {at} attend une réponse.")),
    };
    flash::done(&session, title, told, MembersPath).await
}

/// Stays after all.
pub async fn withdraw(
    _: LeavingWithdrawalPath,
    State(state): State<WebState>,
    Member(ctx): Member,
    session: Session,
    Form(LeavingForm {}): Form<LeavingForm>,
) -> PageResult {
    match withdraw_departure(&state, &ctx).await {
        Ok(()) => {
            let told = "Vous gardez votre place. Si vous aviez prévenu quelqu’un, dites-le-lui.";
            flash::done(&session, "Votre demande de départ est retirée", told, MembersPath).await
        }
        Err(Failure::Refused(LeavingRefused::NotAsked | LeavingRefused::Asked(_))) => {
            flash::done(&session, "Aucune demande de départ n’attend", "", MembersPath).await
        }
        Err(Failure::Refused(LeavingRefused::NotAMember)) => Err(PageError::NotFound),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Who was asked.
enum Asked {
    Others,
    Team,
    Before(String),
}

async fn ask(state: &WebState, ctx: &Ctx<Colleague>) -> PageResult<Asked> {
    match ask_to_leave(state, ctx).await {
        Ok(true) => Ok(Asked::Others),
        Ok(false) => Ok(Asked::Team),
        Err(Failure::Refused(LeavingRefused::Asked(at))) => Ok(Asked::Before(date_time(at))),
        Err(Failure::Refused(LeavingRefused::NotAMember | LeavingRefused::NotAsked)) => {
            Err(PageError::NotFound)
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
