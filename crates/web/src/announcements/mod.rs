//! Announcements of the team, at the top of pages. The team writes them in `admin/announcements`.

mod banner;
mod dismissal;

use iae_app::App;
use iae_app::accounts::SignedIn;
use iae_domain::announcements::Reader;

pub use banner::Banner;

use crate::routing::Routes;
use crate::visitor::Visitor;

/// The routes of the feature.
pub fn routes() -> Routes {
    Routes::new().post(dismissal::post)
}

/// What a page shows to whoever asks for it: from memory, nothing is asked of the database.
pub(crate) fn shown(app: &App, visitor: Option<&Visitor>) -> Vec<Banner> {
    let now = visitor.map_or_else(|| app.clock.now(), |visitor| visitor.now);
    let person = visitor.and_then(|visitor| visitor.person.as_deref());
    let reader = person.map_or_else(Reader::default, SignedIn::reader);
    let dismissed = person.map_or(&[][..], |person| person.dismissed.as_slice());
    let shown = app.board.shown_to(&reader, dismissed, now);
    shown.iter().map(|announcement| Banner::of(announcement, now)).collect()
}
