//! `POST /control-criteria/{id}/proof`: an SIAE gives the proof of a criterion (rule book 04 §1.9).

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::Ctx;
use iae_app::control::controls::give_proof;
use iae_app::control::controls::queries::defence::{Defence, of_criterion};
use iae_app::documents::ReceivedFile;
use iae_domain::actor::EmployerActor;
use iae_domain::documents::{DocumentKind, DocumentRefused};
use iae_domain::ids::ControlCriterionId;
use tower_sessions::Session;

use super::hire::version;
use super::messages::meanwhile;
use super::show::DefencePage;
use crate::documents::attached::NotAttached;
use crate::documents::upload::{Incoming, Upload};
use crate::error::{PageError, PageResult, not_now, page_with, unprocessable};
use crate::flash;
use crate::layout::Layout;
use crate::paths::{ControlPath, ProofPath};
use crate::state::WebState;

/// The field of the file.
const PROOF: &str = "proof";
/// What it is.
const KIND: DocumentKind = DocumentKind::Proof;

const NOTHING_CHOSEN: &str = "Choisissez le fichier à déposer.";
const GIVEN_MEANWHILE: &str = "Un autre justificatif a été déposé pour ce critère depuis que vous avez ouvert la page. Vérifiez-le, puis \
                               choisissez de nouveau votre fichier si vous voulez le remplacer.";

/// Keeps the file, in the place of the one there was.
pub async fn post(
    ProofPath { id }: ProofPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    incoming: Incoming,
) -> PageResult {
    let defence = of_criterion(&state, &ctx, id).await?;
    let (today, control) = (ctx.today(), defence.control.id);
    let (hire, one) = defence.control.criterion(id).ok_or(PageError::NotFound)?;
    let back = format!("{}#hire-{}", ControlPath { id: control }, hire.rank);
    if let Err(why) = defence.acting(today).and_then(|stage| stage.may_give_proof(one.defended)) {
        return Err(meanwhile(&state, &ctx, control, why).await?);
    }
    let mut upload = incoming.read(&state, &[(PROOF, KIND)]).await?;
    let is_seen = upload.value("seen") == seen(&defence, id);
    let again = |why: &str| DefencePage::new(layout, defence, today, Some((id, why.to_owned())));
    if !is_seen {
        return page_with(StatusCode::CONFLICT, &again(GIVEN_MEANWHILE));
    }
    let not_attached = match only(&mut upload) {
        Ok(None) => return unprocessable(&again(NOTHING_CHOSEN)),
        Ok(Some(file)) => match NotAttached::of(give_proof(&state, &ctx, id, file).await)? {
            Ok(Ok(())) => {
                let told = "Il n’est pas encore transmis\u{a0}: vous soumettrez tout à la DDETS en une fois.";
                return flash::done(&session, "Justificatif déposé", told, back).await;
            }
            Ok(Err(why)) => return Err(meanwhile(&state, &ctx, control, why).await?),
            Err(not_attached) => not_attached,
        },
        Err(refused) => NotAttached::Refused(refused),
    };
    let page = again(&not_attached.said(KIND));
    match not_attached {
        NotAttached::Refused(_) => unprocessable(&page),
        NotAttached::NotNow(exhausted) => not_now(&page, exhausted.until),
    }
}

/// The proof the criterion has, as the form says which one it saw (D32).
fn seen(defence: &Defence, id: ControlCriterionId) -> String {
    defence.given.get(&id).copied().map(version).unwrap_or_default()
}

/// The one file that was chosen.
fn only(upload: &mut Upload) -> Result<Option<ReceivedFile>, DocumentRefused> {
    let mut files = upload.take_files(PROOF);
    let file = files.pop();
    if files.is_empty() { Ok(file) } else { Err(DocumentRefused::TooMany) }
}
