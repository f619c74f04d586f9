//! `/admin/jobs`: the tasks that are not done.

use iae_app::jobs::list::{JobRow, Jobs};
use iae_domain::actor::StaffActor;

use crate::applications::state_badge::StateBadge;
use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::AdminJobsPath;

impl Shown for Jobs {
    const NOUN: [&'static str; 3] = ["tâche", "tâches", "Aucune tâche ne correspond"];

    fn path(&self) -> String {
        AdminJobsPath.to_string()
    }

    fn look(&self, column: &str, row: &JobRow) -> Look {
        if column != "state" {
            return Look::Plain;
        }
        let (tone, icon) = match (row.is_running(), row.has_failed()) {
            (true, _) => ("info", "hourglass"),
            (false, true) => ("error", "circle-x"),
            (false, false) => ("neutral", "circle-dot"),
        };
        Look::Badge(StateBadge { label: row.state(), tone, icon })
    }
}

impl Plain for Jobs {
    const TITLE: &'static str = "Tâches de fond";
    const LEAD: &'static str =
        "Seules restent ici les tâches qui attendent, courent ou échouent\u{a0}: une tâche faite disparaît.";
    const EMPTY: [&'static str; 3] =
        ["Aucune tâche en attente", "Tout ce qui devait être fait l’a été.", "circle-check"];
    const IS_OF_TEAM: bool = true;
}

/// Shows the tasks.
pub async fn get(_: AdminJobsPath, asking: Asking<StaffActor>) -> PageResult {
    let list = Jobs::of(&asking.ctx)?;
    asking.answer(list).await
}
