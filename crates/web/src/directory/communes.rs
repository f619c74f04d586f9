//! `/communes?q=`: suggestions of communes, for the fields that ask for one (rule book 04 §4.8); with `born=true`, under
//! the names and codes they had as well, for a place of birth (CON-5).

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum_extra::extract::Query;
use iae_app::reference::queries::{Suggested, Suggestions, suggest_birth_communes, suggest_communes};
use iae_domain::reference::CommuneName;
use serde::{Deserialize, Serialize};

use super::place;
use crate::error::PageResult;
use crate::paths::CommunesPath;
use crate::state::WebState;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CommunesQuery {
    q: String,
    born: String,
}

/// What `static/js/combobox.js` reads: the first suggestions, and what is said of the others.
#[derive(Serialize)]
struct Answer {
    suggestions: Vec<Suggestion>,
    more: String,
}

#[derive(Serialize)]
struct Suggestion {
    value: String,
    label: String,
    detail: String,
}

impl Answer {
    fn of<T>(found: Suggestions<T>, suggestion: impl Fn(T) -> Suggestion) -> Self {
        Self { more: place::more(found.more), suggestions: found.first.into_iter().map(suggestion).collect() }
    }
}

/// Answers the communes called so.
pub async fn get(
    _: CommunesPath,
    State(state): State<WebState>,
    Query(query): Query<CommunesQuery>,
) -> PageResult {
    let answer = if query.born == "true" {
        Answer::of(suggest_birth_communes(&state.db, &query.q).await?, of_birth)
    } else {
        Answer::of(suggest_communes(&state.db, &query.q).await?, of_today)
    };
    let mut answer = Json(answer).into_response();
    // The same for everybody, and rarely another tomorrow.
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(answer)
}

fn of_today(found: Suggested) -> Suggestion {
    let post_code = || found.commune.post_codes.first().cloned().unwrap_or_default();
    Suggestion {
        label: place::label(&found.commune),
        detail: found.former_name.as_ref().map_or_else(post_code, |former| format!("anciennement {former}")),
        value: found.commune.slug,
    }
}

fn of_birth(name: CommuneName) -> Suggestion {
    Suggestion { label: name.label(), detail: place::lifetime(&name), value: name.insee_code }
}
