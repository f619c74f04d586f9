//! `/access-log`: « Journal des accès », for whoever administers an organisation.

use iae_app::access_log::list::{AccessLog, AccessRow};
use iae_domain::Actor;

use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::{AccessLogPath, CandidatePath};
use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(get)
}

impl Shown for AccessLog {
    const NOUN: [&'static str; 3] = ["accès", "accès", "Aucun accès ne correspond"];

    fn path(&self) -> String {
        AccessLogPath.to_string()
    }

    fn look(&self, column: &str, row: &AccessRow) -> Look {
        match row.candidate {
            Some(id) if column == "person" => Look::Link(CandidatePath { id }.to_string()),
            _ => Look::Plain,
        }
    }
}

impl Plain for AccessLog {
    const TITLE: &'static str = "Journal des accès";
    const LEAD: &'static str = "Qui, dans votre organisation, a ouvert, téléchargé ou recherché le dossier de qui, et quelles listes de personnes ont été exportées. Une ouverture par personne et par jour\u{a0}; un export est une seule ligne, quel que soit le nombre de personnes.";
    const EMPTY: [&'static str; 3] = [
        "Aucun accès",
        "Les dossiers ouverts, les CV téléchargés, les personnes recherchées et les listes exportées par les membres de votre organisation apparaissent ici.",
        "eye",
    ];
}

/// Shows the log.
pub async fn get(_: AccessLogPath, asking: Asking<Actor>) -> PageResult {
    let log = AccessLog::of(&asking.ctx)?;
    asking.answer(log).await
}
