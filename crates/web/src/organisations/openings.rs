//! `POST /organisation/openings`: any member opens or closes their company to applications (CMP-35, CMP-36).

use axum::extract::State;
use iae_app::organisations::openings::turn;
use iae_app::{Ctx, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::organisations::{AlreadySo, OpeningAct};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult};
use crate::flash;
use crate::forms::Form;
use crate::paths::{OrganisationOpeningsPath, OrganisationPath};
use crate::state::WebState;

/// What is done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OpeningsForm {
    act: String,
}

/// What is done, and what follows from it.
const fn told(act: OpeningAct) -> (&'static str, &'static str) {
    match act {
        OpeningAct::Block => (
            "Les candidatures sont suspendues",
            "Vos postes ne sont plus proposés, et toute nouvelle candidature est refusée avec une explication, sauf celles que vous \
             créez vous-même. Les candidatures déjà reçues attendent toujours votre réponse.",
        ),
        OpeningAct::Unblock => (
            "Les candidatures sont reprises",
            "Vos postes ouverts sont de nouveau proposés dans la recherche.",
        ),
        OpeningAct::Open => (
            "Les candidatures spontanées sont ouvertes",
            "On peut postuler chez vous sans choisir de poste. Elles se ferment d’elles-mêmes après 90 jours sans actualisation.",
        ),
        OpeningAct::Renew => (
            "Les candidatures spontanées sont actualisées",
            "Elles restent ouvertes 90 jours de plus à compter d’aujourd’hui.",
        ),
        OpeningAct::Close => (
            "Les candidatures spontanées sont fermées",
            "On ne postule plus chez vous que sur un poste ouvert. Les candidatures déjà reçues attendent toujours votre réponse.",
        ),
    }
}

/// What is said when a colleague, or another tab, did it before (D32).
const fn already(act: OpeningAct) -> &'static str {
    match act {
        OpeningAct::Block => "Les candidatures étaient déjà suspendues.",
        OpeningAct::Unblock => "Les candidatures étaient déjà reprises.",
        OpeningAct::Open => "Les candidatures spontanées étaient déjà ouvertes.",
        OpeningAct::Renew => {
            "Les candidatures spontanées ont été fermées entre-temps\u{a0}: il n’y a plus rien à actualiser."
        }
        OpeningAct::Close => "Les candidatures spontanées étaient déjà fermées.",
    }
}

/// Does it.
pub async fn post(
    _: OrganisationOpeningsPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    Form(form): Form<OpeningsForm>,
) -> PageResult {
    let act = OpeningAct::parse(&form.act).ok_or(PageError::Malformed)?;
    match turn(&state, &ctx, act).await {
        Ok(()) => {
            let (title, message) = told(act);
            flash::done(&session, title, message, OrganisationPath).await
        }
        Err(Failure::Refused(AlreadySo)) => Err(PageError::Conflict {
            message: format!("{} Rien de plus n’a été enregistré.", already(act)),
            link: Some(("Voir la présentation de la structure".to_owned(), OrganisationPath.to_string())),
        }),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
