//! The audit trail: one row per event, in the transaction of the change, and the history of applications beside it.
//! Once committed, the rows are sealed by the worker ([`seal_all`]), and anyone can [`verify`] them.

pub mod chain;
pub mod queries;
pub mod verify;

use chrono::{DateTime, Utc};
use iae_domain::actor::ActorRecord;
use iae_domain::applications::ApplicationEvent;
use iae_domain::candidates::{CandidateEvent, FieldChange};
use iae_domain::ids::{AuditEventId, FieldChangeId, OrganisationId, RequestId, UserId, uuid_at};
use iae_domain::{Actor, Event};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::db::Db;
use crate::error::{Error, Result};

/// Rows of one seal.
const SEALED_AT_ONCE: i32 = 10_000;

/// Rows one statement deletes.
const PURGED_AT_ONCE: i32 = 10_000;

/// Seals all the rows that wait, a seal after the other; `progress` is told how many are done. The hash of each seal goes to
/// the log too, out of reach of who could write the trail anew.
pub async fn seal_all(db: &Db, progress: impl Fn(u64)) -> Result<u64> {
    let mut done = 0;
    while let Some(sealed) = queries::seal(db, SEALED_AT_ONCE).await? {
        tracing::info!(
            seal = sealed.number,
            events = sealed.events,
            hash = hex::encode(&sealed.hash),
            "audit trail sealed"
        );
        done += sealed.events.unsigned_abs();
        progress(done);
    }
    Ok(done)
}

/// Deletes the sealed rows older than this, and keeps their digests; returns how many.
pub async fn purge(db: &Db, before: DateTime<Utc>) -> Result<u64> {
    let mut done = 0;
    loop {
        let purged = queries::purge(db, before, PURGED_AT_ONCE).await?.unsigned_abs();
        if purged == 0 {
            return Ok(done);
        }
        done += purged;
    }
}

/// What every row of one action says alike.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// Who acted.
    pub by: ActorRecord,
    /// When.
    pub at: DateTime<Utc>,
    /// In which request or run of a task.
    pub request_id: RequestId,
    /// The member of the team who saw the platform as who acted (AUT-31).
    pub impersonator: Option<UserId>,
}

impl Stamp {
    /// Of what the platform does by itself.
    pub(crate) fn system(at: DateTime<Utc>) -> Self {
        Self { by: Actor::System.record(), at, request_id: RequestId::at(at), impersonator: None }
    }
}

/// Writes the rows of `events`, in their order. Called once for an action, at its end: by `Work::commit`, and by
/// imports.
pub(crate) async fn record(connection: &mut PgConnection, stamp: &Stamp, events: &[Event]) -> Result<()> {
    insert(connection, stamp, events).await?;
    insert_transitions(connection, stamp, events).await?;
    insert_field_changes(connection, stamp, events).await
}

async fn insert(connection: &mut PgConnection, stamp: &Stamp, events: &[Event]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = events.iter().map(|_| AuditEventId::at(stamp.at).0).collect();
    let actions: Vec<String> = events.iter().map(|event| event.name().to_owned()).collect();
    let (subject_kinds, subject_ids): (Vec<String>, Vec<Uuid>) =
        events.iter().map(Event::subject).map(|subject| (subject.kind.to_owned(), subject.id)).unzip();
    let payloads = events.iter().map(payload).collect::<Result<Vec<Value>>>()?;
    sqlx::query!(
        r#"
        INSERT INTO audit_events
            (id, at, actor_kind, actor_id, organisation_id, action, subject_kind, subject_id, payload, request_id,
             impersonator_id)
        SELECT id, $1, $2, $3, $4, action, subject_kind, subject_id, payload, $5, $11
        FROM unnest($6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::jsonb[])
            AS event (id, action, subject_kind, subject_id, payload)
        "#,
        stamp.at,
        stamp.by.kind,
        stamp.by.user as Option<UserId>,
        stamp.by.organisation as Option<OrganisationId>,
        stamp.request_id.0,
        &ids,
        &actions,
        &subject_kinds,
        &subject_ids,
        &payloads,
        stamp.impersonator as Option<UserId>,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The history shown on an application (WF-6) is kept apart from the audit trail, which is purged on its own terms.
async fn insert_transitions(connection: &mut PgConnection, stamp: &Stamp, events: &[Event]) -> Result<()> {
    let transition = |event: &ApplicationEvent| {
        event.states().map(|states| (event.application.0, states, event.answer().to_owned()))
    };
    let transitions: Vec<_> = events.iter().filter_map(of_application).filter_map(transition).collect();
    if transitions.is_empty() {
        return Ok(());
    }
    let from: Vec<Option<String>> =
        transitions.iter().map(|(_, (from, _), _)| from.map(|from| from.code().to_owned())).collect();
    let to: Vec<String> = transitions.iter().map(|(_, (_, to), _)| to.code().to_owned()).collect();
    sqlx::query!(
        r#"
        INSERT INTO application_transitions (id, application_id, at, from_state, to_state, user_id, answer)
        SELECT id, application_id, $1, from_state, to_state, $2, answer
        FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
            AS transition (id, application_id, from_state, to_state, answer)
        "#,
        stamp.at,
        stamp.by.user as Option<UserId>,
        &transitions.iter().map(|_| uuid_at(stamp.at)).collect::<Vec<Uuid>>(),
        &transitions.iter().map(|(application, ..)| *application).collect::<Vec<Uuid>>(),
        &from as &[Option<String>],
        &to,
        &transitions.iter().map(|(.., answer)| answer.clone()).collect::<Vec<String>>(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The history of a file holds what it said before and says since (HIS-1); the audit trail only which part.
async fn insert_field_changes(connection: &mut PgConnection, stamp: &Stamp, events: &[Event]) -> Result<()> {
    let of = |event: &CandidateEvent| {
        let candidate = event.candidate.0;
        event.field_changes().iter().cloned().map(move |change| (candidate, change)).collect::<Vec<_>>()
    };
    let changes: Vec<(Uuid, FieldChange)> = events.iter().filter_map(of_candidate).flat_map(of).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = changes.iter().map(|_| FieldChangeId::at(stamp.at).0).collect();
    let candidates: Vec<Uuid> = changes.iter().map(|(candidate, _)| *candidate).collect();
    let fields: Vec<String> = changes.iter().map(|(_, change)| change.field.code().to_owned()).collect();
    let before: Vec<Option<String>> = changes.iter().map(|(_, change)| change.before.clone()).collect();
    let after: Vec<Option<String>> = changes.into_iter().map(|(_, change)| change.after).collect();
    sqlx::query!(
        r#"
        INSERT INTO candidate_field_changes
            (id, candidate_id, at, user_id, organisation_id, field, before, after)
        SELECT id, candidate_id, $1, $2, $3, field, before, after
        FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[])
            AS change (id, candidate_id, field, before, after)
        "#,
        stamp.at,
        stamp.by.user as Option<UserId>,
        stamp.by.organisation as Option<OrganisationId>,
        &ids,
        &candidates,
        &fields,
        &before as &[Option<String>],
        &after as &[Option<String>],
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn of_candidate(event: &Event) -> Option<&CandidateEvent> {
    if let Event::Candidate(event) = event { Some(event) } else { None }
}

fn of_application(event: &Event) -> Option<&ApplicationEvent> {
    if let Event::Application(event) = event { Some(event) } else { None }
}

/// What the row of an event holds: states and ids.
pub fn payload(event: &Event) -> Result<Value> {
    serde_json::to_value(event).map_err(|error| Error::internal("audit payload", error))
}
