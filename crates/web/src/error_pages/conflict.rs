//! 409: what was asked no longer fits what is there.

use askama::Template;
use iae_domain::pass::CancelledNotice;

use crate::french;
use crate::layout::Layout;
use crate::paths::ApplicationPath;

/// 409: the thing has changed since the page was read.
#[derive(Template)]
#[template(path = "errors/conflict.html")]
pub struct Conflict {
    /// The frame of the page.
    pub layout: Layout,
    /// What happened meanwhile.
    pub message: String,
    /// Where the thing is now: words and address.
    pub link: Option<(String, String)>,
    /// Whether it says of a PASS that it is no more: who reads it may have asked for nothing but its page.
    pass_is_gone: bool,
}

/// How a message says by itself that nothing was kept.
const NOTHING_KEPT: [&str; 4] =
    ["n’a pas été enregistré", "Rien n’a été", "n’a rien changé", "vous n’avez rien supprimé"];

impl Conflict {
    /// Whether the message says by itself that nothing was kept: it is not said twice.
    fn is_told(&self) -> bool {
        NOTHING_KEPT.iter().any(|said| self.message.contains(said))
    }

    /// What happened to a thing meanwhile.
    pub(super) const fn meanwhile(layout: Layout, message: String, link: Option<(String, String)>) -> Self {
        Self { layout, message, link, pass_is_gone: false }
    }

    /// What became of a PASS that is no more.
    pub(super) fn of_cancelled(layout: Layout, pass: &CancelledNotice) -> Self {
        let by = match &pass.by {
            _ if pass.by_team => " par l’équipe du service".to_owned(),
            Some(by) => format!(" par {by}"),
            None => String::new(),
        };
        let message = format!(
            "Le PASS IAE {} a été supprimé le {}{by}, avec l’embauche qui l’avait donné chez {}\u{a0}: il ne vaut plus.",
            pass.number,
            french::date_time(pass.cancelled_at),
            pass.company_name
        );
        let link = |id| ("Revoir la candidature".to_owned(), ApplicationPath { id }.to_string());
        Self { layout, message, link: pass.application.map(link), pass_is_gone: true }
    }
}
