//! `/applications`: received by an employer, sent by a prescriber, one's own for a candidate.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use axum_extra::routing::TypedPath;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::applications::Filters;
use iae_app::applications::queries::{self, ApplicationRow, Counts};
use iae_app::pagination::{Cursor, Page};
use iae_domain::Actor;
use iae_domain::applications::{SenderKind, StateCode};
use iae_domain::eligibility::Viewer;
use iae_domain::policy::Denied;
use iae_domain::time::{paris_date, typed_date};
use serde::Deserialize;

use super::show::ShowPath;
use super::state_badge::{self, StateBadge};
use crate::choice::Choice;
use crate::error::{PageResult, ok};
use crate::filters;
use crate::forms::FieldErrors;
use crate::french;
use crate::layout::Layout;
use crate::state::WebState;

/// The list.
#[derive(TypedPath, Deserialize)]
#[typed_path("/applications")]
pub struct IndexPath;

/// The filters, as they stand in the URL. Names may come several times.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct IndexQuery {
    state: Vec<String>,
    department: Vec<String>,
    name: String,
    from: String,
    until: String,
    eligibility: String,
    after: String,
}

/// From which side the list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Received { is_siae: bool },
    Sent,
    Own,
}

/// The page.
#[derive(Template)]
#[template(path = "applications/index.html")]
pub struct IndexPage {
    layout: Layout,
    list: List,
    query: IndexQuery,
    errors: FieldErrors,
    rows: Vec<ApplicationRow>,
    counts: Counts,
    next: Option<String>,
    today: NaiveDate,
}

impl IndexQuery {
    /// The filters; an invalid one narrows nothing and says so (LIST-5).
    fn parse(&self) -> Result<Filters, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut day = |field: &'static str, text: &str| -> Option<NaiveDate> {
            let day = typed_date(text);
            if day.is_none() && !text.is_empty() {
                errors.add(field, "Cette date n'existe pas\u{a0}: écrivez-la comme 2026-03-01.");
            }
            day
        };
        let (from, until) = (day("from", &self.from), day("until", &self.until));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.add("until", "La fin de la période précède son début.");
        }
        let states: Vec<_> = self.chosen(&self.state).filter_map(StateCode::parse).collect();
        if states.len() != self.chosen(&self.state).count() {
            errors.add("state", "Cet état n'existe pas.");
        }
        errors.or(Some(Filters {
            states,
            name: self.name.clone(),
            departments: self.chosen(&self.department).map(str::to_owned).collect(),
            from,
            until,
            eligible: match self.eligibility.as_str() {
                "valid" => Some(true),
                "to_validate" => Some(false),
                _ => None,
            },
        }))
    }

    #[expect(clippy::unused_self, reason = "reads beside the fields it is given")]
    fn chosen<'a>(&self, values: &'a [String]) -> impl Iterator<Item = &'a str> + use<'a> {
        values.iter().map(String::as_str).filter(|value| !value.is_empty())
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        pairs.extend(self.state.iter().map(|value| ("state", value.clone())));
        pairs.extend(self.department.iter().map(|value| ("department", value.clone())));
        let single = [
            ("name", &self.name),
            ("from", &self.from),
            ("until", &self.until),
            ("eligibility", &self.eligibility),
        ];
        pairs.extend(single.map(|(name, value)| (name, value.clone())));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
}

