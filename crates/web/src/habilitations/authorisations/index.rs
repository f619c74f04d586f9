//! `/admin/authorisations`: the queue, with what is missing of each.

use iae_app::habilitations::authorisations::list::{AuthorisationRow, Authorisations};
use iae_domain::actor::StaffActor;
use iae_domain::organisations::AuthorisationStatus;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::{AuthorisationPath, AuthorisationsPath};

impl Shown for Authorisations {
    const NOUN: [&'static str; 3] = ["organisation", "organisations", "Aucune organisation ne correspond"];

    fn path(&self) -> String {
        AuthorisationsPath.to_string()
    }

    fn look(&self, column: &str, row: &AuthorisationRow) -> Look {
        match column {
            "name" => Look::Link(AuthorisationPath { id: row.id }.to_string()),
            "status" => Look::Badge(badge(row.status)),
            _ => Look::Plain,
        }
    }
}

impl Plain for Authorisations {
    const TITLE: &'static str = "Habilitations à valider";
    const LEAD: &'static str = "Les organisations qui se sont inscrites comme prescripteurs et attendent que l’équipe vérifie leur habilitation. Celles que le préfet habilite passent par leur arrêté.";
    const EMPTY: [&'static str; 3] = [
        "Aucune habilitation à valider",
        "Les organisations qui s’inscrivent comme prescripteurs habilités apparaissent ici, dès qu’elles ont un membre.",
        "shield",
    ];
    const IS_OF_TEAM: bool = true;
}

/// The badge of a status.
pub(super) const fn badge(status: AuthorisationStatus) -> StateBadge {
    let (tone, icon) = match status {
        AuthorisationStatus::NotSet => ("warning", "hourglass"),
        AuthorisationStatus::Validated => ("success", "circle-check"),
        AuthorisationStatus::Refused => ("error", "circle-x"),
        AuthorisationStatus::NotRequired => ("neutral", "circle-dot"),
    };
    StateBadge { label: status.label(), tone, icon }
}

/// Shows the queue.
pub async fn get(_: AuthorisationsPath, asking: Asking<StaffActor>) -> PageResult {
    let list = Authorisations::of(&asking.ctx)?;
    asking.answer(list).await
}
