//! `POST /control-criteria/{id}/kept-proof`: an SIAE gives a proof that it kept since the hire (03 §2.13; 05 C11).

use axum::extract::State;
use iae_app::control::controls::queries::defence::of_criterion;
use iae_app::control::controls::{SeenProof, give_kept_proof};
use iae_app::{Ctx, Error, Failure};
use iae_domain::actor::EmployerActor;
use serde::Deserialize;
use tower_sessions::Session;

use super::colleague::{Acted, given_by};
use super::messages::meanwhile;
use super::proof::{given_at, overtaken};
use crate::error::{PageError, PageResult};
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{ControlPath, KeptProofPath};
use crate::state::WebState;
use crate::transition::instant;

const KEPT_MEANWHILE: &str = "Un justificatif a été déposé, remplacé ou retiré depuis que vous avez ouvert la page\u{a0}: rien n’a été \
                              repris. Vérifiez ce qui est proposé, puis recommencez.";

/// What the button posts.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KeptProofForm {
    /// The proof that is kept.
    kept: String,
    /// When it came (D32).
    kept_seen: String,
    /// The proof that the criterion had (D32).
    seen: String,
}

impl KeptProofForm {
    /// What was seen; none when the form is not one of ours.
    fn seen(&self) -> Option<SeenProof> {
        let (id, given_at) = (self.kept.parse().ok()?, given_at(&self.seen).ok()?);
        Some(SeenProof { id, deposited_at: instant(&self.kept_seen)?, given_at })
    }
}

/// What a colleague did: gave the criterion another proof, or changed those that are kept.
fn kept_meanwhile(acted: Option<&Acted>) -> String {
    acted.map_or_else(
        || KEPT_MEANWHILE.to_owned(),
        |acted| {
            let given = given_by(Some(acted));
            format!("{given}\u{a0}: rien n’a été repris. Vérifiez celui qui est déposé, puis recommencez.")
        },
    )
}

/// Gives it, in the place of the one there was.
pub async fn post(
    KeptProofPath { id }: KeptProofPath,
    State(state): State<WebState>,
    ctx: Ctx<EmployerActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<KeptProofForm>,
) -> PageResult {
    let defence = of_criterion(&state, &ctx, id).await?;
    let (today, control) = (ctx.today(), defence.control.id);
    let (hire, one) = defence.control.criterion(id).ok_or(PageError::NotFound)?;
    let back = format!("{}#hire-{}", ControlPath { id: control }, hire.rank);
    if let Err(why) = defence.acting(today).and_then(|stage| stage.may_give_proof(one.defended)) {
        return Err(meanwhile(&state, &ctx, control, why).await?);
    }
    let given = match form.seen() {
        Some(seen) => give_kept_proof(&state, &ctx, id, seen).await,
        None => Err(Error::Conflict.into()),
    };
    match given {
        Ok(()) => {
            let told = "Il n’est pas encore transmis\u{a0}: vous transmettrez tout à la DDETS en une fois.";
            flash::done(&session, "Justificatif repris", told, back).await
        }
        Err(Failure::Refused(why)) => Err(meanwhile(&state, &ctx, control, why).await?),
        Err(Failure::App(Error::Conflict | Error::NotFound)) => {
            let seen = given_at(&form.seen).ok().flatten();
            overtaken(&state, &ctx, layout, (control, id), seen, kept_meanwhile).await
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
