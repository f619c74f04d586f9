//! `/control-campaigns/new`: the team opens the campaigns of a period, once it read which (rule book 04 §1.3, EXT 1).

mod form;
mod recap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use iae_app::control::campaigns::queries::{Ddets, ddets};
use iae_app::control::campaigns::{NewCampaigns, open};
use iae_app::{Ctx, Failure};
use iae_domain::actor::StaffActor;
use iae_domain::control::StepRefused;
use tower_sessions::Session;

use self::form::NewForm;
use self::recap::Recap;
use super::words;
use crate::choice::Choice;
use crate::error::{PageError, PageResult, ok, page_with, unprocessable};
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{ControlCampaignsPath, NewControlCampaignsPath};
use crate::state::WebState;

/// The page: the form, then what it would open.
#[derive(Template)]
#[template(path = "control/campaigns/new.html")]
pub struct NewPage {
    layout: Layout,
    known: Vec<Ddets>,
    form: NewForm,
    recap: Option<Recap>,
    /// Whether other campaigns were opened since that was shown (D32).
    changed: bool,
    errors: FieldErrors,
}

impl NewPage {
    fn new(layout: Layout, known: Vec<Ddets>, form: NewForm) -> Self {
        Self { layout, known, form, recap: None, changed: false, errors: FieldErrors::default() }
    }

    fn scopes(&self) -> Vec<Choice> {
        let all = format!("Toutes les DDETS ({})", self.known.len());
        [(form::ALL, all.as_str()), (form::SOME, "Certaines DDETS")]
            .map(|(code, label)| Choice::new(code, label).selected_if(self.form.scope == code))
            .to_vec()
    }

    fn boxes(&self) -> Vec<Choice> {
        let ticked = |ddets: &Ddets| self.form.institutions.contains(&ddets.id.to_string());
        let choice =
            |ddets: &Ddets| Choice::new(ddets.id.to_string(), ddets.place()).selected_if(ticked(ddets));
        self.known.iter().map(choice).collect()
    }

    /// Whether the DDETS to choose are shown from the start.
    fn shows_boxes(&self) -> bool {
        self.form.scope == form::SOME
    }
}

/// Asks for the period, the days and the DDETS.
pub async fn get(
    _: NewControlCampaignsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
) -> PageResult {
    words::ensure_may_turn(&ctx.actor)?;
    let known = ddets(&state.db).await?;
    ok(&NewPage::new(layout, known, NewForm::usual(ctx.today())))
}

/// Step « confirm » opens, step « edit » comes back to the form; any other says what would be opened, and writes nothing.
pub async fn post(
    _: NewControlCampaignsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    session: Session,
    layout: Layout,
    Form(form): Form<NewForm>,
) -> PageResult {
    words::ensure_may_turn(&ctx.actor)?;
    let known = ddets(&state.db).await?;
    if form.step == "edit" {
        return ok(&NewPage::new(layout, known, form));
    }
    let asked = match form.parse(&known) {
        Ok(asked) => asked,
        Err(errors) => return unprocessable(&NewPage { errors, ..NewPage::new(layout, known, form) }),
    };
    let recap = Recap::of(&state.db, &asked, &known, ctx.today()).await?;
    let (confirms, seen) = (form.step == "confirm", form.seen == recap.seen);
    let is_confirmed = form.overlap == "true";
    let page = |recap, changed, errors| NewPage {
        recap: Some(recap),
        changed,
        errors,
        ..NewPage::new(layout, known.clone(), form)
    };
    if !confirms {
        return ok(&page(recap, false, FieldErrors::default()));
    }
    if !seen {
        return page_with(StatusCode::CONFLICT, &page(recap, true, FieldErrors::default()));
    }
    if !recap.overlaps.is_empty() && !is_confirmed {
        let errors = FieldErrors::one("overlap", "Cochez cette case pour ouvrir quand même ces campagnes.");
        return unprocessable(&page(recap, false, errors));
    }
    let new = NewCampaigns {
        hired: asked.hired,
        calendar: recap.calendar,
        institutions: asked.institutions.clone(),
        overlap_is_confirmed: !recap.overlaps.is_empty(),
    };
    match open(&state, &ctx, new).await {
        Ok(opened) => {
            let count = i64::try_from(opened.len()).unwrap_or(i64::MAX);
            let title = french::plural(count, "campagne ouverte", "campagnes ouvertes");
            let told = "Les DDETS sont prévenues par e-mail : elles choisissent leur taux de contrôle.";
            flash::done(&session, &title, told, ControlCampaignsPath).await
        }
        // Someone opened others in the meantime.
        Err(Failure::Refused(StepRefused::Overlap)) => {
            let recap = Recap::of(&state.db, &asked, &known, ctx.today()).await?;
            page_with(StatusCode::CONFLICT, &page(recap, true, FieldErrors::default()))
        }
        Err(Failure::Refused(refused)) => {
            let link = Some(("Voir les campagnes".to_owned(), ControlCampaignsPath.to_string()));
            Err(PageError::Conflict { message: words::why(refused).to_owned(), link })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