fn href(pairs: &[(&'static str, String)]) -> String {
    let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
    if query.is_empty() { IndexPath.to_string() } else { format!("{IndexPath}?{query}") }
}

impl IndexPage {
    fn title(&self) -> &'static str {
        match self.list {
            List::Received { .. } => "Candidatures reçues",
            List::Sent => "Candidatures envoyées",
            List::Own => "Mes candidatures",
        }
    }

    fn is_received(&self) -> bool {
        matches!(self.list, List::Received { .. })
    }

    fn is_siae(&self) -> bool {
        self.list == List::Received { is_siae: true }
    }

    fn is_own(&self) -> bool {
        self.list == List::Own
    }

    /// States that occur, with how many; the chosen ones even when they no longer do.
    fn states(&self) -> Vec<Choice> {
        let chosen = |state: &StateCode| self.query.state.iter().any(|code| code == state.code());
        StateCode::ALL
            .iter()
            .filter(|state| self.counts.of(&[**state]) > 0 || chosen(state))
            .map(|state| {
                let label = format!("{} ({})", state.label(), french::number(self.counts.of(&[*state])));
                Choice::new(state.code(), label).selected_if(chosen(state))
            })
            .collect()
    }

    fn departments(&self) -> Vec<Choice> {
        let choice = |(code, name): &(String, String)| {
            Choice::new(code, format!("{name} ({code})")).selected_if(self.query.department.contains(code))
        };
        self.counts.departments.iter().map(choice).collect()
    }

    fn eligibility(&self) -> Vec<Choice> {
        [("valid", "Éligibilité validée"), ("to_validate", "Éligibilité à valider")]
            .map(|(code, label)| Choice::new(code, label).selected_if(self.query.eligibility == code))
            .to_vec()
    }

    /// Every active filter with the address of the page without it (LIST-6).
    fn chips(&self) -> Vec<(String, String)> {
        let pairs = self.query.pairs();
        let without = |index: usize| {
            let kept: Vec<_> =
                pairs.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, pair)| pair.clone()).collect();
            href(&kept)
        };
        let applied = |(_, (name, _)): &(usize, &(&'static str, String))| self.errors.of(name).is_none();
        pairs
            .iter()
            .enumerate()
            .filter(applied)
            .map(|(index, pair)| (self.chip(pair), without(index)))
            .collect()
    }

    fn chip(&self, (name, value): &(&'static str, String)) -> String {
        let day = |value: &str| value.parse().map_or_else(|_| value.to_owned(), french::date);
        match *name {
            "state" => {
                StateCode::parse(value).map_or_else(|| value.clone(), |state| state.label().to_owned())
            }
            "department" => {
                let known = self.counts.departments.iter().find(|(code, _)| code == value);
                known.map_or_else(|| value.clone(), |(_, name)| name.clone())
            }
            "from" => format!("Depuis le {}", day(value)),
            "until" => format!("Jusqu'au {}", day(value)),
            "eligibility" if value == "valid" => "Éligibilité validée".to_owned(),
            "eligibility" => "Éligibilité à valider".to_owned(),
            _ => format!("Nom\u{a0}: {value}"),
        }
    }

    /// How many applications wait for an answer: what the list is opened for.
    fn pending(&self) -> i64 {
        let pending: Vec<_> = StateCode::ALL.iter().copied().filter(|state| state.is_pending()).collect();
        self.counts.of(&pending)
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn href(&self, row: &ApplicationRow) -> String {
        ShowPath { id: row.id }.to_string()
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn badge(&self, row: &ApplicationRow) -> StateBadge {
        state_badge::of_application(row.state)
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn day(&self, row: &ApplicationRow) -> NaiveDate {
        paris_date(row.submitted_at)
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn sender(&self, row: &ApplicationRow) -> String {
        match row.sender_kind {
            SenderKind::Candidate => "La personne elle-même".to_owned(),
            SenderKind::Prescriber | SenderKind::Employer => {
                let sender = [row.sender.as_deref(), row.sender_organisation.as_deref()];
                sender.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }

    #[expect(clippy::unused_self, reason = "askama calls it as a method")]
    fn jobs(&self, row: &ApplicationRow) -> String {
        if row.jobs.is_empty() { "Candidature spontanée".to_owned() } else { row.jobs.join(", ") }
    }
}

/// Shows the list of the person who asks.
pub async fn get(
    _: IndexPath,
    State(state): State<WebState>,
    ctx: Ctx<Actor>,
    layout: Layout,
    Query(mut query): Query<IndexQuery>,
) -> PageResult {
    if !matches!(Viewer::of(&ctx.actor), Viewer::Siae(_)) {
        // Nobody else is told on which diagnosis a company may rest a hire (ELI-5, CAN-C).
        query.eligibility.clear();
    }
    let (filters, errors) = match query.parse() {
        Ok(filters) => (filters, FieldErrors::default()),
        Err(errors) => (Filters::default(), errors),
    };
    let cursor = Cursor::decode(&query.after);
    let (list, page, counts) = match &ctx.actor {
        Actor::Employer(actor) => {
            let ctx = ctx.with(actor.clone());
            let page = queries::received(&state.db, &ctx, &filters, cursor).await?;
            let list = List::Received { is_siae: actor.kind.is_siae() };
            (list, page, queries::received_counts(&state.db, &ctx).await?)
        }
        Actor::Prescriber(actor) => {
            let ctx = ctx.with(actor.clone());
            let page = queries::sent(&state.db, &ctx, &filters, cursor).await?;
            (List::Sent, page, queries::sent_counts(&state.db, &ctx).await?)
        }
        Actor::Candidate(actor) => {
            let ctx = ctx.with(actor.clone());
            let page = queries::own(&state.db, &ctx, &filters, cursor).await?;
            (List::Own, page, queries::own_counts(&state.db, &ctx).await?)
        }
        Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            return Err(iae_app::Error::from(Denied::Role).into());
        }
    };
    let Page { rows, next } = page;
    let next = next.map(|cursor| {
        let mut pairs = query.pairs();
        pairs.push(("after", cursor.encode()));
        href(&pairs)
    });
    ok(&IndexPage { layout, list, query, errors, rows, counts, next, today: ctx.today() })
}
