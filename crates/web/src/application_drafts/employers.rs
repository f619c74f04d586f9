//! `/application-drafts/{id}/employers`: another employer for the same person, among those around their commune; five at
//! most for one sending.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::applications::drafts::{self, OpenDraft};
use iae_app::directory::Search;
use iae_app::directory::employers::EmployerCursor;
use iae_app::directory::employers::queries::{EmployerRow, employers_page};
use iae_app::{Ctx, Error, Failure};
use iae_domain::Actor;
use iae_domain::applications::draft::MOST_EMPLOYERS;
use iae_domain::directory::{Distance, EmployerFacts, Filters, applying, search_words};
use iae_domain::ids::{ApplicationDraftId, OrganisationId};
use serde::Deserialize;
use tower_sessions::Session;
use url::form_urlencoded;

use super::{already_sent, step};
use crate::choice::Choice;
use crate::directory::{self, distance_choices};
use crate::error::{PageResult, ok, see_other};
use crate::filters;
use crate::flash;
use crate::forms::Form;
use crate::layout::Layout;
use crate::paths::DraftEmployersPath;
use crate::state::WebState;

/// Longest text looked for.
const LONGEST_TEXT: usize = 100;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EmployersQuery {
    q: String,
    distance: String,
    after: String,
}

/// The employer that is added.
#[derive(Debug, Deserialize)]
pub struct EmployersForm {
    company: OrganisationId,
}

/// An employer found.
struct Found {
    row: EmployerRow,
    /// Why it cannot be added.
    notice: Option<&'static str>,
}

impl Found {
    fn new(row: EmployerRow, open: &OpenDraft) -> Self {
        let facts = EmployerFacts {
            has_members: row.has_members,
            is_blocked: row.is_blocked,
            is_spontaneous_open: row.is_spontaneous_open,
            has_open_jobs: row.open_jobs > 0,
        };
        let is_held = open.applications.iter().any(|one| one.company.id == row.organisation_id);
        let notice = is_held.then_some("Déjà dans cet envoi.").or_else(|| directory::notice(applying(facts)));
        Self { row, notice }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/employers.html")]
pub struct EmployersPage {
    layout: Layout,
    id: ApplicationDraftId,
    candidate: Option<String>,
    /// The employers there are already.
    held: String,
    is_full: bool,
    q: String,
    commune: String,
    distances: Vec<Choice>,
    found: Vec<Found>,
    next: Option<String>,
}

/// Shows the employers around the person's commune, those one can apply to with a button.
pub async fn get(
    path: DraftEmployersPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    Query(query): Query<EmployersQuery>,
    layout: Layout,
) -> PageResult {
    let open = match drafts::load(&state, &ctx, path.id).await {
        Err(Error::NotFound) => return already_sent::page(&state, &ctx, layout, path.id).await,
        open => open?,
    };
    let distance = Distance::parse(&query.distance).unwrap_or_default();
    let q: String = query.q.chars().filter(|c| !c.is_control()).take(LONGEST_TEXT).collect();
    let around = drafts::around(&state, &open).await?;
    let (rows, next) = match &around {
        Some(around) => {
            let filters = Filters { distance, words: search_words(&q), ..Filters::default() };
            let search = Search { centre: around.centre, filters, district_prefix: None, now: ctx.now };
            employers_page(&state.db, &search, EmployerCursor::decode(&query.after)).await?
        }
        None => (vec![], None),
    };
    let names: Vec<&str> = open.applications.iter().map(|one| one.company.name.as_str()).collect();
    let more = |cursor: EmployerCursor| {
        let (km, after) = (distance.km().to_string(), cursor.encode());
        let asked = [("q", q.as_str()), ("distance", km.as_str()), ("after", after.as_str())];
        format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish())
    };
    let next = next.map(more);
    ok(&EmployersPage {
        layout,
        id: path.id,
        candidate: open.candidate_name().filter(|_| !open.is_candidate()),
        held: super::listed(&names),
        is_full: names.len() >= MOST_EMPLOYERS,
        commune: around.map(|around| around.commune).unwrap_or_default(),
        distances: distance_choices(distance),
        found: rows.into_iter().map(|row| Found::new(row, &open)).collect(),
        next,
        q,
    })
}

/// Adds the employer, and asks for its posts.
pub async fn post(
    path: DraftEmployersPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    session: Session,
    layout: Layout,
    Form(form): Form<EmployersForm>,
) -> PageResult {
    match drafts::add_employer(&state, &ctx, path.id, form.company).await {
        Ok(()) => {
            let open = drafts::load(&state, &ctx, path.id).await?;
            see_other(step::href(path.id, open.next_missing()))
        }
        Err(Failure::Refused(_)) => {
            let open = drafts::load(&state, &ctx, path.id).await?;
            let to = step::href(path.id, open.next_missing());
            let message = "Envoyez d’abord ceux-ci, ou retirez-en un.";
            flash::not_done(&session, "Un envoi va à cinq employeurs au plus", message, to).await
        }
        Err(Failure::App(Error::NotFound)) => already_sent::page(&state, &ctx, layout, path.id).await,
        Err(Failure::App(error)) => Err(error.into()),
    }
}
