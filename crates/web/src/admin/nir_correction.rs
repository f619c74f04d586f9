//! `/admin/nir-corrections/{id}`: the team accepts or refuses to correct a NIR (CNR-1).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::candidates::nir_correction::{self, CorrectionPage, correction};
use iae_domain::actor::StaffActor;
use iae_domain::candidates::{CorrectionVerdict, NirAnswer};
use serde::Deserialize;
use tower_sessions::Session;

use crate::candidates::messages;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{NirCorrectionDecisionPath, NirCorrectionsPath};
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "admin/nir_correction.html")]
pub struct NirCorrectionDecisionPage {
    layout: Layout,
    correction: CorrectionPage,
    errors: FieldErrors,
}

impl NirCorrectionDecisionPage {
    fn recorded(&self) -> String {
        match &self.correction.recorded {
            Some(NirAnswer::Known(nir)) => nir.grouped(),
            Some(NirAnswer::Missing(reason)) => reason.label().to_owned(),
            None => String::new(),
        }
    }
}

/// What is decided.
#[derive(Debug, Deserialize)]
pub struct DecisionForm {
    #[serde(default)]
    verdict: String,
}

impl DecisionForm {
    fn parse(&self) -> Result<CorrectionVerdict, FieldErrors> {
        match self.verdict.as_str() {
            "accept" => Ok(CorrectionVerdict::Accepted),
            "refuse" => Ok(CorrectionVerdict::Refused),
            _ => Err(FieldErrors::one("verdict", "Acceptez ou refusez la demande.")),
        }
    }
}

/// Shows the request.
pub async fn get(
    NirCorrectionDecisionPath { id }: NirCorrectionDecisionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let correction = correction(&state, &ctx, id).await?.ok_or(PageError::NotFound)?;
    ok(&NirCorrectionDecisionPage { layout, correction, errors: FieldErrors::default() })
}

/// Decides on it.
pub async fn post(
    NirCorrectionDecisionPath { id }: NirCorrectionDecisionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<DecisionForm>,
) -> PageResult {
    let acted = async {
        let verdict = form.parse()?;
        let decided = nir_correction::decide(&state, &ctx, id, verdict).await;
        decided.or_say(messages::decision).map(|()| verdict)
    };
    match acted.await {
        Ok(CorrectionVerdict::Accepted) => {
            flash::done(&session, "Numéro corrigé", "Le dossier porte le nouveau numéro.", NirCorrectionsPath)
                .await
        }
        Ok(CorrectionVerdict::Refused) => {
            flash::done(&session, "Demande refusée", "Le dossier n’a pas changé.", NirCorrectionsPath).await
        }
        Err(not_done) => {
            let correction = correction(&state, &ctx, id).await?.ok_or(PageError::NotFound)?;
            not_done.again(|errors| NirCorrectionDecisionPage { layout, correction, errors })
        }
    }
}
