//! What the criteria that an SIAE chose still lack.

use iae_domain::eligibility::CriteriaMissing;

use crate::french;

/// « Il manque un critère de niveau 1, ou encore 2 critères de niveau 2. »
pub(crate) fn criteria_missing(missing: CriteriaMissing) -> String {
    let more = missing.level_2_required.saturating_sub(missing.level_2_chosen);
    let more = i64::try_from(more).unwrap_or_default();
    let still = if missing.level_2_chosen == 0 { "" } else { "encore " };
    format!(
        "Il manque un critère de niveau 1, ou {still}{}.",
        french::plural(more, "critère de niveau 2", "critères de niveau 2")
    )
}
