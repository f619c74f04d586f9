//! `/admin/audit`: the audit trail.

use iae_app::admin::list::{AuditRow, AuditTrail};
use iae_domain::actor::StaffActor;

use crate::error::PageResult;
use crate::list::{Asking, Look, Plain, Shown};
use crate::paths::AuditPath;

impl Shown for AuditTrail {
    const NOUN: [&'static str; 3] = ["ligne", "lignes", "Aucune ligne ne correspond"];

    fn path(&self) -> String {
        AuditPath.to_string()
    }

    fn look(&self, column: &str, row: &AuditRow) -> Look {
        if column == "subject" {
            Look::Link(format!("{AuditPath}?subject={}", row.subject_id))
        } else {
            Look::Plain
        }
    }
}

impl Plain for AuditTrail {
    const TITLE: &'static str = "Journal d’audit";
    const LEAD: &'static str = "Qui a fait quoi, quand, pour quelle organisation. Ces lignes ne se modifient ni ne s’effacent. Un lien de la colonne Objet montre toutes les siennes.";
    const EMPTY: [&'static str; 3] = ["Aucune ligne", "Rien ne s’est encore passé.", "inbox"];
    const IS_OF_TEAM: bool = true;
}

/// Shows a page of the trail.
pub async fn get(_: AuditPath, asking: Asking<StaffActor>) -> PageResult {
    asking.answer(AuditTrail).await
}
