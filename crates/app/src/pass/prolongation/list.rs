//! « Prolongations à traiter »: the requests addressed to a prescripteur habilité's organisation (rule book 03 §6.6).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::candidates::PersonName;
use iae_domain::candidates::policy::{Standing, checked_name};
use iae_domain::exports::ListKind;
use iae_domain::ids::{CandidateId, OrganisationId, ProlongationRequestId, UserId};
use iae_domain::pass::policy;
use iae_domain::pass::prolongation::{ProlongationReason, RequestState};

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Facet, Facets, Filter, List, Sql};

/// The requests addressed to an organisation.
#[derive(Debug, Clone)]
pub struct Prolongations {
    actor: Actor,
    organisation: OrganisationId,
}

impl Prolongations {
    /// The requests its reader may answer.
    pub fn of(ctx: &Ctx<Actor>) -> Result<Self> {
        Ok(Self { organisation: policy::list_prolongations(&ctx.actor)?, actor: ctx.actor.clone() })
    }
}

/// One line of the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RequestRow {
    /// The request.
    pub id: ProlongationRequestId,
    /// Where it is.
    pub state: RequestState,
    candidate_id: CandidateId,
    created_by: Option<UserId>,
    holder: PersonName,
    company: String,
    reason: ProlongationReason,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    assignee: String,
    created_at: DateTime<Utc>,
}

impl List for Prolongations {
    type Row = RequestRow;

    const KIND: ListKind = ListKind::Prolongations;
    const ID: &'static str = "r.id";
    const KEPT: &'static str = "r.*";
    const JOINS: &'static str = "
        JOIN passes p ON p.id = page.pass_id
        JOIN candidates c ON c.id = p.candidate_id
        JOIN users holder ON holder.id = p.candidate_id
        JOIN users assignee ON assignee.id = page.assignee_id
        JOIN organisations company ON company.id = page.company_id";

    fn cut(&self, sql: &mut Sql, asked: &Asked) {
        sql.push("FROM prolongation_requests r WHERE r.prescriber_organisation_id = ")
            .push_bind(self.organisation);
        if !asked.has("state", ALL) {
            let shown = RequestState::ALL.iter().find(|state| asked.has("state", state.code()));
            sql.push(" AND r.state = ").push_bind(shown.unwrap_or(&RequestState::Pending).code());
        }
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.state
             , p.candidate_id
             , c.created_by
             , full_name(holder.first_name, holder.last_name) AS holder
             , company.shown_name AS company
             , page.reason
             , page.starts_on
             , page.ends_on
             , full_name(assignee.first_name, assignee.last_name) AS assignee
             , page.created_at",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("holder", "Personne", |list: &Self, row: &RequestRow| {
                let standing = Standing::related(row.candidate_id, row.created_by);
                Cell::text(checked_name(&list.actor, &standing, row.holder.clone()).to_string())
            }),
            Column::new("state", "Statut", |_, row: &RequestRow| Cell::text(row.state.label())),
            Column::new("company", "Structure", |_, row: &RequestRow| Cell::text(&row.company)),
            Column::new("reason", "Motif", |_, row: &RequestRow| Cell::text(row.reason.label())),
            Column::new("start", "Fin du PASS", |_, row: &RequestRow| Cell::Day(row.starts_on)),
            Column::new("end", "Fin demandée", |_, row: &RequestRow| Cell::Day(row.ends_on)),
            Column::new("assignee", "Adressée à", |_, row: &RequestRow| Cell::text(&row.assignee)),
            Column::new("asked", "Demandée", |_, row: &RequestRow| Cell::At(row.created_at))
                .latest_first("r.created_at"),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let mut views: Vec<Facet> =
            RequestState::ALL.iter().map(|state| Facet::new(state.code(), view(*state))).collect();
        views.push(Facet::new(ALL, "Toutes"));
        let state = Filter::view("state", "Statut", views);
        let me = self.actor.record().user;
        let mine = vec![Facet::new("mine", "À moi"), Facet::new("colleagues", "À un collègue")];
        let assignee = Filter::choice_by("for", "Adressées", "À tous", mine, move |sql, codes| {
            if let ([code], Some(me)) = (codes, me) {
                sql.push(if code == "mine" { " AND r.assignee_id = " } else { " AND r.assignee_id <> " });
                sql.push_bind(me);
            }
        });
        vec![state, assignee]
    }
}

/// The view of every request; the first view is that of those that wait.
const ALL: &str = "all";

/// The words of a view.
const fn view(state: RequestState) -> &'static str {
    match state {
        RequestState::Pending => "À traiter",
        RequestState::Granted => "Acceptées",
        RequestState::Denied => "Refusées",
        RequestState::Returned => "Rendues aux structures",
    }
}
