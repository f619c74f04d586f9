//! `POST /control-campaigns/{id}/launch`: the public value is known, the SIAE are drawn, once and for all (rule book 04 §1.6). What is
//! drawn is not known before it is done: the recap says how many, never which.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::control::campaigns::launch;
use iae_app::control::campaigns::queries::{CampaignDetail, campaign};
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::control::{CampaignPhase, PublishedList, StepRefused, companies_drawn};
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::show::CampaignPage;
use super::words::{self, VALUE_MAX_CHARS};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlCampaignPath, ControlLaunchPath};
use crate::state::WebState;

/// What would be drawn, before it is.
#[derive(Template)]
#[template(path = "control/campaigns/launch.html")]
pub struct LaunchPage {
    layout: Layout,
    detail: CampaignDetail,
    list: PublishedList,
    form: LaunchForm,
    today: NaiveDate,
}

/// The value; the step says whether it is only shown, confirmed, or typed again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LaunchForm {
    value: String,
    /// The hash of the list, as the recap showed it (ADR 22).
    seen: String,
    step: String,
}

impl LaunchForm {
    fn parse(&self) -> Result<Message<VALUE_MAX_CHARS>, FieldErrors> {
        words::public_text("value", &self.value, "Indiquez la valeur qui a été publiée.")
    }
}

impl LaunchPage {
    /// Whether its day is yet to come.
    fn is_early(&self) -> bool {
        self.today < self.detail.campaign.calendar.launch_on
    }

    /// How many SIAE will be drawn.
    fn companies(&self) -> u64 {
        let listed = u64::try_from(self.detail.listed.companies).unwrap_or_default();
        companies_drawn(listed, self.detail.campaign.ratio)
    }

    /// How the ratio was settled.
    fn ratio(&self) -> String {
        let campaign = &self.detail.campaign;
        let how = match campaign.ratio_set_at {
            Some(_) => "choisie par la DDETS",
            None => "part habituelle, la DDETS n’ayant rien choisi",
        };
        format!("{}\u{a0}% des structures de la liste, {how}", campaign.ratio.percent())
    }
}

/// Step « confirm » draws, step « edit » comes back to the campaign; any other says what it would do, and writes nothing.
pub async fn post(
    ControlLaunchPath { id }: ControlLaunchPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<LaunchForm>,
) -> PageResult {
    words::ensure_may_turn(&ctx.actor)?;
    let parsed = form.parse();
    let value = match (form.step.as_str(), parsed) {
        ("edit", _) => {
            let page = CampaignPage::load(&state, &ctx, layout, id).await?;
            return ok(&page.again(form.value, FieldErrors::default()));
        }
        (_, Err(errors)) => {
            let page = CampaignPage::load(&state, &ctx, layout, id).await?;
            return unprocessable(&page.again(form.value, errors));
        }
        (_, Ok(value)) => value,
    };
    let detail = campaign(&state.db, id).await?.ok_or(PageError::NotFound)?;
    let (list, is_time) = match (detail.campaign.list.clone(), detail.campaign.phase()) {
        (None, _) => return Err(words::not_done(&state, id, StepRefused::TooEarly).await?),
        (Some(list), phase) => (list, phase == CampaignPhase::ListFrozen),
    };
    if !is_time {
        return Err(words::not_done(&state, id, StepRefused::Done).await?);
    }
    // Nothing is confirmed that does not say what was shown (D32).
    if form.step != "confirm" || form.seen != list.digest.to_string() {
        return ok(&LaunchPage { layout, detail, list, form, today: ctx.today() });
    }
    match launch(&state, &ctx, id, &value).await {
        Ok(()) => {
            let told = "Les structures tirées au sort et la DDETS sont prévenues par e-mail. La page du tirage dit comment le refaire.";
            flash::done(&session, "Tirage fait", told, ControlCampaignPath { id }).await
        }
        Err(Failure::Refused(refused)) => Err(words::not_done(&state, id, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
