//! `/applications/{id}/cancellation`: cancels a hire made by mistake, once what it does was said (rule book 02 §7.1, 03 §4.12).

mod said;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use iae_app::applications::detail::ApplicationDetail;
use iae_app::applications::{CancelPreview, cancel, preview_cancellation};
use iae_app::{App, Failure};
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
    fn new(received: ReceivedApplication, preview: CancelPreview) -> Self {
        let disappears = disappears(&received);
        let today = received.ctx.today();
        let ReceivedApplication { layout, application, seen, .. } = received;
        Self { layout, application, seen, preview, today, disappears }
    }

    fn consequences(&self) -> Vec<(&'static str, String)> {
        said::consequences(&self.application, &self.preview, self.today)
    }

    fn pass_end(&self) -> String {
        self.preview.facts.pass_end().map(|end| end.to_string()).unwrap_or_default()
    }
}

fn disappears(received: &ReceivedApplication) -> bool {
    received.application.submitted_at <= visible_since(received.ctx.now)
}

/// What the cancellation would do today, or why there is none.
async fn shown(app: &App, received: ReceivedApplication, status: StatusCode) -> PageResult {
    match preview_cancellation(&app.db, &received.application).await {
        Ok(preview) => page_with(status, &CancellationPage::new(received, preview)),
        Err(Failure::Refused(refused)) => Err(not_possible(app, &received, refused).await?),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// The page that says why the hire is not cancelled.
async fn not_possible(
    app: &App,
    received: &ReceivedApplication,
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
    received: ReceivedApplication,
) -> PageResult {
    let received = received.to(&state, Transition::Cancel).await?;
    shown(&state, received, StatusCode::OK).await
}

/// Cancels the hire. What is no longer as it was said is said again, to be confirmed (409, D32).
pub async fn post(
    _: CancellationPath,
    State(state): State<WebState>,
    PostedAnswer { received, form }: PostedAnswer<CancellationForm>,
) -> PageResult {
    let received = received.to(&state, Transition::Cancel).await?;
    let seen = form.said(received.seen.state);
    match cancel(&state, &received.ctx, received.id, seen).await {
        Ok(fate) if disappears(&received) => received.done_in_list(said::TITLE, said::done(fate)).await,
        Ok(fate) => received.done(said::TITLE, said::done(fate)).await,
        Err(Failure::Refused(CancelRefused::PassChanged)) => {
            let mut received = received;
            received.seen.news = Some(said::PASS_CHANGED.to_owned());
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
