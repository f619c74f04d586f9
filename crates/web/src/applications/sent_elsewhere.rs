//! `/sent-applications`: what a company sent to other companies (LIST-S).

use iae_app::applications::list::{ApplicationRow, SentElsewhere};
use iae_domain::actor::EmployerActor;

use super::state_badge;
use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::{ApplicationPath, SentApplicationsPath};

impl Shown for SentElsewhere {
    const NOUN: [&'static str; 3] = ["candidature", "candidatures", "Aucune candidature ne correspond"];

    fn path(&self) -> String {
        SentApplicationsPath.to_string()
    }

    fn look(&self, column: &str, row: &ApplicationRow) -> Look {
        match column {
            "state" => Look::Badge(state_badge::of_application(row.state)),
            "person" => Look::Link(ApplicationPath { id: row.id }.to_string()),
            _ => Look::Plain,
        }
    }
}

impl Plain for SentElsewhere {
    const TITLE: &'static str = "Candidatures envoyées";
    const LEAD: &'static str = "Les personnes que votre structure a proposées à d’autres employeurs. Celles qui ont postulé chez vous sont dans les candidatures reçues.";
    const EMPTY: [&'static str; 3] = [
        "Aucune candidature envoyée",
        "Quand vous proposez une personne à un autre employeur, sa candidature se suit ici.",
        "send",
    ];
}

/// Shows the list.
pub async fn get(_: SentApplicationsPath, asking: Asking<EmployerActor>) -> PageResult {
    let list = SentElsewhere::of(&asking.ctx)?;
    asking.answer(list).await
}
