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
        if column == "person" {
            Look::Link(CandidatePath { id: row.candidate }.to_string())
        } else {
            Look::Plain
        }
    }
}

impl Plain for AccessLog {
    const TITLE: &'static str = "Journal des accès";
    const LEAD: &'static str = "Qui, dans votre organisation, a ouvert, téléchargé ou recherché le dossier de qui. Une ouverture par personne et par jour.";
    const EMPTY: [&'static str; 3] = [
        "Aucun accès",
        "Les dossiers ouverts, les CV téléchargés et les personnes recherchées par les membres de votre organisation apparaissent ici.",
        "eye",
    ];
}

/// Shows the log.
pub async fn get(_: AccessLogPath, asking: Asking<Actor>) -> PageResult {
    let log = AccessLog::of(&asking.ctx)?;
    asking.answer(log).await
}
