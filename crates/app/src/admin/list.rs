//! The audit trail, as staff read it.

use chrono::{DateTime, Utc};
use iae_domain::Event;
use iae_domain::exports::ListKind;
use iae_domain::ids::UserId;
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
    /// What kind of thing it is.
    pub subject_kind: String,
    /// The account that acted; none of the service itself.
    pub actor_id: Option<UserId>,
    at: DateTime<Utc>,
    actor_kind: String,
    actor_name: Option<String>,
    merged_into: Option<String>,
    impersonator_name: Option<String>,
    organisation_name: Option<String>,
    action: String,
    payload: String,
}

impl AuditRow {
    /// Who acted: « Léa MARTIN à la place de Nadia ROUX » when the team saw the platform as somebody (AUT-31).
    fn actor(&self) -> String {
        let mut actor =
            self.actor_name.as_deref().unwrap_or_else(|| words::actor(&self.actor_kind)).to_owned();
        // The trail keeps the account that acted, whatever became of it since.
        if let Some(kept) = &self.merged_into {
            actor = format!("{actor}, compte fusionné dans celui de {kept}");
        }
        match &self.impersonator_name {
            Some(by) => format!("{by} à la place de {actor}"),
            None => actor,
        }
    }
}

impl List for AuditTrail {
    type Row = AuditRow;

    const KIND: ListKind = ListKind::AuditTrail;
    const ID: &'static str = "e.id";
    const KEPT: &'static str = "e.*";
    const JOINS: &'static str =
        "LEFT JOIN users u ON u.id = page.actor_id LEFT JOIN users team ON team.id = page.impersonator_id
         LEFT JOIN account_mergers merger ON merger.former_id = page.actor_id LEFT JOIN users kept ON kept.id = merger.kept_id
         LEFT JOIN organisations o ON o.id = page.organisation_id";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM audit_events e WHERE true");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.at
             , page.actor_kind
             , page.actor_id
             , full_name(u.first_name, u.last_name) AS actor_name
             , full_name(kept.first_name, kept.last_name) AS merged_into
             , full_name(team.first_name, team.last_name) AS impersonator_name
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
            Column::new("actor", "Par qui", |_, row: &AuditRow| Cell::text(row.actor())),
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
        let kinds = words::SUBJECTS.iter().map(|(code, label)| Facet::new(*code, *label)).collect();
        let mut filters = vec![
            Filter::choice_by("action", "Action", "Toutes", actions, |sql, codes| {
                any(sql, "e.action", codes);
            }),
            Filter::choice_by("aggregate", "Nature de l’objet", "Toutes", kinds, |sql, codes| {
                any(sql, "e.subject_kind", codes);
            }),
        ];
        filters.extend(Filter::period("Depuis le", "Jusqu’au", Time::At("e.at")));
        filters.push(Filter::id("subject", "Identifiant de l’objet", "e.subject_id"));
        filters.push(Filter::id("user", "Identifiant du compte qui a agi", "e.actor_id"));
        filters
    }
}

/// One code is an equality: the index that begins with the column gives the rows in the order of the trail.
fn any(sql: &mut Sql, column: &'static str, codes: &[String]) {
    match codes {
        [code] => sql.push(format_args!(" AND {column} = ")).push_bind(code.clone()),
        codes => sql.push(format_args!(" AND {column} = ANY(")).push_bind(codes.to_vec()).push(")"),
    };
}
