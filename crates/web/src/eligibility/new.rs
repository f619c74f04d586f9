//! `/candidates/{id}/eligibility`: the diagnosis alone, from a person's file (rule book 03 §2.2, second entry).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::candidates::{Identity, identity};
use iae_app::eligibility::prescribe;
use iae_app::eligibility::queries::{self, InForce};
use iae_domain::actor::AuthorisedPrescriber;
use iae_domain::eligibility::DiagnosisRefused;
use iae_domain::ids::CandidateId;
use serde::Deserialize;
use tower_sessions::Session;

use super::DIAGNOSED_MEANWHILE;
use super::back::Back;
use super::criteria::age_contradicted;
use super::form::{self, AGE_FIELD, DiagnosisFields, DiagnosisForm, Held};
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{CandidatePath, EligibilityPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// Whether the diagnosis that holds is to be updated, and the application being written it is made from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    update: bool,
    draft: String,
}

/// The page.
#[derive(Template)]
#[template(path = "eligibility/new.html")]
pub struct NewPage {
    layout: Layout,
    id: CandidateId,
    name: String,
    back: Back,
    held: Option<Held>,
    fields: Option<DiagnosisFields>,
}

/// The person and what they hold, for a prescripteur habilité whose organisation deals with them (D4).
async fn person(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    id: CandidateId,
) -> PageResult<(Identity, InForce)> {
    let identity = identity(state, &ctx.any(), id).await?.ok_or(PageError::NotFound)?;
    let in_force = queries::in_force(&state.db, id, ctx.today()).await?;
    Ok((identity, in_force))
}

async fn held(
    state: &WebState,
    ctx: &Ctx<AuthorisedPrescriber>,
    in_force: &InForce,
) -> PageResult<Option<Held>> {
    match &in_force.diagnosis {
        Some(diagnosis) => form::held(state, ctx, diagnosis).await,
        None => Ok(None),
    }
}

/// Shows what holds, or the form; a person with a valid PASS needs neither.
pub async fn get(
    path: EligibilityPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    Query(query): Query<NewQuery>,
    layout: Layout,
) -> PageResult {
    let (person, in_force) = person(&state, &ctx, path.id).await?;
    let back = Back::of(&state, &ctx, path.id, &query.draft).await?;
    if in_force.has_valid_pass {
        return already_in_parcours(&session, &back).await;
    }
    let held = held(&state, &ctx, &in_force).await?;
    let fields = if held.is_none() || query.update {
        Some(form::fields(&state, &ctx, path.id, held.as_ref()).await?)
    } else {
        None
    };
    ok(&NewPage { layout, id: path.id, name: person.name.into(), back, held, fields })
}

/// Makes the diagnosis.
pub async fn post(
    path: EligibilityPath,
    State(state): State<WebState>,
    ctx: Ctx<AuthorisedPrescriber>,
    session: Session,
    layout: Layout,
    Form(form): Form<DiagnosisForm>,
) -> PageResult {
    let (Identity { name, birth_date, .. }, in_force) = person(&state, &ctx, path.id).await?;
    let name = String::from(name);
    let back = Back::of(&state, &ctx, path.id, form.value("draft")).await?;
    if in_force.has_valid_pass {
        return already_in_parcours(&session, &back).await;
    }
    let held = held(&state, &ctx, &in_force).await?;
    let acted = async {
        let command = form.parse(birth_date, ctx.today())?;
        prescribe(&state, &ctx, path.id, command).await.or_say(|refused| refused_meanwhile(refused, path.id))
    };
    match acted.await {
        Ok(Some(_)) => {
            let message = format!("Le diagnostic {} est enregistré.", french::of(&name));
            flash::done(&session, "Éligibilité validée", message, back.href()).await
        }
        Ok(None) => {
            flash::not_done(&session, "Éligibilité inchangée", DIAGNOSED_MEANWHILE, back.href()).await
        }
        Err(not_done) => not_done.again(|errors| {
            let fields = Some(DiagnosisFields::typed(&ctx, &form, errors));
            NewPage { layout, id: path.id, name, back, held, fields }
        }),
    }
}

const IN_PARCOURS: &str = "Cette personne a un PASS IAE valide\u{a0}: il n’y a pas d’éligibilité à valider.";

async fn already_in_parcours(session: &Session, back: &Back) -> PageResult {
    flash::done(session, "Parcours en cours", IN_PARCOURS, back.href()).await
}

/// What was written since the page was read; the page asks for nothing else that the rules refuse.
fn refused_meanwhile(refused: DiagnosisRefused, id: CandidateId) -> NotDone {
    match refused {
        DiagnosisRefused::ValidPass => PageError::Conflict {
            message: IN_PARCOURS.to_owned(),
            link: Some(("Revoir le dossier".to_owned(), CandidatePath { id }.to_string())),
        }
        .into(),
        // The birth date was changed meanwhile.
        DiagnosisRefused::AgeContradicted(contradicted) => {
            FieldErrors::one(AGE_FIELD, age_contradicted(contradicted)).into()
        }
        DiagnosisRefused::Denied(_)
        | DiagnosisRefused::CriteriaMissing(_)
        | DiagnosisRefused::AlreadyValid
        | DiagnosisRefused::Withdrawn(_) => PageError::defect(refused).into(),
    }
}
