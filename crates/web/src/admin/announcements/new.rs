//! `/admin/announcements/new`: an announcement is written, read as its readers will see it, then published.

use askama::Template;
use axum::extract::State;
use iae_app::announcements::publish;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::ids::AnnouncementId;
use tower_sessions::Session;

use super::form::{AnnouncementForm, proposed};
use super::recap::RecapPage;
use super::{found, may_announce, messages};
use crate::error::{PageResult, ok, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AnnouncementPath, NewAnnouncementPath};
use crate::state::WebState;

/// The page where one is written, and where it is changed.
#[derive(Template)]
#[template(path = "admin/announcements/form.html")]
pub(super) struct FormPage {
    pub(super) layout: Layout,
    pub(super) title: &'static str,
    pub(super) action: String,
    pub(super) form: AnnouncementForm,
    /// Whether it is published for the first time, rather than changed.
    pub(super) is_new: bool,
    /// What was changed since the page was read (D32).
    pub(super) news: Option<News>,
    pub(super) errors: FieldErrors,
}

/// What somebody changed of an announcement while it was being changed.
pub(super) struct News {
    /// Who, and when.
    pub(super) said: String,
    /// What it says now that differs from what was typed: what, and both.
    pub(super) differences: Vec<(&'static str, String, String)>,
}

impl FormPage {
    pub(super) fn new(layout: Layout, form: AnnouncementForm, errors: FieldErrors) -> Self {
        let action = NewAnnouncementPath.to_string();
        Self { layout, title: "Écrire une annonce", action, form, is_new: true, news: None, errors }
    }

    /// What mistakes keep from happening.
    const fn not_done(&self) -> &'static str {
        if self.is_new { "L’annonce n’est pas publiée" } else { "L’annonce n’est pas modifiée" }
    }
}

/// Asks what to say.
pub async fn get(_: NewAnnouncementPath, ctx: Ctx<StaffActor>, layout: Layout) -> PageResult {
    may_announce(&ctx)?;
    let form = proposed(AnnouncementId::at(ctx.now).to_string(), ctx.now);
    ok(&FormPage::new(layout, form, FieldErrors::default()))
}

/// Shows what each reader will see, then publishes it.
pub async fn post(
    _: NewAnnouncementPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<AnnouncementForm>,
) -> PageResult {
    may_announce(&ctx)?;
    if form.goes_back() {
        return ok(&FormPage::new(layout, form, FieldErrors::default()));
    }
    let mut form = form.begun_at(ctx.now);
    let notice = match form.read(&state, ctx.now).await? {
        Ok(notice) => notice,
        Err(errors) => return unprocessable(&FormPage::new(layout, form, errors)),
    };
    // A form that no page of ours made is read once more, like any other.
    let chosen: Option<AnnouncementId> = form.id.parse().ok();
    let id = match chosen {
        Some(id) if form.confirms() => id,
        Some(_) | None => {
            let id = chosen.unwrap_or_else(|| AnnouncementId::at(ctx.now));
            form.id = id.to_string();
            let act = (NewAnnouncementPath.to_string(), "Publier l’annonce", "Rien n’est encore publié.");
            let written = (id, ctx.actor.user, notice);
            return ok(&RecapPage::load(&state, layout, act, form, written, ctx.now).await?);
        }
    };
    match publish(&state, &ctx, id, notice).await {
        Ok(()) => {
            let told =
                "Elle s’affiche en haut des pages de ses destinataires, dans la minute, aux dates choisies.";
            flash::done(&session, "Annonce publiée", told, AnnouncementPath { id }).await
        }
        Err(Failure::Refused(refused)) => {
            if let Some(errors) = messages::refused(refused) {
                return unprocessable(&FormPage::new(layout, form, errors));
            }
            let written = found(&state, &ctx, id).await?;
            let stands = written.announcement.state(ctx.now);
            Err(messages::meanwhile(&written, stands))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
