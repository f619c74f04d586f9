//! `/admin/announcements/{id}/edition`: what an announcement says is changed, as long as it is not over.

use axum::extract::State;
use axum::http::StatusCode;
use iae_app::announcements::change;
use iae_app::announcements::queries::Written;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::announcements::Notice;
use iae_domain::ids::AnnouncementId;
use tower_sessions::Session;

use super::form::AnnouncementForm;
use super::new::{FormPage, News};
use super::recap::RecapPage;
use super::{found, messages, words};
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{AnnouncementEditionPath, AnnouncementPath};
use crate::state::WebState;
use crate::transition::{instant, version};

fn page(id: AnnouncementId, layout: Layout, form: AnnouncementForm, errors: FieldErrors) -> FormPage {
    let action = AnnouncementEditionPath { id }.to_string();
    FormPage { layout, title: "Modifier l’annonce", action, form, is_new: false, news: None, errors }
}

/// What is read before an edition is saved.
const UNCHANGED: &str = "Rien n’est encore changé\u{a0}: l’annonce reste telle qu’elle est publiée tant que vous n’enregistrez pas.";

/// What was typed, once somebody changed the announcement: beside what it says now, to be sent again or corrected (D32).
fn overtaken(
    written: &Written,
    said: String,
    layout: Layout,
    mut form: AnnouncementForm,
    typed: &Notice,
) -> PageResult {
    let announcement = &written.announcement;
    form.seen = version(announcement.changed_at);
    let news = Some(News { said, differences: words::differences(&announcement.notice, typed) });
    let page = page(announcement.id, layout, form, FieldErrors::default());
    page_with(StatusCode::CONFLICT, &FormPage { news, ..page })
}

/// Asks what to say instead.
pub async fn get(
    AnnouncementEditionPath { id }: AnnouncementEditionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let written = found(&state, &ctx, id).await?;
    if written.announcement.is_over(ctx.now) {
        let stands = written.announcement.state(ctx.now);
        return Err(messages::meanwhile(&written, stands));
    }
    let announcement = written.announcement;
    ok(&page(id, layout, AnnouncementForm::of(&announcement), FieldErrors::default()))
}

/// What was typed, once the announcement is over: nothing changes it any more, what was typed may be another one.
fn over(written: &Written, ctx: &Ctx<StaffActor>, layout: Layout, form: AnnouncementForm) -> PageResult {
    let said = messages::may_be_another(written, written.announcement.state(ctx.now));
    let form = form.for_another(AnnouncementId::at(ctx.now));
    let news = Some(News { said, differences: Vec::new() });
    let page = FormPage::new(layout, form, FieldErrors::default());
    page_with(StatusCode::CONFLICT, &FormPage { news, ..page })
}

/// Shows what each reader will see, then changes it. What somebody changed meanwhile is shown beside what was typed.
pub async fn post(
    AnnouncementEditionPath { id }: AnnouncementEditionPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<AnnouncementForm>,
) -> PageResult {
    let written = found(&state, &ctx, id).await?;
    if written.announcement.is_over(ctx.now) {
        return over(&written, &ctx, layout, form);
    }
    if form.goes_back() {
        return ok(&page(id, layout, form, FieldErrors::default()));
    }
    let form = form.begun_at(ctx.now);
    let notice = match form.read(&state, ctx.now).await? {
        Ok(notice) => notice,
        Err(errors) => return unprocessable(&page(id, layout, form, errors)),
    };
    if !form.confirms() {
        let has_changed = form.seen != version(written.announcement.changed_at);
        if has_changed && written.announcement.notice != notice {
            let said = messages::news(&written, written.announcement.state(ctx.now));
            return overtaken(&written, said, layout, form, &notice);
        }
        let action = AnnouncementEditionPath { id }.to_string();
        let act = (action, "Enregistrer l’annonce", UNCHANGED);
        let written = (id, ctx.actor.user, notice);
        return ok(&RecapPage::load(&state, layout, act, form, written, ctx.now).await?);
    }
    match change(&state, &ctx, (id, instant(&form.seen)), notice.clone()).await {
        Ok(()) => {
            let told = "Si son texte a changé, celles et ceux qui l’avaient masquée la revoient.";
            flash::done(&session, "Annonce modifiée", told, AnnouncementPath { id }).await
        }
        Err(Failure::Refused(refused)) => {
            if let Some(errors) = messages::refused(refused) {
                return unprocessable(&page(id, layout, form, errors));
            }
            let written = found(&state, &ctx, id).await?;
            if written.announcement.is_over(ctx.now) {
                return over(&written, &ctx, layout, form);
            }
            let said = messages::news(&written, written.announcement.state(ctx.now));
            overtaken(&written, said, layout, form, &notice)
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
