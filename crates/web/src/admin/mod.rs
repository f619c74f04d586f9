//! What the platform's team reads: outbox, tasks, audit trail.

pub mod audit;
pub mod email;
pub mod emails;
pub mod home;
pub mod jobs;

use iae_app::pagination::Cursor;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(home::get).get(emails::get).get(email::get).get(jobs::get).get(audit::get)
}

/// The address of the page after `cursor`, the other filters kept; empty ones are left out.
pub(crate) fn next_page(path: &str, filters: &[(&str, &str)], cursor: Option<Cursor>) -> Option<String> {
    let after = cursor?.encode();
    let kept = filters.iter().copied().filter(|(_, value)| !value.is_empty());
    let query =
        serde_urlencoded::to_string(kept.chain([("after", after.as_str())]).collect::<Vec<_>>()).ok()?;
    Some(format!("{path}?{query}"))
}
