//! `/admin/nir-corrections/{id}`: the team accepts or refuses to correct a NIR (CNR-1).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::candidates::nir_correction::{self, CorrectionPage, correction};
use iae_domain::actor::StaffActor;
use iae_domain::candidates::{CorrectionVerdict, NirAnswer, RATIONALE_MAX_CHARS};
use iae_domain::text::Message;
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
    form: DecisionForm,
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
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    verdict: String,
    /// Why it is refused.
    refusal: String,
}

impl DecisionForm {
    fn parse(&self) -> Result<CorrectionVerdict, FieldErrors> {
        match self.verdict.as_str() {
            "accept" => Ok(CorrectionVerdict::Accepted),
            "refuse" => {
                let mut errors = FieldErrors::default();
                errors.check_length("refusal", &self.refusal, RATIONALE_MAX_CHARS);
                let why = Message::parse(&self.refusal).ok();
                if why.is_none() && errors.is_empty() {
                    let blank = "Dites pourquoi vous refusez\u{a0}: qui a fait la demande le lira.";
                    errors.add("refusal", blank);
                }
                errors.or(why.map(CorrectionVerdict::Refused))
            }
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
    let (form, errors) = (DecisionForm::default(), FieldErrors::default());
    ok(&NirCorrectionDecisionPage { layout, correction, form, errors })
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
        let is_accepted = verdict == CorrectionVerdict::Accepted;
        let decided = nir_correction::decide(&state, &ctx, id, verdict).await;
        decided.or_say(messages::decision).map(|()| is_accepted)
    };
    match acted.await {
        Ok(true) => {
            flash::done(&session, "Numéro corrigé", "Le dossier porte le nouveau numéro.", NirCorrectionsPath)
                .await
        }
        Ok(false) => {
            let told = "Le dossier n’a pas changé. Qui a fait la demande est prévenu par e-mail, avec votre réponse.";
            flash::done(&session, "Demande refusée", told, NirCorrectionsPath).await
        }
        Err(not_done) => {
            let correction = correction(&state, &ctx, id).await?.ok_or(PageError::NotFound)?;
            not_done.again(|errors| NirCorrectionDecisionPage { layout, correction, form, errors })
        }
    }
}
