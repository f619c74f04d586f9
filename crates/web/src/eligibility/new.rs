//! `/candidates/{id}/eligibility`: the diagnosis alone, from a person's file (rule book 03 §2.2, second entry).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use iae_app::Ctx;
use iae_app::candidates::identity;
use iae_app::eligibility::queries::{self, InForce};
use iae_app::eligibility::{PrescribeError, prescribe};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::eligibility::DiagnosisRefused;
use iae_domain::ids::CandidateId;
use serde::Deserialize;
use tower_sessions::Session;

use super::DIAGNOSED_MEANWHILE;
use super::form::{self, DiagnosisFields, DiagnosisForm, Held};
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::state::WebState;

/// The diagnosis of a person.
#[derive(TypedPath, Deserialize)]
#[typed_path("/candidates/{id}/eligibility", rejection(PageError))]
pub struct NewPath {
    /// The person.
    pub id: CandidateId,
}

/// Whether the diagnosis that holds is to be updated.
#[derive(Debug, Default, Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    update: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "eligibility/new.html")]
pub struct NewPage {
    layout: Layout,
    id: CandidateId,
    name: String,
    held: Option<Held>,
    fields: Option<DiagnosisFields>,
}

/// The person and what they hold, for a prescripteur habilité whose organisation deals with them (D4).
async fn person(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: CandidateId,
) -> PageResult<(String, InForce)> {
    let identity = identity(state, &ctx.any(), id).await?.ok_or(PageError::NotFound)?;
    let in_force = queries::in_force(&state.db, id, ctx.today()).await?;
    Ok((identity.name.into(), in_force))
}

async fn held(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    in_force: &InForce,
) -> PageResult<Option<Held>> {
    match &in_force.diagnosis {
        Some(diagnosis) => form::held(state, ctx.actor.organisation, diagnosis).await,
        None => Ok(None),
    }
}

/// Shows what holds, or the form; a person with a valid PASS needs neither.
pub async fn get(
    path: NewPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    Query(query): Query<NewQuery>,
    layout: Layout,
) -> PageResult {
    let (name, in_force) = person(&state, &ctx, path.id).await?;
    if in_force.has_valid_pass {
        return already_in_parcours(&session, path.id).await;
    }
    let held = held(&state, &ctx, &in_force).await?;
    let fields = if held.is_none() || query.update {
        Some(form::fields(&state, &ctx, path.id, held.as_ref()).await?)
    } else {
        None
    };
    ok(&NewPage { layout, id: path.id, name, held, fields })
}

/// Makes the diagnosis.
pub async fn post(
    path: NewPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    layout: Layout,
    Form(form): Form<DiagnosisForm>,
) -> PageResult {
    let (name, in_force) = person(&state, &ctx, path.id).await?;
    let command = match form.parse() {
        Ok(command) => command,
        Err(errors) => {
            let fields = Some(DiagnosisFields::typed(&ctx, &form, errors));
            let held = held(&state, &ctx, &in_force).await?;
            return unprocessable(&NewPage { layout, id: path.id, name, held, fields });
        }
    };
    match prescribe(&state, &ctx, path.id, command).await {
        Ok(Some(_)) => {
            flash::success(
                &session,
                "Éligibilité validée",
                format!("Le diagnostic de {name} est enregistré."),
            )
            .await?;
        }
        Ok(None) => {
            flash::error(&session, "Éligibilité inchangée", DIAGNOSED_MEANWHILE).await?;
        }
        Err(PrescribeError::Refused(DiagnosisRefused::ValidPass)) => {
            return already_in_parcours(&session, path.id).await;
        }
        Err(PrescribeError::App(error)) => return Err(error.into()),
        Err(PrescribeError::Refused(refused)) => return Err(PageError::defect(refused)),
    }
    see_other(format!("/candidates/{}", path.id))
}

async fn already_in_parcours(session: &Session, id: CandidateId) -> PageResult {
    let message = "Cette personne a un PASS IAE valide\u{a0}: il n'y a pas d'éligibilité à valider.";
    flash::success(session, "Parcours en cours", message).await?;
    see_other(format!("/candidates/{id}"))
}
