//! `/admin/announcements/{id}/withdrawal`: an announcement is shown to nobody any more.

use askama::Template;
use axum::extract::State;
use iae_app::announcements::queries::Written;
use iae_app::announcements::withdraw;
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::announcements::{AnnouncementRefused, AnnouncementState};
use serde::Deserialize;
use tower_sessions::Session;

use super::{found, messages, words};
use crate::announcements::Banner;
use crate::error::{PageResult, ok};
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::{AnnouncementPath, AnnouncementWithdrawalPath, AnnouncementsPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "admin/announcements/withdrawal.html")]
pub struct WithdrawalPage {
    layout: Layout,
    of: Written,
    banner: Banner,
    form: WithdrawalForm,
}

/// What was read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawalForm {
    /// When it last changed (D32).
    seen: String,
}

impl WithdrawalPage {
    fn audience(&self) -> String {
        words::audience(&self.of.announcement.notice.audience)
    }
}

/// Asks whether to withdraw it.
pub async fn get(
    AnnouncementWithdrawalPath { id }: AnnouncementWithdrawalPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    let of = found(&state, &ctx, id).await?;
    if of.announcement.is_over(ctx.now) {
        let stands = of.announcement.state(ctx.now);
        return Err(messages::meanwhile(&of, stands));
    }
    let form = WithdrawalForm { seen: version(of.announcement.changed_at) };
    ok(&WithdrawalPage { layout, banner: Banner::of(&of.announcement, ctx.now), form, of })
}

/// Withdraws it; asked twice, it is withdrawn once.
pub async fn post(
    AnnouncementWithdrawalPath { id }: AnnouncementWithdrawalPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    Form(form): Form<WithdrawalForm>,
) -> PageResult {
    match withdraw(&state, &ctx, (id, instant(&form.seen))).await {
        Ok(()) => {
            let told = "Elle disparaît des pages dans la minute.";
            flash::done(&session, "Annonce retirée", told, AnnouncementsPath).await
        }
        Err(Failure::Refused(AnnouncementRefused::Over(AnnouncementState::Withdrawn))) => {
            let told = "Elle ne s’affiche plus.";
            flash::not_done(&session, "Cette annonce était déjà retirée", told, AnnouncementPath { id }).await
        }
        Err(Failure::Refused(_)) => {
            let written = found(&state, &ctx, id).await?;
            let stands = written.announcement.state(ctx.now);
            Err(messages::meanwhile(&written, stands))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
