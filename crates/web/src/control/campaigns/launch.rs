//! `POST /control-campaigns/{id}/launch`: the public value is known, the SIAE are drawn, once and for all (rule book 04 §1.6). What is
//! drawn is not known before it is done: the recap says how many, never which.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::control::campaigns::launch;
use iae_app::control::campaigns::queries::{CampaignDetail, campaign};
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::control::{Calendar, CampaignPhase, PublishedList, StepRefused, companies_drawn};
use iae_domain::text::Message;
use serde::Deserialize;
use tower_sessions::Session;

use super::show::CampaignPage;
use super::words::{self, VALUE_MAX_CHARS};
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french::{date, days};
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
    /// Whether it is no longer what was shown before (D32).
    changed: bool,
    today: NaiveDate,
}

/// The value; the step says whether it is only shown, confirmed, or typed again.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LaunchForm {
    value: String,
    /// What the recap showed: the hash of the list, and the day of the contradictory phase when it moves (ADR 22).
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

    /// The days the campaign follows from now on, when it is too late for its own: the SIAE have six weeks all the same.
    fn moved(&self) -> Option<Calendar> {
        let planned = self.detail.campaign.calendar;
        Some(planned.launched_on(self.today)).filter(|followed| *followed != planned)
    }

    /// How late it is.
    fn late(&self) -> String {
        let late = (self.today - self.detail.campaign.calendar.launch_on).num_days();
        days(late.unsigned_abs())
    }

    /// What is shown, on one line.
    fn seen(&self) -> String {
        let moved = self.moved().map(|followed| format!(" {}", followed.adversarial_from));
        format!("{}{}", self.list.digest, moved.unwrap_or_default())
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
            Some(_) => "choisi par la DDETS",
            None => "taux habituel, la DDETS n’ayant rien choisi",
        };
        format!("{}\u{a0}% des structures de la liste, {how}", campaign.ratio.percent())
    }
}

/// Step « confirm » draws what was shown (409 when it is no more that), step « edit » comes back to the campaign; any other says what it would do, and writes nothing.
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
    let page = LaunchPage { layout, detail, list, form, changed: false, today: ctx.today() };
    if page.form.step != "confirm" {
        return ok(&page);
    }
    // Nothing is confirmed that does not say what was shown (D32): the day may have moved since.
    if page.form.seen != page.seen() {
        return page_with(StatusCode::CONFLICT, &LaunchPage { changed: true, ..page });
    }
    match launch(&state, &ctx, id, &value).await {
        Ok(()) => {
            let told = "Les structures tirées au sort et la DDETS sont prévenues par e-mail. La page du tirage dit comment le refaire.";
            let told = match page.moved() {
                Some(followed) => {
                    let from = date(followed.adversarial_from);
                    format!("{told} La phase contradictoire est déplacée au {from}.")
                }
                None => told.to_owned(),
            };
            flash::done(&session, "Tirage fait", told, ControlCampaignPath { id }).await
        }
        Err(Failure::Refused(refused)) => Err(words::not_done(&state, id, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
