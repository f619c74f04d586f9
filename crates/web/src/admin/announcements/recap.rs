//! What will be shown, to be read once before it is.

use askama::Template;
use chrono::{DateTime, Utc};
use iae_app::App;
use iae_app::announcements::queries::current;
use iae_domain::announcements::Notice;
use iae_domain::ids::{AnnouncementId, UserId};

use super::form::AnnouncementForm;
use super::preview::{Preview, preview};
use super::words;
use crate::error::PageResult;
use crate::layout::Layout;

/// The page.
#[derive(Template)]
#[template(path = "admin/announcements/recap.html")]
pub(super) struct RecapPage {
    layout: Layout,
    /// Where its form is sent.
    action: String,
    /// « Publier l’annonce ».
    act: &'static str,
    /// What stands until then.
    meanwhile: &'static str,
    form: AnnouncementForm,
    notice: Notice,
    preview: Preview,
}

impl RecapPage {
    pub(super) async fn load(
        app: &App,
        layout: Layout,
        (action, act, meanwhile): (String, &'static str, &'static str),
        form: AnnouncementForm,
        (id, author, notice): (AnnouncementId, UserId, Notice),
        now: DateTime<Utc>,
    ) -> PageResult<Self> {
        let all = current(&app.db, now).await?.into_iter().map(|written| written.announcement).collect();
        let preview = preview((id, author), &notice, all, now);
        Ok(Self { layout, action, act, meanwhile, form, notice, preview })
    }

    fn audience(&self) -> String {
        words::audience(&self.notice.audience)
    }

    fn shown(&self) -> String {
        words::span(self.notice.shown)
    }

    fn outage(&self) -> Option<String> {
        self.notice.outage.map(words::span)
    }
}
