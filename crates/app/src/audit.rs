//! The audit trail: one row per event, in the transaction of the change, then the mails that follow from it.

use iae_domain::applications::{ApplicationChange, ApplicationEvent, StateCode};
use iae_domain::ids::{AuditEventId, OrganisationId, UserId, uuid_at};
use iae_domain::{Actor, Event};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::{App, Ctx, Tx, notifications};

/// Writes the audit rows of `events`, all at once, and queues the mails they call for. Every store calls it with the
/// events of the `Changed` it saves.
pub async fn record<A>(app: &App, tx: &mut Tx, ctx: &Ctx<A>, events: &[Event]) -> Result<()>
where
    A: Clone + Into<Actor> + Sync,
{
    let ctx = ctx.any();
    insert(tx, &ctx, events).await?;
    insert_transitions(tx, &ctx, events).await?;
    for event in events {
        notifications::enqueue(app, tx, &ctx, event).await?;
    }
    Ok(())
}

async fn insert(tx: &mut Tx, ctx: &Ctx<Actor>, events: &[Event]) -> Result<()> {
    let actor = ctx.actor_record();
    let ids: Vec<Uuid> = events.iter().map(|_| AuditEventId::at(ctx.now).0).collect();
    let actions: Vec<String> = events.iter().map(|event| event.name().to_owned()).collect();
    let (subject_kinds, subject_ids): (Vec<String>, Vec<Uuid>) =
        events.iter().map(Event::subject).map(|subject| (subject.kind.to_owned(), subject.id)).unzip();
    let payloads = events.iter().map(payload).collect::<Result<Vec<Value>>>()?;
    sqlx::query!(
        r#"
        INSERT INTO audit_events
            (id, at, actor_kind, actor_id, organisation_id, action, subject_kind, subject_id, payload, request_id)
        SELECT id, $1, $2, $3, $4, action, subject_kind, subject_id, payload, $5
        FROM unnest($6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::jsonb[])
            AS event (id, action, subject_kind, subject_id, payload)
        "#,
        ctx.now,
        actor.kind,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        ctx.request_id.0,
        &ids,
        &actions,
        &subject_kinds,
        &subject_ids,
        &payloads,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The history shown on an application (WF-6) is kept apart from the audit trail, which is purged on its own terms.
async fn insert_transitions(tx: &mut Tx, ctx: &Ctx<Actor>, events: &[Event]) -> Result<()> {
    let events: Vec<&ApplicationEvent> = events.iter().filter_map(of_application).collect();
    if events.is_empty() {
        return Ok(());
    }
    let states: Vec<_> = events.iter().map(|event| states(&event.change)).collect();
    let from: Vec<Option<String>> =
        states.iter().map(|(from, _)| from.map(|from| from.code().to_owned())).collect();
    let to: Vec<String> = states.iter().map(|(_, to)| to.code().to_owned()).collect();
    sqlx::query!(
        r#"
        INSERT INTO application_transitions (id, application_id, at, from_state, to_state, user_id)
        SELECT id, application_id, $1, from_state, to_state, $2
        FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[])
            AS transition (id, application_id, from_state, to_state)
        "#,
        ctx.now,
        ctx.actor_record().user as Option<UserId>,
        &events.iter().map(|_| uuid_at(ctx.now)).collect::<Vec<Uuid>>(),
        &events.iter().map(|event| event.application.0).collect::<Vec<Uuid>>(),
        &from as &[Option<String>],
        &to,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

const fn of_application(event: &Event) -> Option<&ApplicationEvent> {
    match event {
        Event::Application(event) => Some(event),
        Event::Account(_) | Event::Candidate(_) | Event::Draft(_) | Event::Diagnosis(_) | Event::Pass(_) => {
            None
        }
    }
}

/// The state an application left, if it had one, and the one it came to.
const fn states(change: &ApplicationChange) -> (Option<StateCode>, StateCode) {
    match change {
        ApplicationChange::Submitted => (None, StateCode::New),
        ApplicationChange::Processing { from } => (Some(*from), StateCode::Processing),
        ApplicationChange::Postponed { from } => (Some(*from), StateCode::Postponed),
        ApplicationChange::Refused { from, .. } => (Some(*from), StateCode::Refused),
        ApplicationChange::Accepted { from, .. } => (Some(*from), StateCode::Accepted),
        ApplicationChange::BecameObsolete { from, .. } => (Some(*from), StateCode::Obsolete),
    }
}

/// What the row of an event holds: states and ids.
pub fn payload(event: &Event) -> Result<Value> {
    let value = match event {
        Event::Account(event) => serde_json::to_value(&event.change),
        Event::Candidate(event) => serde_json::to_value(&event.change),
        Event::Application(event) => serde_json::to_value(&event.change),
        Event::Draft(event) => serde_json::to_value(event.change),
        Event::Diagnosis(event) => serde_json::to_value(&event.change),
        Event::Pass(event) => serde_json::to_value(&event.change),
    };
    value.map_err(|error| Error::internal("audit payload", error))
}
