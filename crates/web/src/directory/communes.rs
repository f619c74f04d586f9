//! `/communes?q=`: suggestions of communes, for the fields that ask for one (rule book 04 §4.8).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum_extra::extract::Query;
use iae_app::reference::queries::suggest_communes;
use serde::{Deserialize, Serialize};

use super::place;
use crate::error::PageResult;
use crate::paths::CommunesPath;
use crate::state::WebState;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct CommunesQuery {
    #[serde(default)]
    q: String,
}

#[derive(Serialize)]
struct Suggestion {
    value: String,
    label: String,
    detail: String,
}

/// Answers the communes called so, as `static/js/combobox.js` reads them.
pub async fn get(
    _: CommunesPath,
    State(state): State<WebState>,
    Query(query): Query<CommunesQuery>,
) -> PageResult {
    let found = suggest_communes(&state.db, &query.q).await?;
    let suggestions = found.into_iter().map(|commune| Suggestion {
        label: place::label(&commune),
        detail: commune.post_codes.first().cloned().unwrap_or_default(),
        value: commune.slug,
    });
    let mut answer = Json(suggestions.collect::<Vec<_>>()).into_response();
    // The same for everybody, and rarely another tomorrow.
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(answer)
}
