//! `/applications/{id}/cancellation`: cancels a hire made by mistake, once what it does was said (rule book 02 §7.1, 03 §4.12).

mod said;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::applications::detail::ApplicationDetail;
use iae_app::applications::{CancelPreview, cancel, preview_cancellation};
use iae_app::{App, Failure};
use iae_domain::actor::HireCanceller;
use iae_domain::applications::{CancelRefused, CancelSeen, PassFate, StateCode, Transition, visible_since};
use serde::Deserialize;

use super::received::{Answer, PostedAnswer, ReceivedApplication, Seen};
use crate::error::{PageError, PageResult, page_with};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{ApplicationPath, CancellationPath};
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "applications/cancellation.html")]
pub struct CancellationPage {
    layout: Layout,
    application: ApplicationDetail,
    seen: Seen,
    preview: CancelPreview,
    today: NaiveDate,
    /// Whether the company no longer sees the application, once it is not a hire any more (CAN-5, VIS-1).
    disappears: bool,
    /// Whether the team cancels.
    is_team: bool,
}

/// What was shown, confirmed as it was.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CancellationForm {
    seen: String,
    pass: String,
    pass_end: String,
    happened: String,
}

impl Answer for CancellationForm {
    fn seen(&self) -> &str {
        &self.seen
    }
}

impl CancellationForm {
    /// What the page said, as far as the form repeats it.
    fn said(&self, state: Option<StateCode>) -> CancelSeen {
        let (pass_end, happened) = (self.pass_end.parse().ok(), self.happened.parse().ok());
        CancelSeen { state, pass: PassFate::parse(&self.pass), pass_end, happened }
    }
}

impl CancellationPage {
    fn new(received: ReceivedApplication<HireCanceller>, preview: CancelPreview) -> Self {
        let disappears = is_old(&received);
        let is_team = is_team(&received);
        let today = received.ctx.today();
        let ReceivedApplication { layout, application, seen, .. } = received;
        Self { layout, application, seen, preview, today, disappears, is_team }
    }

    fn consequences(&self) -> Vec<(&'static str, String)> {
        said::consequences(&self.application, &self.preview, self.today, self.is_team)
    }

    const fn if_team<'a>(&self, to_company: &'a str, to_team: &'a str) -> &'a str {
        if self.is_team { to_team } else { to_company }
    }

    fn pass_end(&self) -> String {
        self.preview.facts.pass_end().map(|end| end.to_string()).unwrap_or_default()
    }
}

/// Whether the company no longer sees it, once it is no hire.
fn is_old(received: &ReceivedApplication<HireCanceller>) -> bool {
    received.application.submitted_at <= visible_since(received.ctx.now)
}

fn is_team(received: &ReceivedApplication<HireCanceller>) -> bool {
    matches!(received.ctx.actor, HireCanceller::Team(_))
}

/// What the cancellation would do today, or why there is none.
async fn shown(app: &App, received: ReceivedApplication<HireCanceller>, status: StatusCode) -> PageResult {
    match preview_cancellation(&app.db, &received.application).await {
        Ok(preview) => page_with(status, &CancellationPage::new(received, preview)),
        Err(Failure::Refused(refused)) => Err(not_possible(app, &received, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// The page that says why the hire is not cancelled.
async fn not_possible(
    app: &App,
    received: &ReceivedApplication<HireCanceller>,
    refused: CancelRefused,
) -> PageResult<PageError> {
    let Some(message) = said::refused(refused) else { return received.conflict(app).await };
    let link = Some(("Revoir la candidature".to_owned(), ApplicationPath { id: received.id }.to_string()));
    Ok(PageError::Conflict { message: message.to_owned(), link })
}

/// Says what it would do.
pub async fn get(
    _: CancellationPath,
    State(state): State<WebState>,
    received: ReceivedApplication<HireCanceller>,
) -> PageResult {
    let received = received.to(&state, Transition::Cancel).await?;
    shown(&state, received, StatusCode::OK).await
}

/// Cancels the hire. What is no longer as it was said is said again, to be confirmed (409, D32).
pub async fn post(
    _: CancellationPath,
    State(state): State<WebState>,
    PostedAnswer { received, form }: PostedAnswer<CancellationForm, HireCanceller>,
) -> PageResult {
    let received = received.to(&state, Transition::Cancel).await?;
    let seen = form.said(received.seen.state);
    match cancel(&state, &received.ctx, received.id, seen).await {
        Ok(fate) => {
            let is_team = is_team(&received);
            let done = said::done(fate, is_team);
            if is_old(&received) && !is_team {
                received.done_in_list(said::TITLE, &done).await
            } else {
                received.done(said::TITLE, &done).await
            }
        }
        Err(Failure::Refused(CancelRefused::PassChanged)) => {
            let received = received.anew(&state, said::PASS_CHANGED).await?;
            shown(&state, received, StatusCode::CONFLICT).await
        }
        Err(Failure::Refused(CancelRefused::Overtaken(overtaken))) => {
            let received = received.reread(&state, overtaken).await?;
            shown(&state, received, StatusCode::CONFLICT).await
        }
        Err(Failure::Refused(refused)) => Err(not_possible(&state, &received, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}
