//! `/my-file`: what is recorded about a candidate, and who opened their file (D4).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::candidates::queries::{ConsentGiven, Opening, Profile, consents, openings, own_profile};
use iae_domain::actor::CandidateActor;

use super::show::birth_place;
use crate::error::{PageError, PageResult, ok};
use crate::filters;
use crate::layout::Layout;
use crate::paths::MyFilePath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "candidates/my_file.html")]
pub struct MyFilePage {
    layout: Layout,
    profile: Profile,
    consents: Vec<ConsentGiven>,
    openings: Vec<Opening>,
}

impl MyFilePage {
    fn birth_place(&self) -> String {
        self.profile.birth.as_ref().map(birth_place).unwrap_or_default()
    }

    /// Who did it: a professional, or the service by itself.
    fn author(opening: &Opening) -> &str {
        opening.person.as_deref().unwrap_or("Le service Parcours IAE")
    }

    /// What was done, in words.
    fn done(opening: &Opening) -> &'static str {
        match opening.action.as_str() {
            "candidate.created" => "A créé votre dossier",
            "candidate.looked_up" => {
                "Vous a recherché par votre numéro de sécurité sociale ou votre adresse e-mail"
            }
            "candidate.searched_for" => "A cherché un employeur pour vous",
            "candidate.completed" => "A complété votre dossier",
            "candidate.updated" => "A modifié ou vérifié votre dossier",
            "candidate.nir_correction_asked" => "A demandé la correction de votre numéro de sécurité sociale",
            "candidate.nir_corrected" => "A corrigé votre numéro de sécurité sociale",
            "candidate.document_downloaded" => "A téléchargé votre CV",
            _ => "A ouvert votre dossier",
        }
    }
}

/// Shows the file to its owner.
pub async fn get(
    _: MyFilePath,
    State(state): State<WebState>,
    ctx: Ctx<CandidateActor>,
    layout: Layout,
) -> PageResult {
    let profile = own_profile(&state, &ctx).await?.ok_or(PageError::NotFound)?;
    let consents = consents(&state, &ctx).await?;
    let openings = openings(&state, &ctx).await?;
    ok(&MyFilePage { layout, profile, consents, openings })
}
