//! `/control-campaigns/{id}/turn`: the team turns a campaign, once it read what that does: submissions frozen, contradictory phase,
//! end (rule book 04 §1.12, EXT 3).

mod said;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::Query;
use iae_app::control::campaigns;
use iae_app::control::campaigns::queries::{CampaignDetail, Forecast, forecast};
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::control::CampaignTurn;
use iae_domain::ids::ControlCampaignId;
use serde::Deserialize;
use tower_sessions::Session;

use super::words;
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlCampaignPath, ControlTurnPath};
use crate::state::WebState;

/// What a turn would do.
#[derive(Template)]
#[template(path = "control/campaigns/turn.html")]
pub struct TurnPage {
    layout: Layout,
    detail: CampaignDetail,
    forecast: Forecast,
    /// When it is planned.
    planned: Option<String>,
    /// Whether that day is yet to come.
    is_early: bool,
    /// Whether it is no longer what was shown before.
    changed: bool,
    errors: FieldErrors,
}

/// Which turn; the next one when the address does not say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TurnQuery {
    turn: String,
}

/// Which turn, and what was shown of it (D32).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TurnForm {
    turn: String,
    seen: String,
    /// It comes before its day, and that is wanted.
    early: bool,
}

impl TurnPage {
    fn seen(&self) -> String {
        self.forecast.seen(self.detail.campaign.phase())
    }

    const fn effect(&self) -> &'static str {
        said::effect(self.forecast.turn)
    }

    fn ddets_is_told(&self) -> &'static str {
        if self.forecast.tells_ddets() { said::ddets_is_told(self.forecast.turn) } else { "Aucun e-mail" }
    }
}

/// Says what a turn would do now; the page that says why it does not come now, when it does not.
pub async fn get(
    ControlTurnPath { id }: ControlTurnPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Query(query): Query<TurnQuery>,
) -> PageResult {
    let turn = match query.turn.as_str() {
        "" => None,
        code => Some(CampaignTurn::parse(code).ok_or(PageError::NotFound)?),
    };
    ok(&shown(&state, &ctx, layout, (id, turn), false).await?)
}

/// Turns the campaign. What is no longer as it was shown is shown again, to be confirmed (409, D32).
pub async fn post(
    ControlTurnPath { id }: ControlTurnPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<TurnForm>,
) -> PageResult {
    let page = shown(&state, &ctx, layout, (id, CampaignTurn::parse(&form.turn)), true).await?;
    if page.seen() != form.seen {
        return page_with(StatusCode::CONFLICT, &page);
    }
    if page.is_early && !form.early {
        let errors = FieldErrors::one("early", "Cochez cette case pour avancer cette étape.");
        return unprocessable(&TurnPage { errors, ..page });
    }
    let turn = page.forecast.turn;
    let phase = page.detail.campaign.phase();
    match campaigns::turn(&state, &ctx, id, turn, Some(phase)).await {
        Ok(()) => {
            let (title, told) = said::done(turn);
            flash::done(&session, title, told, ControlCampaignPath { id }).await
        }
        Err(Failure::Refused(refused)) => Err(words::not_done(&state, id, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

async fn shown(
    app: &App,
    ctx: &Ctx<StaffActor>,
    layout: Layout,
    (id, turn): (ControlCampaignId, Option<CampaignTurn>),
    changed: bool,
) -> PageResult<TurnPage> {
    match forecast(&app.db, ctx, id, turn).await {
        Ok((detail, forecast)) => {
            let on = detail.campaign.planned_on(forecast.turn);
            let today = ctx.today();
            let planned = on.map(|on| words::planned(on, today));
            let is_early = on.is_some_and(|on| today < on);
            Ok(TurnPage {
                layout,
                detail,
                forecast,
                planned,
                is_early,
                changed,
                errors: FieldErrors::default(),
            })
        }
        Err(Failure::Refused(refused)) => Err(words::not_done(app, id, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
