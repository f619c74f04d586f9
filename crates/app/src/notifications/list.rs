//! The outbox, as staff read it.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::exports::ListKind;
use iae_domain::ids::EmailId;
use iae_domain::notifications::{EmailKind, EmailStatus};
use iae_domain::staff::{StaffRight, ensure};

use crate::Ctx;
use crate::error::Result;
use crate::list::{Asked, Cell, Column, Facet, Facets, Filter, List, Sql, Time};
use crate::queue::MAX_ATTEMPTS;

/// Every mail.
#[derive(Debug, Clone, Copy)]
pub struct Outbox;

impl Outbox {
    /// The list of whoever may read it.
    pub fn of(ctx: &Ctx<StaffActor>) -> Result<Self> {
        ensure(&ctx.actor, StaffRight::ReadEmails)?;
        Ok(Self)
    }
}

/// A mail, as listed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct EmailRow {
    /// Its id.
    pub id: EmailId,
    /// Where it is on its way out.
    pub status: EmailStatus,
    /// How many times it was tried.
    pub attempts: i16,
    kind: String,
    recipient: String,
    subject: String,
    last_error: Option<String>,
    created_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
}

/// A status in words: a mail that failed says whether it is tried again.
pub const fn status_label(status: EmailStatus, attempts: i16) -> &'static str {
    match status {
        EmailStatus::Failed if attempts < MAX_ATTEMPTS => "Échec, sera retenté",
        EmailStatus::Failed => "Échec, abandonné",
        EmailStatus::Queued | EmailStatus::Sent => status.label(),
    }
}

/// By status, and for those that failed by what becomes of them.
fn status() -> Filter {
    let mut statuses: Vec<Facet> =
        EmailStatus::ALL.iter().map(|status| Facet::new(status.code(), status.label())).collect();
    statuses.push(Facet::new(RETRIED, "Échec, sera retenté"));
    statuses.push(Facet::new(ABANDONED, "Échec, abandonné"));
    Filter::choice_by("status", "Statut", "Tous", statuses, |sql, codes| {
        sql.push(" AND (e.status = ANY(").push_bind(codes.to_vec()).push(")");
        for (code, tried) in [(RETRIED, "<"), (ABANDONED, ">=")] {
            if codes.iter().any(|asked| asked == code) {
                sql.push(format_args!(" OR e.status = 'failed' AND e.attempts {tried} "))
                    .push_bind(MAX_ATTEMPTS);
            }
        }
        sql.push(")");
    })
}

/// Mails refused so far, that will be sent again.
const RETRIED: &str = "retried";
/// Mails refused so often that nothing sends them again.
const ABANDONED: &str = "abandoned";

impl List for Outbox {
    type Row = EmailRow;

    const KIND: ListKind = ListKind::Emails;
    const ID: &'static str = "e.id";
    const KEPT: &'static str = "e.*";
    const JOINS: &'static str = "";

    fn cut(&self, sql: &mut Sql, _: &Asked) {
        sql.push("FROM emails e WHERE true");
    }

    fn fill(&self, sql: &mut Sql) {
        sql.push(
            "page.id
             , page.kind
             , page.recipient
             , page.subject
             , page.status
             , page.attempts
             , page.last_error
             , page.created_at
             , page.sent_at",
        );
    }

    fn columns(&self) -> Vec<Column<Self>> {
        vec![
            Column::new("subject", "Objet", |_, row: &EmailRow| Cell::text(&row.subject)),
            Column::new("recipient", "Destinataire", |_, row: &EmailRow| Cell::text(&row.recipient)),
            Column::new("kind", "Nature", |_, row: &EmailRow| {
                let kind = EmailKind::parse(&row.kind);
                Cell::text(kind.map_or(row.kind.as_str(), |kind| kind.label()))
            }),
            Column::new("status", "Statut", |_, row: &EmailRow| {
                Cell::text(status_label(row.status, row.attempts))
            })
            .under("Dernière erreur", |_, row: &EmailRow| Cell::text_or(row.last_error.as_deref(), "")),
            Column::new("created", "Décidé", |_, row: &EmailRow| Cell::At(row.created_at))
                .latest_first("e.created_at"),
            Column::new("sent", "Parti", |_, row: &EmailRow| {
                let is_given_up = row.status == EmailStatus::Failed && row.attempts >= MAX_ATTEMPTS;
                Cell::at_or(row.sent_at, if is_given_up { "Jamais" } else { "Pas encore" })
            }),
        ]
    }

    fn filters(&self, _: &Facets) -> Vec<Filter> {
        let mut filters = vec![status()];
        filters.extend(Filter::period("Décidé depuis le", "Jusqu’au", Time::At("e.created_at")));
        filters
    }
}
