//! `/habilitations/{id}/grant`: the order of the prefect grants a request, for five years at the most (D15; guide P2 §1.1).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::habilitations::grant;
use iae_app::habilitations::queries::HabilitationDetail;
use iae_app::{App, Ctx, Failure};
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{HabilitationRefused, Order};
use iae_domain::ids::HabilitationId;
use serde::Deserialize;
use tower_sessions::Session;

use super::act::{conflict, not_done, to_instruct};
use super::news::{self, News};
use super::order::order;
use super::words;
use crate::error::{PageResult, ok, page_with, unprocessable};
use crate::flash;
use crate::forms::{FieldErrors, Form};
use crate::french;
use crate::layout::Layout;
use crate::paths::{HabilitationGrantPath, HabilitationReviewPath};
use crate::state::WebState;
use crate::transition::{instant, version};

/// The page.
#[derive(Template)]
#[template(path = "habilitations/grant.html")]
pub struct GrantPage {
    layout: Layout,
    of: HabilitationDetail,
    today: NaiveDate,
    form: GrantForm,
    /// What was changed since the page was read (D32).
    news: Option<News>,
    errors: FieldErrors,
}

/// What is typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct GrantForm {
    order_number: String,
    ordered_on: String,
    starts_on: String,
    ends_on: String,
    /// When what was read changed last (D32).
    seen: String,
}

impl GrantForm {
    /// What was typed, as what is kept is called and written.
    fn versions(&self) -> [(&'static str, String); 4] {
        [
            (news::ORDER_NUMBER, self.order_number.clone()),
            (news::ORDERED_ON, news::day(&self.ordered_on)),
            (news::STARTS_ON, news::day(&self.starts_on)),
            (news::ENDS_ON, news::day(&self.ends_on)),
        ]
    }

    fn parse(&self, today: NaiveDate) -> Result<Order, FieldErrors> {
        let mut errors = FieldErrors::default();
        let days = [self.ordered_on.as_str(), &self.starts_on, &self.ends_on];
        let order = order(&mut errors, &self.order_number, days, today);
        errors.or(order)
    }
}

impl GrantPage {
    /// The page as it is now, with what was typed before it changed, beside what is kept: to be sent again, if it may.
    fn overtaken(self, typed: GrantForm) -> Self {
        let may_send = self.of.habilitation.state.is_instructed();
        let news = Some(News::of(&self.of, &typed.versions(), may_send));
        let form = GrantForm { seen: self.form.seen, ..typed };
        Self { form, news, ..self }
    }

    /// Whether there is a form to send.
    fn may_send(&self) -> bool {
        self.news.as_ref().is_none_or(|news| news.may_send)
    }

    fn opinion(&self) -> Option<(String, String)> {
        words::opinion(&self.of.habilitation)
    }

    /// The last day of a right that would start today.
    fn latest(&self) -> String {
        french::spaced(&format!(
            "Cinq ans au plus : pour un droit qui commence aujourd’hui, le {} au plus tard.",
            french::date(Order::latest(self.today))
        ))
    }
}

/// The page, whatever the state of the request.
async fn page(app: &App, ctx: &Ctx<Instructor>, layout: Layout, id: HabilitationId) -> PageResult<GrantPage> {
    let of = to_instruct(app, ctx, id).await?;
    let form = GrantForm { seen: version(of.habilitation.changed_at), ..GrantForm::default() };
    Ok(GrantPage { layout, of, today: ctx.today(), form, news: None, errors: FieldErrors::default() })
}

/// Asks for the order.
pub async fn get(
    HabilitationGrantPath { id }: HabilitationGrantPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    layout: Layout,
) -> PageResult {
    let page = page(&state, &ctx, layout, id).await?;
    if page.of.habilitation.state.is_instructed() { ok(&page) } else { Err(conflict(&page.of)) }
}

/// Grants it.
pub async fn post(
    HabilitationGrantPath { id }: HabilitationGrantPath,
    State(state): State<WebState>,
    ctx: Ctx<Instructor>,
    session: Session,
    layout: Layout,
    Form(form): Form<GrantForm>,
) -> PageResult {
    let now = page(&state, &ctx, layout, id).await?;
    if !now.of.habilitation.state.is_instructed() {
        return page_with(StatusCode::CONFLICT, &now.overtaken(form));
    }
    let page = GrantPage { form, ..now };
    let order = match page.form.parse(page.today) {
        Ok(order) => order,
        Err(errors) => return unprocessable(&GrantPage { errors, ..page }),
    };
    match grant(&state, &ctx, id, (instant(&page.form.seen), order)).await {
        Ok(()) => {
            let told = "Chaque membre de l’organisation est prévenu par e-mail.";
            flash::done(&session, "Habilitation accordée", told, HabilitationReviewPath { id }).await
        }
        Err(Failure::Refused(HabilitationRefused::Overtaken)) => {
            let GrantPage { layout, form, .. } = page;
            let now = self::page(&state, &ctx, layout, id).await?;
            page_with(StatusCode::CONFLICT, &now.overtaken(form))
        }
        Err(failure) => {
            let errors = not_done(&state, &ctx, id, failure).await?;
            unprocessable(&GrantPage { errors, ..page })
        }
    }
}
