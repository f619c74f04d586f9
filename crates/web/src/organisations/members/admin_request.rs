//! `/members/admin-request`: a member of a company that nobody administers asks its official address; and the link that comes of
//! it (MEM-11, MEM-12).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::organisations::members::queries::{Staffing, own_request, staffing, teammates};
use iae_app::organisations::members::{ask_to_administer, take_over};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::ids::AdminRequestId;
use iae_domain::organisations::members::AdminRequestRefused;
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, ok};
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{AdminRequestPath, MembersPath, NewAdminRequestPath};
use crate::state::WebState;

/// The page where it is asked.
#[derive(Template)]
#[template(path = "organisations/members/admin_request.html")]
pub struct NewAdminRequestPage {
    layout: Layout,
}

/// The page that the link leads to: opening it does nothing.
#[derive(Template)]
#[template(path = "organisations/members/take_over.html")]
pub struct TakeOverPage {
    layout: Layout,
    id: AdminRequestId,
    token: String,
}

/// Nothing is typed.
#[derive(Debug, Default, Deserialize)]
pub struct NewAdminRequestForm {}

/// The word of the link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Token {
    token: String,
}

/// Says what is asked of whom; 403 when somebody administers the company, or nobody can be asked (MEM-11).
pub async fn get(
    _: NewAdminRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    layout: Layout,
) -> PageResult {
    let EmployerActor { organisation, user, .. } = ctx.actor;
    let Staffing { admins, has_official_address, .. } = staffing(&state, organisation, user).await?;
    if admins > 0 || !has_official_address {
        return Err(NOT_HERE);
    }
    ok(&NewAdminRequestPage { layout })
}

const NOT_HERE: PageError = PageError::Forbidden {
    reserved_for: "aux structures que personne n’administre et dont l’État connaît l’adresse",
};

/// Asks.
pub async fn post(
    _: NewAdminRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    Form(NewAdminRequestForm {}): Form<NewAdminRequestForm>,
) -> PageResult {
    match ask_to_administer(&state, &ctx).await {
        Ok(()) => {
            let told = "L’adresse officielle de votre structure reçoit un lien. Demandez à la personne qui la lit de vous le \
                        transmettre, et ouvrez-le une fois connecté ici.";
            flash::done(&session, "Demande envoyée", told, MembersPath).await
        }
        Err(Failure::Refused(refused)) => Err(say(&state, &ctx, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Asks whether to administer the company; a link that does not serve any more says so at once (MEM-12).
pub async fn landing(
    AdminRequestPath { id }: AdminRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    Query(Token { token }): Query<Token>,
    layout: Layout,
) -> PageResult {
    let EmployerActor { organisation, user, .. } = ctx.actor;
    let Some(request) = own_request(&state.db, id, organisation, user, &token).await? else {
        return Err(PageError::NotFound);
    };
    if let Some(refused) = request.refused(ctx.now) {
        return Err(say(&state, &ctx, refused).await?);
    }
    ok(&TakeOverPage { layout, id, token })
}

/// Administers it.
pub async fn take(
    AdminRequestPath { id }: AdminRequestPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    Form(Token { token }): Form<Token>,
) -> PageResult {
    match take_over(&state, &ctx, id, &token).await {
        Ok(()) => {
            let told =
                "Nommez maintenant un deuxième administrateur, pour que la structure n’en manque jamais.";
            flash::done(&session, "Vous administrez votre structure", told, MembersPath).await
        }
        Err(Failure::Refused(refused)) => Err(say(&state, &ctx, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Why nothing was done; who administers the company meanwhile is named (MEM-12).
async fn say(app: &App, ctx: &Ctx<EmployerActor>, refused: AdminRequestRefused) -> PageResult<PageError> {
    Ok(match refused {
        AdminRequestRefused::NotAMember => PageError::NotFound,
        AdminRequestRefused::NoOfficialAddress => NOT_HERE,
        AdminRequestRefused::Over => super::conflict(
            "Ce lien a déjà servi, ou date de plus de quatorze jours. Vous pouvez faire une nouvelle demande si personne \
             n’administre votre structure."
                .to_owned(),
        ),
        AdminRequestRefused::Administered => {
            let others = teammates(app, ctx.actor.organisation, ctx.actor.user).await?;
            let admins = others.into_iter().filter(|one| one.is_admin).map(|one| one.name);
            let admins: Vec<String> = admins.collect();
            let who = if admins.is_empty() { "vous-même".to_owned() } else { admins.join(", ") };
            super::conflict(format!("Votre structure a maintenant un administrateur\u{a0}: {who}."))
        }
    })
}
