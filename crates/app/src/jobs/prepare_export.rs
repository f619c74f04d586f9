//! Writes a sheet too long to be waited for, and says how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use iae_domain::Actor;
use iae_domain::actor::{EmployerActor, InspectorActor, StaffActor};
use iae_domain::exports::ListKind;
use iae_domain::exports::prepared::{Ended, Owner, may_take};
use iae_domain::ids::{ExportId, RequestId};

use super::list::Jobs;
use super::worker::app_of;
use crate::access_log::list::AccessLog;
use crate::accounts::oversight::list::Users;
use crate::accounts::signed_in;
use crate::admin::list::AuditTrail;
use crate::admin::organisations::list::Organisations;
use crate::applications::list::{Applications, SentElsewhere};
use crate::candidates::list::Candidates;
use crate::control::campaigns::list::ControlCampaigns;
use crate::control::controls::queries::review::list::Controls;
use crate::error::{Error, Result};
use crate::exports::{self, Wanted, sheet};
use crate::habilitations::authorisations::list::Authorisations;
use crate::habilitations::list::Habilitations;
use crate::habilitations::register::list::AuthorisedPrescribers;
use crate::list::List;
use crate::notifications::list::Outbox;
use crate::organisations::invitations::list::TeamInvitations;
use crate::organisations::members::list::Members;
use crate::pass::list::Passes;
use crate::pass::prolongation::list::Prolongations;
use crate::queue::PrepareExport;
use crate::self_prescriptions::list::SelfPrescriptions;
use crate::self_prescriptions::list::companies::SelfPrescribers;
use crate::{App, Ctx};

/// How often whoever waits is told how far it is.
const TOLD_EVERY: Duration = Duration::from_secs(1);

impl TaskHandler for PrepareExport {
    const IDENTIFIER: &'static str = "prepare_export";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        prepare(&app, self.export).await.map_err(|error| error.to_string())
    }
}

/// Writes it as its reader may read it now: who lost the right since gets nothing.
async fn prepare(app: &App, id: ExportId) -> Result<()> {
    let now = app.clock.now();
    let Some(wanted) = exports::wanted(&app.db, id).await? else { return Ok(()) };
    let Owner { user, organisation, .. } = wanted.owner;
    let person = signed_in(&app.db, user, organisation, now).await?;
    let actor = person.and_then(|person| person.actor()).filter(|actor| may_take(actor, &wanted.owner));
    let Some(actor) = actor else { return exports::end(app, &wanted, Ended::Denied).await };
    let ctx = Ctx { actor, now, request_id: RequestId::at(now), impersonator: None };
    match write(app, &ctx, &wanted).await {
        Ok(rows) => exports::end(app, &wanted, Ended::Ready { rows: rows.into() }).await,
        Err(Error::Denied(_) | Error::NotFound) => exports::end(app, &wanted, Ended::Denied).await,
        Err(error) => Err(error),
    }
}

/// Answers how many rows it has.
async fn write(app: &App, ctx: &Ctx<Actor>, wanted: &Wanted) -> Result<u32> {
    match wanted.list {
        ListKind::Applications => told(app, Applications::of(ctx)?, wanted).await,
        ListKind::ApplicationsSent => {
            let employer = ctx.with(EmployerActor::try_from(ctx.actor.clone())?);
            told(app, SentElsewhere::of(&employer)?, wanted).await
        }
        ListKind::Passes => told(app, Passes::of(ctx)?, wanted).await,
        ListKind::Prolongations => told(app, Prolongations::of(ctx)?, wanted).await,
        ListKind::Candidates => told(app, Candidates::of(ctx)?, wanted).await,
        ListKind::Members => told(app, Members::of(ctx)?, wanted).await,
        ListKind::Habilitations => told(app, Habilitations::of(ctx)?, wanted).await,
        ListKind::Authorisations => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, Authorisations::of(&staff)?, wanted).await
        }
        ListKind::AuthorisedPrescribers => told(app, AuthorisedPrescribers::on(ctx.today()), wanted).await,
        ListKind::Organisations => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, Organisations::of(&staff)?, wanted).await
        }
        ListKind::AccessLog => told(app, AccessLog::of(ctx)?, wanted).await,
        ListKind::SelfPrescriptions => {
            let inspector = ctx.with(InspectorActor::try_from(ctx.actor.clone())?);
            told(app, SelfPrescriptions::of(&inspector, String::new())?, wanted).await
        }
        ListKind::SelfPrescribers => {
            let inspector = ctx.with(InspectorActor::try_from(ctx.actor.clone())?);
            told(app, SelfPrescribers::of(&inspector, String::new())?, wanted).await
        }
        ListKind::ControlCampaigns => told(app, ControlCampaigns::of(ctx)?, wanted).await,
        ListKind::Controls => told(app, Controls::asked(app, ctx, wanted.query()).await?, wanted).await,
        ListKind::AuditTrail => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, AuditTrail::of(&staff)?, wanted).await
        }
        ListKind::Invitations => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, TeamInvitations::of(&staff)?, wanted).await
        }
        ListKind::Users => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, Users::of(&staff)?, wanted).await
        }
        ListKind::Emails => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, Outbox::of(&staff)?, wanted).await
        }
        ListKind::Jobs => {
            let staff = ctx.with(StaffActor::try_from(ctx.actor.clone())?);
            told(app, Jobs::of(&staff)?, wanted).await
        }
    }
}

/// Writes the sheet, and keeps meanwhile how many rows it has.
async fn told<L: List>(app: &App, list: L, wanted: &Wanted) -> Result<u32> {
    let written = Arc::<AtomicU32>::default();
    let mut sheet = std::pin::pin!(sheet(app, list, wanted, Arc::clone(&written)));
    loop {
        match tokio::time::timeout(TOLD_EVERY, sheet.as_mut()).await {
            Ok(done) => return done.map(|()| written.load(Ordering::Relaxed)),
            Err(_) => tell(app, wanted.id, written.load(Ordering::Relaxed)).await?,
        }
    }
}

async fn tell(app: &App, id: ExportId, written: u32) -> Result<()> {
    sqlx::query!("UPDATE exports SET rows_written = $2 WHERE id = $1", id as _, i64::from(written))
        .execute(&app.db)
        .await?;
    Ok(())
}
