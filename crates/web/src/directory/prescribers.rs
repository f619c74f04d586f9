//! `/prescribers`: authorised prescribers around a commune or of a département (PRE-28).

pub mod authorised;
mod query;
pub mod show;
mod words;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum_extra::routing::TypedPath as _;
use iae_app::Ctx;
use iae_app::directory::prescribers::queries::{PrescriberRow, departments, prescribers};
use iae_app::directory::prescribers::{PRESCRIBERS_PER_PAGE, PrescriberSearch};
use iae_app::reference::queries::{CommuneRow, DepartmentRow};
use iae_domain::directory::Position;

use super::distance_choices;
use super::place::{self, Place};
use crate::choice::Choice;
use crate::error::{PageResult, ok, ok_mistaken};
use crate::filters;
use crate::french;
use crate::layout::Layout;
use crate::paths::PrescribersPath;
use crate::state::WebState;

use query::PrescribersQuery;

/// The page.
#[derive(Template)]
#[template(path = "directory/prescribers.html")]
pub struct PrescribersPage {
    layout: Layout,
    query: PrescribersQuery,
    /// The commune in the field.
    place: String,
    place_error: Option<String>,
    /// Communes to choose from when several were meant: words and address.
    places: Vec<(String, String)>,
    departments: Vec<DepartmentRow>,
    /// Whether a place was asked for, and understood.
    searched: bool,
    found: Vec<PrescriberRow>,
}

impl PrescribersPage {
    fn title(&self) -> String {
        let around = if self.searched && !self.place.is_empty() {
            format!(" à {}\u{a0}km de {}", self.query.distance.km(), self.place)
        } else {
            String::new()
        };
        let of = self.departments.iter().find(|row| self.query.department == row.code);
        let of = of.map(|row| format!(", {} ({})", row.name, row.code)).unwrap_or_default();
        format!("Prescripteurs habilités{around}{of}")
    }

    /// « 12 organisations, page 2 ».
    fn count(&self) -> String {
        let all = self.found.first().map_or(0, |row| row.all);
        let count = french::plural(all, "organisation", "organisations");
        let page = self.query.pages_before + 1;
        if page > 1 { format!("{count}, page {page}") } else { count }
    }

    fn distances(&self) -> Vec<Choice> {
        distance_choices(self.query.distance)
    }

    fn kinds(&self) -> Vec<Choice> {
        words::kinds().map(|kind| words::choice(kind).selected_if(self.query.kind == Some(kind))).collect()
    }

    fn department_choices(&self) -> Vec<Choice> {
        words::department_choices(&self.departments, &self.query.department)
    }

    fn previous(&self) -> Option<String> {
        let before = self.query.pages_before.checked_sub(1)?;
        Some(self.query.at_page(before).href(PrescribersPath::PATH))
    }

    fn next(&self) -> Option<String> {
        let (after, all) = (self.query.pages_before + 1, self.found.first()?.all);
        (after * PRESCRIBERS_PER_PAGE < all).then(|| self.query.at_page(after).href(PrescribersPath::PATH))
    }

    /// Keeps the commune that is meant, or says what is wrong with what was typed.
    fn place(&mut self, found: Place) -> Option<CommuneRow> {
        match found {
            Place::Missing => None,
            Place::Chosen(commune) | Place::Typed(commune) => {
                self.place = place::label(&commune);
                self.query.city.clone_from(&commune.slug);
                Some(commune)
            }
            Place::Several(several) => {
                self.place_error =
                    Some("Plusieurs communes correspondent\u{a0}: choisissez la vôtre.".to_owned());
                let choice = |one| (place::long_label(one), self.query.around(&one.commune.slug));
                self.places = several.first.iter().map(choice).collect();
                None
            }
            Place::Unknown(typed) => {
                self.place_error = Some(format!(
                    "Aucune commune ne s’appelle «\u{a0}{typed}\u{a0}». Vérifiez l’orthographe ou essayez un code postal."
                ));
                None
            }
        }
    }
}

/// Shows those found, the nearest first.
pub async fn get(
    _: PrescribersPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    RawQuery(raw): RawQuery,
    layout: Layout,
) -> PageResult {
    let query = PrescribersQuery::read(raw.as_deref().unwrap_or_default());
    let mut page = PrescribersPage {
        layout,
        place: query.place.clone(),
        query,
        place_error: None,
        places: Vec::new(),
        departments: departments(&state.db).await?,
        searched: false,
        found: Vec::new(),
    };
    let commune = place::resolve(&state.db, &page.query.place_query()).await?;
    let commune = page.place(commune);
    let centre = commune.as_ref().and_then(|commune| commune.latitude.zip(commune.longitude));
    if commune.is_some() && centre.is_none() {
        page.place_error = Some(
            "La position de cette commune n’est pas connue\u{a0}: choisissez plutôt son département."
                .to_owned(),
        );
    }
    let around = centre.map(|(latitude, longitude)| (Position { latitude, longitude }, page.query.distance));
    let department = page.departments.iter().find(|row| row.code == page.query.department);
    let department = department.map(|row| row.code.clone());
    page.searched = page.place_error.is_none() && (around.is_some() || department.is_some());
    if page.searched {
        let search = PrescriberSearch {
            around,
            department,
            kind: page.query.kind,
            today: ctx.today(),
            pages_before: page.query.pages_before,
        };
        page.found = prescribers(&state.db, &search).await?;
    }
    if page.place_error.is_some() { ok_mistaken(&page) } else { ok(&page) }
}
