//! The auto-prescriptions of a département, read by its DDETS.

pub mod companies;
pub mod index;
pub mod show;

use url::form_urlencoded;

use crate::routing::Routes;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().get(companies::get).get(index::get).get(show::get)
}

/// What narrows the hires an address asks for, to be narrowed alike on the pages it leads to.
fn carried(raw: Option<&str>) -> String {
    let mut carried = form_urlencoded::Serializer::new(String::new());
    let pairs = form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
    let kept = pairs
        .filter(|(name, value)| ["from", "to", "criterion"].contains(&name.as_ref()) && !value.is_empty());
    carried.extend_pairs(kept);
    let carried = carried.finish();
    if carried.is_empty() { carried } else { format!("&{carried}") }
}
