//! Signing out: everywhere at once (IDP-21).

use uuid::Uuid;

use super::end;
use iae_server::Address;

use crate::Connect;
use crate::error::Error;
use crate::events::{Event, Name};

/// Ends every session of the account, in all browsers, and revokes its codes and tokens.
pub(crate) async fn log_out_everywhere(
    connect: &Connect,
    account_id: Uuid,
    client_id: Option<&str>,
    ip: Address,
) -> Result<(), Error> {
    let mut tx = connect.db().begin().await?;
    // An id token given back again ends nothing more.
    if end::end_all(&mut tx, account_id, connect.now()).await? > 0 {
        let event = Event::new(Name::Logout, ip).account(account_id).client(client_id);
        event.record(&mut tx, connect.now()).await?;
    }
    tx.commit().await?;
    connect.logouts_written().notify_one();
    Ok(())
}
