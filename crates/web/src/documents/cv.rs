//! `/applications/{id}/cv`: the CV of an application, always as an attachment (D19, ACL-3).

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum_extra::routing::TypedPath;
use chrono_tz::Europe::Paris;
use iae_app::{Ctx, documents};
use iae_domain::Actor;
use iae_domain::ids::ApplicationId;
use serde::Deserialize;

use crate::error::{PageError, PageResult};
use crate::state::WebState;

/// Nothing in the file runs, whatever it holds and however a browser opens it.
const SANDBOX: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";

/// The CV.
#[derive(TypedPath, Deserialize)]
#[typed_path("/applications/{id}/cv", rejection(PageError))]
pub struct CvPath {
    /// The application.
    pub id: ApplicationId,
}

/// Sends the file under a name that names nobody.
pub async fn get(path: CvPath, State(state): State<WebState>, ctx: Ctx<Actor>) -> PageResult {
    let cv = documents::cv(&state, &ctx, path.id).await?;
    let sent = cv.submitted_at.with_timezone(&Paris).format("%Y%m%d%H%M%S");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"CV_{sent}.pdf\"")),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, cv.content).into_response())
}
