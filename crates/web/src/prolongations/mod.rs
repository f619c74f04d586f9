//! `/prolongations`: « Demandes de prolongation », to be answered or answered already, for a prescripteur habilité's
//! organisation (rule book 03 §6.6, D9).

mod delegation;
mod grant;
mod letter;
mod refusal;
mod show;

pub(crate) use letter::contact;

use iae_app::pass::prolongation::list::{Prolongations, RequestRow};
use iae_domain::Actor;

use crate::applications::state_badge;
use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::{ProlongationRequestPath, ProlongationsPath};
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new()
        .get(get)
        .get(show::get)
        .post(grant::post)
        .get(refusal::get)
        .post(refusal::post)
        .post(delegation::post)
        .get(letter::get)
        .get(letter::pdf::get)
}

/// The requests that wait, as the address of the list says it.
pub(crate) const TO_ANSWER: &str = "state=pending";

/// The list of every request, answered or not.
pub(crate) fn all() -> String {
    format!("{ProlongationsPath}?state=all")
}

impl Shown for Prolongations {
    const NOUN: [&'static str; 3] = ["demande", "demandes", "Aucune demande ne correspond"];

    fn path(&self) -> String {
        ProlongationsPath.to_string()
    }

    fn look(&self, column: &str, row: &RequestRow) -> Look {
        match column {
            "holder" => Look::Link(ProlongationRequestPath { id: row.id }.to_string()),
            "state" => Look::Badge(state_badge::of_request(row.state)),
            _ => Look::Plain,
        }
    }
}

impl Plain for Prolongations {
    const TITLE: &'static str = "Demandes de prolongation";
    const LEAD: &'static str = "Les demandes de prolongation de PASS IAE adressées à votre organisation. Chacun de ses membres peut y répondre.";
    const EMPTY: [&'static str; 3] = [
        "Aucune demande de prolongation ici",
        "Quand une structure demande à l’un de vous de prolonger un PASS IAE, sa demande apparaît parmi celles à traiter.",
        "calendar",
    ];
}

/// Shows the list.
pub async fn get(_: ProlongationsPath, asking: Asking<Actor>) -> PageResult {
    let list = Prolongations::of(&asking.ctx)?;
    asking.answer(list).await
}
