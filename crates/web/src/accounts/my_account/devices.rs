//! `/my-account/devices`: applications that give codes (AUT-24). Not there for who has none and owes none.

use askama::Template;
use axum::extract::State;
use iae_app::accounts::second_factor::{Application, applications, remove};
use iae_app::accounts::{FactorRefused, SignedIn};
use iae_app::{Ctx, Failure};
use iae_domain::ids::SecondFactorId;
use serde::Deserialize;
use tower_sessions::Session;

use super::holder::has_devices;
use crate::error::{PageError, PageResult, ok};
use crate::extract::Person;
use crate::filters;
use crate::flash;
use crate::forms::UncheckedForm;
use crate::layout::Layout;
use crate::paths::MyDevicesPath;
use crate::session::{ShownFactor, own_key, shown_factor};
use crate::state::WebState;

/// Which one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeviceForm {
    application: String,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/my_account/devices.html")]
pub struct DevicesPage {
    layout: Layout,
    applications: Vec<Application>,
    /// The one shown in this session.
    shown: Option<SecondFactorId>,
}

impl DevicesPage {
    fn value(application: &Application) -> String {
        application.id.to_string()
    }

    fn is_shown(&self, application: &Application) -> bool {
        self.shown == Some(application.id)
    }
}

/// The application shown in this session, for whoever is concerned.
async fn concerned(
    state: &WebState,
    person: &SignedIn,
    ctx: &Ctx<()>,
    session: &Session,
) -> PageResult<Option<SecondFactorId>> {
    let shown = shown_factor(session).await?;
    if !has_devices(state, person, ctx) {
        return Err(PageError::NotFound);
    }
    Ok(match shown {
        Some(ShownFactor::Application(id)) => Some(id),
        Some(ShownFactor::Elsewhere) | None => None,
    })
}

/// Lists them.
pub async fn get(
    _: MyDevicesPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
) -> PageResult {
    let shown = concerned(&state, &person, &ctx, &session).await?;
    let applications = applications(&state.db, person.user).await?;
    ok(&DevicesPage { layout, applications, shown })
}

/// Removes one.
pub async fn post(
    _: MyDevicesPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    UncheckedForm(form): UncheckedForm<DeviceForm>,
) -> PageResult {
    let shown = concerned(&state, &person, &ctx, &session).await?;
    let id = form.application.parse().map_err(|_| PageError::NotFound)?;
    match remove(&state, &ctx, &person, id, (shown, &own_key(&session))).await {
        Ok(()) => {
            let told = "Ses codes n’ouvrent plus rien, et vos autres sessions sont fermées.";
            flash::done(&session, "Application retirée", told, MyDevicesPath).await
        }
        Err(Failure::Refused(FactorRefused::InUse)) => {
            let told = "Vous l’avez utilisée pour cette session. Ajoutez-en une autre et connectez-vous avec elle d’abord.";
            flash::not_done(&session, "Cette application reste", told, MyDevicesPath).await
        }
        Err(Failure::Refused(_)) => Err(PageError::NotFound),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
