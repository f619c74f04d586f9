//! `/control-campaigns/{id}/ratio`: « Sélectionner l’échantillon », the share of the SIAE that a DDETS controls, chosen once, before
//! the list of what can be drawn is frozen (rule book 04 §1.4).

mod drawn;
mod settled;

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;
use iae_app::control::campaigns::set_ratio;
use iae_app::control::controls::queries::review;
use iae_app::{App, Ctx, Failure};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{ControlCampaign, RATIO_MAX, RATIO_MIN, Ratio, RatioRefused};
use iae_domain::ids::ControlCampaignId;
use serde::Deserialize;
use tower_sessions::Session;

use drawn::Line;
use settled::{already, may_choose, settled};

use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{ControlRatioPath, SelfPrescriptionsPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "control/review/ratio.html")]
pub struct RatioPage {
    layout: Layout,
    campaign: ControlCampaign,
    /// How many hires each SIAE made that could be drawn now.
    hires: Vec<u64>,
    form: RatioForm,
    errors: FieldErrors,
    today: NaiveDate,
}

/// The share, in percent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RatioForm {
    ratio: String,
}

impl RatioForm {
    fn parse(&self) -> Result<Ratio, FieldErrors> {
        Ratio::parse(&self.ratio).map_err(|refused| {
            let message = match refused {
                RatioRefused::NotWhole => {
                    "Écrivez un nombre entier, sans virgule : 30 par exemple.".to_owned()
                }
                RatioRefused::TooLow => format!("Choisissez {RATIO_MIN}\u{a0}% au moins."),
                RatioRefused::TooHigh => format!("Choisissez {RATIO_MAX}\u{a0}% au plus."),
            };
            FieldErrors::one("ratio", message)
        })
    }
}

impl RatioPage {
    async fn load(
        app: &App,
        ctx: &Ctx<InspectorActor>,
        layout: Layout,
        id: ControlCampaignId,
        (form, errors): (RatioForm, FieldErrors),
    ) -> PageResult<Self> {
        let campaign = review::campaign(app, ctx, id).await?;
        if campaign.ended_at.is_some() {
            return Err(PageError::NotFound);
        }
        let hires = if may_choose(&campaign) { review::hires_to_draw(app, &campaign).await? } else { vec![] };
        Ok(Self { layout, campaign, hires, form, errors, today: ctx.today() })
    }

    fn may_choose(&self) -> bool {
        may_choose(&self.campaign)
    }

    fn lines(&self) -> Vec<Line> {
        Line::all(&self.hires)
    }

    /// What can be drawn now.
    fn drawable(&self) -> String {
        drawn::all(&self.hires)
    }

    /// The list of what is controlled, whole.
    fn list(&self) -> String {
        let hired = self.campaign.hired;
        format!("{SelfPrescriptionsPath}?from={}&to={}", hired.start, hired.end)
    }

    /// What was chosen, or what applies.
    fn settled(&self) -> String {
        settled(&self.campaign)
    }
}

/// Asks for the share, or recalls it.
pub async fn get(
    ControlRatioPath { id }: ControlRatioPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    layout: Layout,
) -> PageResult {
    let form = RatioForm { ratio: Ratio::default().percent().to_string() };
    ok(&RatioPage::load(&state, &ctx, layout, id, (form, FieldErrors::default())).await?)
}

/// Settles the share. Settled already, or no longer to be chosen, it stays as it is (EXT 2).
pub async fn post(
    ControlRatioPath { id }: ControlRatioPath,
    State(state): State<WebState>,
    ctx: Ctx<InspectorActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<RatioForm>,
) -> PageResult {
    let ratio = match form.parse() {
        Ok(ratio) => ratio,
        Err(errors) => {
            let page = RatioPage::load(&state, &ctx, layout, id, (form, errors)).await?;
            if page.may_choose() {
                return unprocessable(&page);
            }
            return Err(already(&page.campaign));
        }
    };
    match set_ratio(&state, &ctx, id, ratio).await {
        Ok(()) => {
            let told = format!("{}\u{a0}% des structures seront tirées au sort.", ratio.percent());
            flash::done(&session, "Taux de contrôle choisi", told, ControlRatioPath { id }).await
        }
        Err(Failure::Refused(_)) => Err(already(&review::campaign(&state, &ctx, id).await?)),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
