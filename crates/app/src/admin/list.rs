//! The audit trail, as staff read it.

use chrono::{DateTime, Utc};
use iae_domain::Event;
use iae_domain::exports::ListKind;
use uuid::Uuid;

use super::words;
use crate::list::{Asked, Cell, Column, Facet, Facets, Filter, List, Sql, Time};

/// Every row of the audit trail.
#[derive(Debug, Clone, Copy)]
pub struct AuditTrail;

/// A row of the audit trail.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AuditRow {
    /// The thing it happened to.
    pub subject_id: Uuid,
    at: DateTime<Utc>,
    actor_kind: String,
    actor_name: Option<String>,
    organisation_name: Option<String>,
    action: String,
    subject_kind: String,
    payload: String,
}

impl List for AuditTrail {
    type Row = AuditRow;

    const KIND: ListKind = ListKind::AuditTrail;
    const ID: &'static str = "e.id";
    const KEPT: &'static str = "e.*";
    const JOINS: &'static str =
        "LEFT JOIN users u ON u.id = page.actor_id LEFT JOIN organisations o ON o.id = page.organisation_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM audit_events e WHERE true");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.at
             , page.actor_kind
             , full_name(u.first_name, u.last_name) AS actor_name
             , o.shown_name AS organisation_name
             , page.action
             , page.subject_kind
             , page.subject_id
             , page.payload::text AS payload",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("action", "Action", |_, row: &AuditRow| Cell::text(words::action(&row.action))),
            Column::new("at", "Quand", |_, row: &AuditRow| Cell::At(row.at)).latest_first("e.at"),
            Column::new("actor", "Par qui", |_, row: &AuditRow| {
                Cell::text(row.actor_name.as_deref().unwrap_or_else(|| words::actor(&row.actor_kind)))
            }),
            Column::new("organisation", "Pour", |_, row: &AuditRow| {
                Cell::text_or(row.organisation_name.as_deref(), "—")
            }),
            Column::new("subject", "Objet", |_, row: &AuditRow| {
                Cell::text(words::subject(&row.subject_kind))
            }),
            Column::new("details", "Détail", |_, row: &AuditRow| {
                Cell::Several(words::details(&row.action, &row.payload))
            }),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let actions = Event::kinds().map(|kind| Facet::new(kind.code, kind.label)).collect();
        let mut filters = vec![Filter::choice("action", "Action", "Toutes", actions, "e.action")];
        filters.extend(Filter::period("Depuis le", "Jusqu’au", Time::At("e.at")));
        filters.push(Filter::thing("subject", "Un seul objet", "e.subject_id"));
        filters
    }
}
