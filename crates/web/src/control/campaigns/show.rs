//! `/control-campaigns/{id}`: where a campaign stands, for the team: what was done and when, what comes next, the SIAE it controls; with
//! `format`, these as a file (rule book 04 §1.21).

mod companies;
mod steps;

use askama::Template;
use axum::extract::{RawQuery, State};
use chrono::NaiveDate;
use iae_app::control::campaigns::queries::{Act, CampaignDetail, campaign, done_acts};
use iae_app::{App, Ctx, Error};
use iae_domain::actor::StaffActor;
use iae_domain::control::policy;
use iae_domain::ids::ControlCampaignId;

use self::companies::Companies;
use self::steps::{Step, steps};
use super::words;
use crate::applications::state_badge::StateBadge;
use crate::control::export;
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::layout::Layout;
use crate::paths::ControlCampaignPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/campaigns/show.html")]
pub struct CampaignPage {
    layout: Layout,
    detail: CampaignDetail,
    steps: Vec<Step>,
    companies: Companies,
    /// Whether the reader turns campaigns.
    may_turn: bool,
    today: NaiveDate,
    /// What was typed for the next step.
    typed: String,
    errors: FieldErrors,
}

impl CampaignPage {
    pub(super) async fn load(
        app: &App,
        ctx: &Ctx<StaffActor>,
        layout: Layout,
        id: ControlCampaignId,
    ) -> PageResult<Self> {
        policy::list_campaigns(&ctx.any().actor).map_err(Error::from)?;
        let detail = campaign(&app.db, id).await?.ok_or(PageError::NotFound)?;
        let done = done_acts(&app.db, id).await?;
        let companies = Companies::load(app, ctx, id).await?;
        let may_turn = policy::turn(&ctx.actor).is_ok();
        let (typed, errors) = (String::new(), FieldErrors::default());
        let (steps, today) = (steps(&detail, &done), ctx.today());
        Ok(Self { layout, detail, steps, companies, may_turn, today, typed, errors })
    }

    /// The same with what was typed for the next step, and its mistakes.
    pub(super) fn again(self, typed: String, errors: FieldErrors) -> Self {
        Self { typed, errors, ..self }
    }

    fn phase(&self) -> StateBadge {
        words::of_phase(self.detail.campaign.phase())
    }

    /// The step the campaign is at, from 1: the last one that is done, so that the one after it is what is to be done now, as the page
    /// says it below. The DDETS chooses its ratio, or does not: the campaign is at that from its opening on.
    fn rank(&self) -> u8 {
        let done = self.steps.iter().take_while(|step| step.is_done).count();
        u8::try_from(done.max(1)).unwrap_or_default()
    }

    fn total(&self) -> u8 {
        u8::try_from(self.steps.len()).unwrap_or_default()
    }

    /// The step after it: what comes now.
    fn following(&self) -> &'static str {
        self.steps.get(usize::from(self.rank())).map_or("", |step| step.label)
    }

    /// The day the next act is planned on, in words.
    fn planned(&self, act: &Act) -> String {
        let on = act.planned_on(&self.detail.campaign);
        on.map(|on| words::planned(on, self.today)).unwrap_or_default()
    }

    /// What should make one wait before the list is frozen.
    fn warnings(&self) -> Vec<String> {
        let campaign = &self.detail.campaign;
        let mut warnings = Vec::new();
        if campaign.ratio_set_at.is_none() && self.today <= campaign.calendar.ratio_until() {
            warnings.push(format!(
                "La DDETS n’a pas encore choisi son taux de contrôle, et le peut jusqu’au {}\u{a0}: figer la liste maintenant lui retire ce choix, et le taux reste de {}\u{a0}%.",
                french::date(campaign.calendar.ratio_until()),
                campaign.ratio.percent()
            ));
        }
        if self.today <= campaign.hired.end {
            warnings.push(format!(
                "La période contrôlée va jusqu’au {}\u{a0}: les embauches à venir ne seront pas dans la liste.",
                french::date(campaign.hired.end)
            ));
        }
        warnings
    }
}

/// Shows the campaign, or sends its SIAE as a file: all of them, or those whose subsidy was cut, or was not (§1.21).
pub async fn get(
    ControlCampaignPath { id }: ControlCampaignPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    RawQuery(raw): RawQuery,
) -> PageResult {
    let raw = raw.unwrap_or_default();
    let asked = export::format_of(&raw);
    if let Some(format) = asked
        && let Some(file) = export::file(&state, &ctx.any(), id, &raw, format).await?
    {
        return Ok(file);
    }
    let mut page = CampaignPage::load(&state, &ctx, layout, id).await?;
    page.companies.narrow(&raw);
    // A file was asked for by a mistaken address: the page comes in its place.
    if asked.is_some() { unprocessable(&page) } else { ok(&page) }
}
