//! `/candidates/{id}/nir-correction`: another NIR is asked of the team (CNR-1 to CNR-3).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::candidates::nir_correction::{LastCorrection, ask, last_correction};
use iae_app::candidates::update::{FileToUpdate, file_to_update};
use iae_domain::Actor;
use iae_domain::candidates::{AskCorrection, Field, Nir, RATIONALE_MIN_CHARS};
use iae_domain::ids::{CandidateId, NirCorrectionId};
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::fields::required;
use super::messages;
use super::update::asks_for_correction;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{CandidatePath, CandidateUpdatePath, MyFilePath, NirCorrectionPath};
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "candidates/nir_correction.html")]
pub struct NirCorrectionPage {
    layout: Layout,
    known: FileToUpdate,
    last: Option<LastCorrection>,
    form: NirCorrectionForm,
    errors: FieldErrors,
}

impl NirCorrectionPage {
    fn recorded(&self) -> String {
        self.known.file.details.text(Field::Nir).unwrap_or_default()
    }

    /// Whether the team is asked at all; else the number is typed in the file.
    fn is_for_the_team(&self) -> bool {
        asks_for_correction(self.known.file.details.nir.as_ref())
    }

    fn is_pending(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.decided.is_none())
    }

    fn update_href(&self) -> String {
        CandidateUpdatePath { id: self.known.file.id }.to_string()
    }

    fn file_href(&self) -> String {
        destination(&self.known)
    }
}

fn destination(known: &FileToUpdate) -> String {
    if known.is_own { MyFilePath.to_string() } else { CandidatePath { id: known.file.id }.to_string() }
}

/// What is asked. The id is the form's: posting it twice asks once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NirCorrectionForm {
    id: String,
    nir: String,
    rationale: String,
}

impl NirCorrectionForm {
    /// What the form means of this person's file, or its mistakes.
    pub fn parse(&self, candidate: CandidateId) -> Result<AskCorrection, FieldErrors> {
        let mut errors = FieldErrors::default();
        let nir = Nir::parse(&self.nir);
        if self.nir.trim().is_empty() {
            errors.add("nir", "Saisissez le numéro de sécurité sociale.");
        } else if let Err(refused) = nir {
            errors.add("nir", messages::nir(refused));
        }
        let explains = |text: &Message<_>| text.as_str().chars().count() >= RATIONALE_MIN_CHARS;
        let rationale = Message::parse(&self.rationale).ok().filter(explains);
        let rationale = required(&mut errors, "rationale", rationale, messages::RATIONALE);
        let id: Option<NirCorrectionId> = self.id.parse().ok();
        let read = || Some(AskCorrection { id: id?, candidate, nir: nir.ok()?, rationale: rationale? });
        errors.or(read())
    }
}

/// Asks for the number and why; or says that a request waits.
pub async fn get(
    NirCorrectionPath { id }: NirCorrectionPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
) -> PageResult {
    let known = file_to_update(&state, &ctx, id).await?;
    let last = last_correction(&state, &ctx, id).await?;
    let form = NirCorrectionForm { id: NirCorrectionId::at(ctx.now).to_string(), ..Default::default() };
    ok(&NirCorrectionPage { layout, known, last, form, errors: FieldErrors::default() })
}

/// Asks the team.
pub async fn post(
    NirCorrectionPath { id }: NirCorrectionPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    Form(mut form): Form<NirCorrectionForm>,
) -> PageResult {
    let known = file_to_update(&state, &ctx, id).await?;
    if form.id.parse::<NirCorrectionId>().is_err() {
        form.id = NirCorrectionId::at(ctx.now).to_string();
    }
    let acted = async {
        let asked = form.parse(id)?;
        ask(&state, &ctx, asked).await.or_say(messages::correction)
    };
    match acted.await {
        Ok(()) => {
            let title = "Demande envoyée à l’équipe du service";
            let message = "Le numéro changera quand elle l’aura vérifié.";
            flash::done(&session, title, message, destination(&known)).await
        }
        Err(not_done) => {
            let last = last_correction(&state, &ctx, id).await?;
            not_done.again(|errors| NirCorrectionPage { layout, known, last, form, errors })
        }
    }
}
