//! What both tabs of the search share: the place, the form, the filters, the counts.

mod choices;

use askama::Template;
use axum_extra::routing::TypedPath as _;
use iae_app::Db;
use iae_app::directory::queries::{Counts, counts};
use iae_app::directory::{Applicant, Search};
use iae_app::reference::queries::{CommuneRow, DepartmentRow, department_and_adjacent};
use iae_domain::directory::{Distance, Position};

pub(crate) use choices::distance_choices;

use super::applicant::Asked;
use super::messages;
use super::place::{self, Place};
use super::query::SearchQuery;
use crate::error::{PageError, PageResult, ok, ok_mistaken};
use crate::paths::{EmployersPath, JobsPath};

/// The two tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// « Employeurs ».
    Employers,
    /// « Postes ouverts au recrutement ».
    Jobs,
}

impl Tab {
    /// Its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Employers => EmployersPath::PATH,
            Self::Jobs => JobsPath::PATH,
        }
    }
}

/// The frame of a search, read by `templates/directory/search.html`.
#[derive(Debug, Clone)]
pub struct SearchFrame {
    /// The tab shown.
    pub tab: Tab,
    /// What is asked for.
    pub query: SearchQuery,
    /// For whom.
    pub applicant: Option<Applicant>,
    /// The commune in the field.
    pub place: String,
    /// What is wrong with it.
    pub place_error: Option<String>,
    /// Communes to choose from when several were meant: words and address.
    pub places: Vec<(String, String)>,
    /// What is said of those that are not shown.
    pub more_places: String,
    /// What is found, once there is a commune.
    pub found: Option<Counts>,
    /// Départements offered.
    departments: Vec<DepartmentRow>,
}

/// What to do with a search.
pub enum Answer {
    /// Look around the commune; what is found says how much there is.
    Search(Box<SearchFrame>, Search),
    /// Show the form alone: with what is wrong, or because no kind of employer can hire the person.
    Form(Box<SearchFrame>),
    /// Go to the address of the commune that was typed.
    Canonical(String),
}

/// Reads a search: two statements when the commune comes by its slug. A search for a person begins where they live.
pub async fn ask(db: &Db, tab: Tab, Asked { ctx, applicant, query }: Asked) -> Result<Answer, PageError> {
    let mut frame = SearchFrame { applicant, ..SearchFrame::new(tab, query) };
    let commune = match place::resolve(db, &frame.query).await? {
        Place::Chosen(commune) => commune,
        Place::Typed(commune) => return Ok(Answer::Canonical(frame.around(&commune))),
        Place::Missing => {
            let person = frame.applicant.as_ref().filter(|applicant| !applicant.is_reader);
            let home = person.and_then(|person| person.commune.clone());
            let at_home = home.map(|city| frame.query.with(|query| query.city = city).href(tab.path()));
            return Ok(at_home.map_or_else(|| Answer::Form(Box::new(frame)), Answer::Canonical));
        }
        Place::Several(found) => {
            frame.place_error =
                Some("Plusieurs communes correspondent\u{a0}: choisissez la vôtre.".to_owned());
            let choice = |one| (place::long_label(one), frame.around(&one.commune));
            frame.places = found.first.iter().map(choice).collect();
            frame.more_places = place::more(found.more);
            return Ok(Answer::Form(Box::new(frame)));
        }
        Place::Unknown(typed) => {
            frame.place_error = Some(format!(
                "Aucune commune ne s’appelle «\u{a0}{typed}\u{a0}». Vérifiez l’orthographe ou essayez un code postal."
            ));
            return Ok(Answer::Form(Box::new(frame)));
        }
    };
    frame.place = place::label(&commune);
    let (Some(latitude), Some(longitude)) = (commune.latitude, commune.longitude) else {
        frame.place_error =
            Some("La position de cette commune n’est pas connue. Essayez une commune voisine.".to_owned());
        return Ok(Answer::Form(Box::new(frame)));
    };
    let prefix = district_prefix(&commune.insee_code);
    if prefix.is_none() {
        frame.query.filters.districts.clear();
    }
    let centre = Position { latitude, longitude };
    let filters = frame.query.filters.clone();
    let search = Search { centre, filters, district_prefix: prefix, now: ctx.now };
    frame.departments = department_and_adjacent(db, &commune.department_code).await?;
    if frame.query.adapted && frame.query.filters.kinds.is_empty() {
        frame.found = Some(counts(db, &search).await?);
        return Ok(Answer::Form(Box::new(frame)));
    }
    Ok(Answer::Search(Box::new(frame), search))
}

/// The beginning of the post codes of a town searched as a whole that has arrondissements (rule book 04 §4.3).
fn district_prefix(insee_code: &str) -> Option<&'static str> {
    match insee_code {
        "75056" => Some("75"),
        "69123" => Some("690"),
        "13055" => Some("130"),
        _ => None,
    }
}

