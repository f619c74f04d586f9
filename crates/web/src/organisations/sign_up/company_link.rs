//! `/sign-up/company-links/{id}`: what the official address of a company hands over. Opening it does nothing; its button lets the first
//! one in (S10, SGN-9).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use chrono::{DateTime, Utc};
use iae_app::organisations::sign_up::join_by_link;
use iae_app::organisations::sign_up::queries::{Landing, landing};
use iae_app::{App, Failure};
use iae_domain::ids::SignUpRequestId;
use serde::Deserialize;
use tower_sessions::Session;

use super::Newcomer;
use crate::error::{PageError, PageResult, ok, page_with};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{CompanyLinkPath, DashboardPath};
use crate::session;
use crate::state::WebState;

/// The word of a link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Token {
    token: String,
}

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/company_link.html")]
pub struct CompanyLinkPage {
    layout: Layout,
    id: SignUpRequestId,
    link: Landing,
    token: String,
    now: DateTime<Utc>,
}

impl CompanyLinkPage {
    async fn load(
        app: &App,
        newcomer: &Newcomer,
        layout: Layout,
        (id, token): (SignUpRequestId, String),
    ) -> PageResult<Self> {
        let link = landing(app, id, &token, newcomer.user()).await?.ok_or(PageError::NotFound)?;
        Ok(Self { layout, id, link, token, now: newcomer.ctx.now })
    }

    /// Whether it still lets somebody in.
    fn serves(&self) -> bool {
        self.link.serves(self.now)
    }
}

/// Shows it to a professional who holds it; whoever is not signed in does so first, and comes back.
pub async fn get(
    CompanyLinkPath { id }: CompanyLinkPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    Query(Token { token }): Query<Token>,
    layout: Layout,
) -> PageResult {
    ok(&CompanyLinkPage::load(&state, &newcomer, layout, (id, token)).await?)
}

/// Joins. When it serves no more, the page says why (409).
pub async fn post(
    CompanyLinkPath { id }: CompanyLinkPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    session: Session,
    layout: Layout,
    Form(Token { token }): Form<Token>,
) -> PageResult {
    match join_by_link(&state, &newcomer.ctx, newcomer.user(), id, &token).await {
        Ok(arrived) => {
            session::act_for(&session, arrived.organisation).await?;
            let (title, told) = if arrived.before {
                ("Vous aviez déjà rejoint cette structure", "Vous agissez maintenant pour elle.")
            } else {
                (
                    "Votre structure est inscrite",
                    "Vous l’administrez, et vous agissez maintenant pour elle. Invitez vos collègues, puis ouvrez vos postes.",
                )
            };
            flash::done(&session, title, told, DashboardPath).await
        }
        Err(Failure::Refused(_)) => {
            let page = CompanyLinkPage::load(&state, &newcomer, layout, (id, token)).await?;
            page_with(StatusCode::CONFLICT, &page)
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
