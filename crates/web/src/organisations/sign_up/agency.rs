//! `/sign-up/france-travail`: an agent joins their agency by its SAFIR code, once they read which it is (S13, PRE-20).

use askama::Template;
use axum::extract::State;
use iae_app::organisations::sign_up::join_agency;
use iae_app::organisations::sign_up::queries::{Agency, agency};
use iae_domain::organisations::sign_up::{SafirCode, SafirRefused};
use serde::Deserialize;
use tower_sessions::Session;

use super::{FOR_PROFESSIONALS, Newcomer, messages};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AgencySignUpPath, DashboardPath};
use crate::session;
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// What is answered to who is no agent.
const FOR_AGENTS: PageError = PageError::Forbidden {
    reserved_for: "aux agents de France Travail, dont l’adresse e-mail se termine par @francetravail.fr",
};

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/agency.html")]
pub struct AgencyPage {
    layout: Layout,
    /// The code that was typed.
    safir: String,
    /// The agency that has it, to be confirmed.
    agency: Option<Agency>,
    errors: FieldErrors,
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgencyForm {
    safir: String,
    /// `confirm` once the agency was read; `back` to type another code.
    step: String,
}

/// Asks the code.
pub async fn get(_: AgencySignUpPath, newcomer: Newcomer, layout: Layout) -> PageResult {
    if !newcomer.is_agent() {
        return Err(FOR_AGENTS);
    }
    ok(&AgencyPage { layout, safir: String::new(), agency: None, errors: FieldErrors::default() })
}

/// Shows the agency, then joins it.
pub async fn post(
    _: AgencySignUpPath,
    State(state): State<WebState>,
    newcomer: Newcomer,
    session: Session,
    layout: Layout,
    Form(form): Form<AgencyForm>,
) -> PageResult {
    if !newcomer.is_agent() {
        return Err(FOR_AGENTS);
    }
    let page = AgencyPage { layout, safir: form.safir, agency: None, errors: FieldErrors::default() };
    if form.step == "back" {
        return ok(&page);
    }
    let Ok(code) = SafirCode::parse(&page.safir) else {
        let errors = FieldErrors::one("safir", messages::no_safir(&page.safir));
        return unprocessable(&AgencyPage { errors, ..page });
    };
    if form.step != "confirm" {
        let Some(agency) = agency(&state, &code).await? else {
            let errors = FieldErrors::one("safir", messages::UNKNOWN_SAFIR);
            return unprocessable(&AgencyPage { errors, ..page });
        };
        return ok(&AgencyPage { agency: Some(agency), safir: code.as_str().to_owned(), ..page });
    }
    let joined = join_agency(&state, &newcomer.ctx, newcomer.user(), &code).await;
    match joined.or_say(refused) {
        Ok(agency) => {
            session::act_for(&session, agency).await?;
            let (title, told) = messages::AGENCY_JOINED;
            flash::done(&session, title, told, DashboardPath).await
        }
        Err(not_done) => not_done.again(|errors| AgencyPage { errors, ..page }),
    }
}

fn refused(refused: SafirRefused) -> NotDone {
    match refused {
        SafirRefused::Unknown => FieldErrors::one("safir", messages::UNKNOWN_SAFIR).into(),
        SafirRefused::NotAnAgent => FOR_AGENTS.into(),
        SafirRefused::NotProfessional => FOR_PROFESSIONALS.into(),
    }
}
