//! `POST /control-criteria/{id}/proof`: an SIAE gives the proof of a criterion (rule book 04 §1.9).

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use iae_app::control::controls::give_proof;
use iae_app::control::controls::queries::defence::of_criterion;
use iae_app::documents::ReceivedFile;
use iae_app::{App, Ctx, Error, Failure};
use iae_domain::actor::EmployerActor;
use iae_domain::control::NotNow;
use iae_domain::documents::{DocumentKind, DocumentRefused};
use iae_domain::ids::{ControlCriterionId, ControlId};
use tower_sessions::Session;

use super::colleague::{Acted, given_by, given_since};
use super::messages::meanwhile;
use super::show::DefencePage;
use crate::documents::attached::NotAttached;
use crate::documents::upload::{Incoming, Upload};
use crate::error::{PageError, PageResult, not_now, page_with, unprocessable};
use crate::flash;
use crate::layout::Layout;
use crate::paths::{ControlPath, ProofPath};
use crate::state::WebState;
use crate::transition::instant;

/// The field of the file.
const PROOF: &str = "proof";
/// What it is.
const KIND: DocumentKind = DocumentKind::Proof;

const NOTHING_CHOSEN: &str = "Choisissez le fichier à déposer.";

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
    let again = |layout, why: &str| DefencePage::new(layout, defence, today, Some((id, why.to_owned())));
    let given = match only(&mut upload) {
        Ok(None) => return unprocessable(&again(layout, NOTHING_CHOSEN)),
        Ok(Some(file)) => give(&state, &ctx, id, upload.value("seen"), file).await,
        Err(refused) => Err(Failure::Refused(refused)),
    };
    if matches!(given, Err(Failure::App(Error::Conflict | Error::NotFound))) {
        let seen = given_at(upload.value("seen")).ok().flatten();
        return overtaken(&state, &ctx, layout, (control, id), seen, given_meanwhile).await;
    }
    let not_attached = match NotAttached::of(given)? {
        Ok(Ok(())) => {
            let told = "Il n’est pas encore transmis\u{a0}: vous transmettrez tout à la DDETS en une fois.";
            return flash::done(&session, "Justificatif déposé", told, back).await;
        }
        Ok(Err(why)) => return Err(meanwhile(&state, &ctx, control, why).await?),
        Err(not_attached) => not_attached,
    };
    let page = again(layout, &not_attached.said(KIND));
    match not_attached {
        NotAttached::Refused(_) => unprocessable(&page),
        NotAttached::NotNow(exhausted) => not_now(&page, exhausted.until),
    }
}

async fn give(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    id: ControlCriterionId,
    seen: &str,
    file: ReceivedFile,
) -> Result<Result<(), NotNow>, Failure<DocumentRefused>> {
    give_proof(app, ctx, id, given_at(seen)?, file).await
}

/// When the proof that a form saw was given, if it saw one (D32); what no form of ours says is not what there is.
pub(super) fn given_at(seen: &str) -> Result<Option<DateTime<Utc>>, Error> {
    if seen.is_empty() {
        return Ok(None);
    }
    instant(seen).map(Some).ok_or(Error::Conflict)
}

/// The page as things are now, with what happened beside the field of the criterion (D32); or that a colleague gave the criterion up, or
/// that nothing can be given any more.
pub(super) async fn overtaken(
    app: &App,
    ctx: &Ctx<EmployerActor>,
    layout: Layout,
    (control, id): (ControlId, ControlCriterionId),
    seen: Option<DateTime<Utc>>,
    happened: fn(Option<&Acted>) -> String,
) -> PageResult {
    let why = match of_criterion(app, ctx, id).await {
        Ok(defence) => match defence.acting(ctx.today()) {
            Ok(_) => {
                let acted = given_since(app, ctx, &defence, id, seen).await?;
                let not_taken = Some((id, happened(acted.as_ref())));
                let page = DefencePage::new(layout, defence, ctx.today(), not_taken);
                return page_with(StatusCode::CONFLICT, &page);
            }
            Err(why) => why,
        },
        Err(Error::NotFound) => NotNow::Settled,
        Err(error) => return Err(error.into()),
    };
    Err(meanwhile(app, ctx, control, why).await?)
}

fn given_meanwhile(acted: Option<&Acted>) -> String {
    format!(
        "{}\u{a0}: le vôtre n’a pas été enregistré. Vérifiez celui qui est déposé, puis choisissez de nouveau votre fichier si vous \
         voulez le remplacer.",
        given_by(acted)
    )
}

/// The one file that was chosen.
fn only(upload: &mut Upload) -> Result<Option<ReceivedFile>, DocumentRefused> {
    let mut files = upload.take_files(PROOF);
    let file = files.pop();
    if files.is_empty() { Ok(file) } else { Err(DocumentRefused::TooMany) }
}
