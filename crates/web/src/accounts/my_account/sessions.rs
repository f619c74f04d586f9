//! `/my-account/sessions`: where one is signed in, and the end of it elsewhere (SES-13).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::impersonation::{self, Look};
use iae_app::accounts::sessions::{OpenSession, end_one, end_others, of_person};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, ok};
use crate::extract::Person;
use crate::filters;
use crate::flash;
use crate::forms::UncheckedForm;
use crate::layout::Layout;
use crate::paths::MySessionsPath;
use crate::session::own_key;
use crate::state::WebState;

/// Which one; all the others when it says none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SessionForm {
    session: String,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/my_account/sessions.html")]
pub struct SessionsPage {
    layout: Layout,
    sessions: Vec<OpenSession>,
    /// When the team saw the platform in their place (AUT-31).
    looks: Vec<Look>,
}

impl SessionsPage {
    fn value(session: &OpenSession) -> String {
        session.id.to_string()
    }

    fn name(session: &OpenSession) -> &str {
        session.browser.as_deref().unwrap_or("Navigateur inconnu")
    }
}

/// Lists them.
pub async fn get(
    _: MySessionsPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
) -> PageResult {
    let sessions = of_person(&state.db, person.user, &own_key(&session), ctx.now).await?;
    let looks = impersonation::of_person(&state.db, person.user, ctx.now).await?;
    ok(&SessionsPage { layout, sessions, looks })
}

/// Ends one, or all but this one.
pub async fn post(
    _: MySessionsPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    UncheckedForm(form): UncheckedForm<SessionForm>,
) -> PageResult {
    let key = own_key(&session);
    if form.session.is_empty() {
        end_others(&state, &ctx, &person, &key).await?;
        return flash::done(&session, "Toutes vos autres sessions sont fermées", "", MySessionsPath).await;
    }
    let id = form.session.parse().map_err(|_| PageError::NotFound)?;
    end_one(&state, &ctx, &person, id, &key).await?;
    flash::done(&session, "Session fermée", "", MySessionsPath).await
}
