//! The announcements that pages show are read again: every half minute, and at once by the process where one of them changes.

use std::convert::Infallible;
use std::time::Duration;

use tokio::time::sleep;

use super::queries;
use crate::App;
use crate::error::Result;

/// How old what is kept may be: what another process published is shown within a minute.
const READ_EVERY: Duration = Duration::from_secs(30);

/// Reads them again.
pub async fn refresh(app: &App) -> Result<()> {
    let turn = app.board.turn().await;
    turn.post(queries::lasting(&app.db, app.clock.now()).await?);
    Ok(())
}

/// Reads them again as long as the process serves. While the database is away, what was read last is shown until it ends.
pub async fn keep_fresh(app: &App) -> Infallible {
    loop {
        again(app).await;
        sleep(READ_EVERY).await;
    }
}

/// Reads them again after one changed: what was done is done, whatever becomes of the reading.
pub(super) async fn again(app: &App) {
    if let Err(error) = refresh(app).await {
        tracing::warn!(%error, "announcements are as they were last read");
    }
}
