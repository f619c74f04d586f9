//! The audit trail: one row per event, in the transaction of the change, then the mails that follow from it.

use iae_domain::applications::{ApplicationChange, ApplicationEvent};
use iae_domain::ids::{AuditEventId, OrganisationId, UserId};
use iae_domain::{Actor, Event};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::{App, Ctx, Tx, notifications};

/// Writes the audit rows of `events` and queues the mails they call for. Every store calls it with the events of
/// the `Changed` it saves.
pub async fn record<A>(app: &App, tx: &mut Tx, ctx: &Ctx<A>, events: &[Event]) -> Result<()>
where
    A: Clone + Into<Actor> + Sync,
{
    let ctx = ctx.any();
    for event in events {
        insert(tx, &ctx, event).await?;
        if let Event::Application(event) = event {
            insert_transition(tx, &ctx, event).await?;
        }
        notifications::enqueue(app, tx, &ctx, event).await?;
    }
    Ok(())
}

async fn insert(tx: &mut Tx, ctx: &Ctx<Actor>, event: &Event) -> Result<()> {
    let actor = ctx.actor_record();
    let subject = event.subject();
    sqlx::query!(
        r#"
        INSERT INTO audit_events
            (id, at, actor_kind, actor_id, organisation_id, action, subject_kind, subject_id, payload, request_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        "#,
        AuditEventId::at(ctx.now) as _,
        ctx.now,
        actor.kind,
        actor.user as Option<UserId>,
        actor.organisation as Option<OrganisationId>,
        event.name(),
        subject.kind,
        subject.id,
        payload(event)?,
        ctx.request_id.0,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The history shown on an application (WF-6) is kept apart from the audit trail, which is purged on its own terms.
async fn insert_transition(tx: &mut Tx, ctx: &Ctx<Actor>, event: &ApplicationEvent) -> Result<()> {
    use iae_domain::applications::StateCode;
    let (from, to) = match &event.change {
        ApplicationChange::Submitted => (None, StateCode::New),
        ApplicationChange::Processing { from } => (Some(*from), StateCode::Processing),
        ApplicationChange::Postponed { from } => (Some(*from), StateCode::Postponed),
        ApplicationChange::Refused { from, .. } => (Some(*from), StateCode::Refused),
        ApplicationChange::Accepted { from, .. } => (Some(*from), StateCode::Accepted),
        ApplicationChange::BecameObsolete { from, .. } => (Some(*from), StateCode::Obsolete),
    };
    sqlx::query!(
        r#"
        INSERT INTO application_transitions (id, application_id, at, from_state, to_state, user_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        iae_domain::ids::uuid_at(ctx.now),
        event.application as _,
        ctx.now,
        from.map(StateCode::code),
        to.code(),
        ctx.actor_record().user as Option<UserId>,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
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
