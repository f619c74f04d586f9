//! « Demandes d’habilitation »: those of a département for its DDETS, of every one for the team. Drafts are their authors' alone.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::exports::ListKind;
use iae_domain::habilitations::policy::Instructor;
use iae_domain::habilitations::{ANSWER_MONTHS, HabilitationState};
use iae_domain::ids::HabilitationId;
use iae_domain::time::{add_months, paris_date};

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Direction, Facet, Facets, Filter, KeyKind, List, Sql};

/// The requests that whoever instructs reads.
#[derive(Debug, Clone)]
pub struct Habilitations {
    department: Option<String>,
    today: NaiveDate,
}

impl Habilitations {
    /// The list of a DDETS, or of the team.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        let instructor = Instructor::try_from(ctx.actor.clone())?;
        Ok(Self { department: instructor.department().map(ToOwned::to_owned), today: ctx.today() })
    }
}

impl Habilitations {
    /// Whether the right that a request gave is over.
    pub fn is_over(&self, row: &HabilitationRow) -> bool {
        row.is_over(self.today)
    }
}

/// A request, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct HabilitationRow {
    /// The request.
    pub id: HabilitationId,
    /// Where it is.
    pub state: HabilitationState,
    organisation: String,
    city: String,
    department: String,
    is_renewal: bool,
    is_recorded: bool,
    begun_at: DateTime<Utc>,
    submitted_at: Option<DateTime<Utc>>,
    ends_on: Option<NaiveDate>,
    order_number: Option<String>,
}

impl HabilitationRow {
    /// Whether the right it gave is over.
    fn is_over(&self, today: NaiveDate) -> bool {
        self.state == HabilitationState::Granted && self.ends_on.is_some_and(|end| end < today)
    }

    /// The day something is due: an answer, or the end of the right.
    fn due(&self) -> Option<NaiveDate> {
        match self.state {
            HabilitationState::Submitted => {
                self.submitted_at.map(|at| add_months(paris_date(at), ANSWER_MONTHS))
            }
            HabilitationState::Granted => self.ends_on,
            HabilitationState::Draft
            | HabilitationState::Completing
            | HabilitationState::Refused
            | HabilitationState::Revoked => None,
        }
    }

    const fn due_as(&self) -> &'static str {
        match self.state {
            HabilitationState::Submitted => "Réponse attendue",
            HabilitationState::Granted => "Fin de l’habilitation",
            HabilitationState::Completing => "Attend l’organisation",
            HabilitationState::Draft | HabilitationState::Refused | HabilitationState::Revoked => "",
        }
    }

    const fn asked_as(&self) -> &'static str {
        match (self.is_recorded, self.is_renewal) {
            (true, _) => "Arrêté saisi",
            (false, true) => "Renouvellement",
            (false, false) => "Première demande",
        }
    }
}

impl List for Habilitations {
    type Row = HabilitationRow;

    const KIND: ListKind = ListKind::Habilitations;
    const ID: &'static str = "h.id";
    const KEPT: &'static str =
        "h.*, o.shown_name AS organisation, o.city, d.name || ' (' || d.code || ')' AS department";
    const JOINS: &'static str = "";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push(
            "FROM habilitations h
             JOIN organisations o ON o.id = h.organisation_id
             JOIN departments d ON d.code = h.department_code
             WHERE h.state <> 'draft'",
        );
        if let Some(department) = &self.department {
            sql.push(" AND h.department_code = ").push_bind(department.clone());
        }
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.state
             , page.organisation
             , page.city
             , page.department
             , page.is_renewal
             , page.is_recorded
             , page.begun_at
             , page.submitted_at
             , page.ends_on
             , page.order_number",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("organisation", "Organisation", |_, row: &HabilitationRow| {
                Cell::text(&row.organisation)
            })
            .under("Commune", |_, row: &HabilitationRow| Cell::text(&row.city)),
            Column::new("state", "Statut", |list: &Self, row: &HabilitationRow| {
                Cell::text(if row.is_over(list.today) { OVER } else { row.state.label() })
            })
            .under("Demande", |_, row: &HabilitationRow| Cell::text(row.asked_as())),
            Column::new("since", "Depuis", |_, row: &HabilitationRow| {
                Cell::At(row.submitted_at.unwrap_or(row.begun_at))
            })
            .latest_first("coalesce(h.submitted_at, h.begun_at)"),
            Column::new("due", "Échéance", |_, row: &HabilitationRow| Cell::day_or(row.due(), "Aucune"))
                .under("Ce qui est attendu", |_, row: &HabilitationRow| Cell::text_or(Some(row.due_as()), ""))
                .sorted_by(
                    "coalesce(h.ends_on, (h.submitted_at + interval '2 months')::date, '9999-12-31'::date)",
                    KeyKind::Day,
                    Direction::Ascending,
                ),
            Column::new("order", "Arrêté", |_, row: &HabilitationRow| {
                Cell::text_or(row.order_number.as_deref(), "Aucun")
            }),
            Column::new("department", "Département", |_, row: &HabilitationRow| Cell::text(&row.department)),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let states = HabilitationState::ALL.iter().filter(|state| **state != HabilitationState::Draft);
        let states = states.map(|state| Facet::new(state.code(), state.label())).collect();
        vec![
            Filter::words("name", "Organisation", "o.search"),
            Filter::choice("state", "Statut", "Tous", states, "h.state"),
        ]
    }

    fn sorted(&self) -> (&'static str, Direction) {
        ("since", Direction::Descending)
    }
}

/// The word for a right whose last day has gone.
pub const OVER: &str = "Arrivée à terme";
