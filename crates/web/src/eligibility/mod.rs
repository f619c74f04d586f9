//! The diagnosis of a prescripteur habilité: criteria and structured situation; the proofs that an SIAE keeps of its own.

mod back;
pub(crate) mod certification;
pub(crate) mod criteria;
pub(crate) mod expected;
pub(crate) mod form;
pub(crate) mod missing;
pub mod new;
mod proofs;
pub(crate) mod withdrawn;

use crate::routing::Routes;

pub use form::DiagnosisForm;

/// Said when someone made a diagnosis while another was typed, which is not kept (§2.8).
pub(crate) const DIAGNOSED_MEANWHILE: &str = "Un diagnostic venait d’être enregistré pour cette personne\u{a0}: celui que \
    vous avez rempli ne l’a pas remplacé. S’il y manque quelque chose, mettez-le à jour.";

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(new::get).post(new::post).merge(proofs::routes())
}
