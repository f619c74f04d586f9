//! Sends one mail of the outbox.

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use iae_domain::ids::EmailId;

use super::worker::app_of;
use crate::App;
use crate::accounts::with_key;
use crate::error::{Error, Result};
use crate::notifications;
use crate::queue::SendEmail;

impl TaskHandler for SendEmail {
    const IDENTIFIER: &'static str = "send_email";

    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let app = app_of(&ctx)?;
        send(&app, self.email).await.map_err(|error| error.to_string())
    }
}

/// Sends the mail unless it was sent already. The row stays locked while the mailer works, so that two workers
/// never send it twice; a crash between the mailer and the commit may, which beats losing it.
async fn send(app: &App, id: EmailId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let Some(email) = notifications::lock_email(&mut tx, id).await? else { return Ok(()) };
    let email = with_key(app, &mut tx, email).await?;
    match app.mailer.send(&email).await {
        Ok(()) => {
            notifications::mark_sent(&mut tx, id, app.clock.now()).await?;
            tx.commit().await?;
            tracing::info!(email.id = %id, "mail sent");
            Ok(())
        }
        Err(error) => {
            notifications::mark_failed(&mut tx, id, &error.to_string()).await?;
            tx.commit().await?;
            Err(Error::internal("mail not sent", error))
        }
    }
}
