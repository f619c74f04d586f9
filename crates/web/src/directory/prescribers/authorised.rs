//! `/am-i-authorised`: « Suis-je prescripteur habilité ? », answered by organisation and by kind (guide P2 §1.1; order of 1 September
//! 2021).

use askama::Template;
use axum::extract::{RawQuery, State};
use iae_app::Ctx;
use iae_app::directory::prescribers::ANSWERS;
use iae_app::directory::prescribers::queries::{KnownOrganisation, departments, known_organisations};
use iae_app::reference::queries::DepartmentRow;
use iae_domain::Actor;
use iae_domain::organisations::PrescriberKind;
use iae_domain::text::shortened;
use url::form_urlencoded;

use super::words::{self, Answer};
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::{AmIAuthorisedPath, HabilitationPath, LoginPath};
use crate::state::WebState;

/// Longest text kept of what was typed.
const LONGEST_TEXT: usize = 100;

/// The page.
#[derive(Template)]
#[template(path = "directory/authorised.html")]
pub struct AuthorisedPage {
    layout: Layout,
    asked: Asked,
    departments: Vec<DepartmentRow>,
    found: Vec<Known>,
    /// More are called so: to be narrowed down.
    more: bool,
    /// Whether the reader may ask the prefect for their organisation: who prescribes or refers, and whoever may sign in as such.
    asks: bool,
}

/// What is asked.
#[derive(Debug, Default)]
struct Asked {
    text: String,
    department: String,
    kind: Option<PrescriberKind>,
}

impl Asked {
    fn read(raw: &str) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            match name.as_ref() {
                "q" => asked.text = shortened(&value, LONGEST_TEXT),
                "department" => asked.department = shortened(&value, 3),
                "kind" => asked.kind = PrescriberKind::parse(value.trim()),
                _ => {}
            }
        }
        asked
    }
}

/// An organisation, and what is answered of it.
struct Known {
    row: KnownOrganisation,
    answer: Answer,
}

impl AuthorisedPage {
    fn department_choices(&self) -> Vec<Choice> {
        words::department_choices(&self.departments, &self.asked.department)
    }

    fn kinds(&self) -> Vec<Choice> {
        words::all_kinds()
            .map(|kind| words::choice(kind).selected_if(self.asked.kind == Some(kind)))
            .collect()
    }

    /// What is answered of a kind.
    fn of_kind(&self) -> Option<(&'static str, Answer)> {
        self.asked.kind.map(|kind| (kind.label(), Answer::of_kind(kind)))
    }

    /// Where what is answered leads: words and addresses.
    fn ways(&self, answer: &Answer) -> Vec<(&'static str, String)> {
        let support = &self.layout.support_email;
        let team =
            (!support.is_empty()).then(|| ("Écrire à l’équipe du service", format!("mailto:{support}")));
        let prefect =
            self.asks.then(|| ("Demander l’habilitation par le préfet", HabilitationPath.to_string()));
        let entry = self.layout.user.is_none().then(|| ("Se connecter ou s’inscrire", LoginPath.to_string()));
        let ways = match *answer {
            Answer::Authorised | Answer::AuthorisedByPrefect => [entry, None],
            Answer::KindOfThePrefect | Answer::Over => [prefect, None],
            Answer::Waiting => [team, None],
            Answer::Refers => [team, prefect],
            Answer::KindOfTheOrder | Answer::ToCome => [None, None],
        };
        ways.into_iter().flatten().collect()
    }

    /// Whether an organisation was asked for, and is not known.
    fn is_unknown(&self) -> bool {
        !self.asked.text.is_empty() && self.found.is_empty()
    }
}

/// Answers.
pub async fn get(
    _: AmIAuthorisedPath,
    State(state): State<WebState>,
    visitor: Ctx<()>,
    reader: Option<Ctx<Actor>>,
    RawQuery(raw): RawQuery,
    layout: Layout,
) -> PageResult {
    let asked = Asked::read(raw.as_deref().unwrap_or_default());
    let departments = departments(&state.db).await?;
    let mut rows = Vec::new();
    if !asked.text.is_empty() {
        let department = Some(asked.department.as_str()).filter(|code| !code.is_empty());
        rows = known_organisations(&state.db, &asked.text, department, visitor.today()).await?;
    }
    let more = rows.len() > ANSWERS;
    rows.truncate(ANSWERS);
    let found = rows.into_iter().map(|row| Known { answer: Answer::of(&row), row }).collect();
    let asks = match reader.map(|reader| reader.actor) {
        None => layout.user.is_none(),
        Some(Actor::Prescriber(_)) => true,
        Some(
            Actor::Employer(_) | Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System,
        ) => false,
    };
    ok(&AuthorisedPage { layout, asked, departments, found, more, asks })
}