impl SearchFrame {
    /// The page with the form alone; its title says so when something is wrong.
    pub(super) fn alone<P: Template>(self, page: impl FnOnce(Self) -> P) -> PageResult {
        let is_mistaken = self.place_error.is_some();
        let page = page(self);
        if is_mistaken { ok_mistaken(&page) } else { ok(&page) }
    }

    fn new(tab: Tab, query: SearchQuery) -> Self {
        Self {
            tab,
            applicant: None,
            place: query.place.clone(),
            place_error: None,
            places: Vec::new(),
            more_places: String::new(),
            found: None,
            departments: Vec::new(),
            query,
        }
    }

    /// The same search around another commune.
    fn around(&self, commune: &CommuneRow) -> String {
        let moved = self.query.with(|query| {
            query.city.clone_from(&commune.slug);
            query.filters.departments.clear();
            query.filters.districts.clear();
        });
        moved.href(self.tab.path())
    }

    /// « Emplois inclusifs à 25 km du centre de Guérande (44) ».
    pub fn title(&self) -> String {
        if self.found.is_none() {
            return "Rechercher un emploi inclusif".to_owned();
        }
        format!(
            "Emplois inclusifs à {}\u{a0}km du centre de {}",
            self.query.filters.distance.km(),
            self.place
        )
    }

    /// The search in a line, where its form is folded: « espaces verts », Metz (57), 25 km.
    pub fn summary(&self) -> String {
        let text = &self.query.text;
        let words = if text.is_empty() { String::new() } else { format!("«\u{a0}{text}\u{a0}», ") };
        format!("{words}{}, {}\u{a0}km", self.place, self.query.filters.distance.km())
    }

    /// What the results are sorted by (rule book 04 §4.4).
    pub const fn order(&self) -> &'static str {
        match self.tab {
            Tab::Employers => {
                "Ceux qui recrutent d’abord, en commençant par les moins sollicités depuis trois semaines."
            }
            Tab::Jobs => "Les postes mis à jour le plus récemment d’abord.",
        }
    }

    /// A tab: its address and its count, none before there is a commune.
    pub fn tab_link(&self, tab: &Tab) -> (String, String) {
        let count = self.found.as_ref().map(|found| match tab {
            Tab::Employers => found.employers,
            Tab::Jobs => found.jobs,
        });
        (self.query.with(|_| ()).href(tab.path()), count.map(messages::count).unwrap_or_default())
    }

    /// The address of the next page.
    pub fn next(&self, cursor: String) -> String {
        self.query.after(cursor).href(self.tab.path())
    }

    /// The address of the first page, on another one.
    pub fn first(&self) -> Option<String> {
        (!self.query.after.is_empty()).then(|| self.query.with(|_| ()).href(self.tab.path()))
    }

    /// The same search for nobody in particular.
    pub fn for_nobody(&self) -> String {
        self.query.for_nobody().href(self.tab.path())
    }

    /// The address of the search without any filter.
    pub fn cleared(&self) -> String {
        self.query.cleared().href(self.tab.path())
    }

    /// The next larger distance: what to try when nothing is found.
    pub fn wider(&self) -> Option<(u16, String)> {
        let wider = Distance::ALL.iter().find(|distance| **distance > self.query.filters.distance)?;
        let href = self.query.with(|query| query.filters.distance = *wider).href(self.tab.path());
        Some((wider.km(), href))
    }

    /// The filters in force: words, and the address without each.
    pub fn chips(&self) -> Vec<(String, String)> {
        let (query, filters, path) = (&self.query, &self.query.filters, self.tab.path());
        let mut chips = Vec::new();
        let mut chip = |label: String, without: SearchQuery| chips.push((label, without.href(path)));
        if !query.text.is_empty() {
            chip(format!("«\u{a0}{}\u{a0}»", query.text), query.with(|query| query.text.clear()));
        }
        for kind in &filters.kinds {
            chip(
                kind.label().to_owned(),
                query.with(|query| query.filters.kinds.retain(|other| other != kind)),
            );
        }
        for row in self.departments.iter().filter(|row| filters.departments.contains(&row.code)) {
            chip(
                row.name.clone(),
                query.with(|query| query.filters.departments.retain(|code| *code != row.code)),
            );
        }
        for district in filters.districts.iter().filter(|_| self.tab == Tab::Employers) {
            chip(
                district.clone(),
                query.with(|query| query.filters.districts.retain(|other| other != district)),
            );
        }
        for contract in filters.contract_types.iter().filter(|_| self.tab == Tab::Jobs) {
            let without = query.with(|query| query.filters.contract_types.retain(|other| other != contract));
            chip(contract.label().to_owned(), without);
        }
        for domain in filters.domains.iter().filter(|_| self.tab == Tab::Jobs) {
            let without = query.with(|query| query.filters.domains.retain(|other| other != domain));
            chip(domain.label().to_owned(), without);
        }
        if filters.first_hours {
            chip(
                "Premières heures en chantier".to_owned(),
                query.with(|query| query.filters.first_hours = false),
            );
        }
        chips
    }
}
