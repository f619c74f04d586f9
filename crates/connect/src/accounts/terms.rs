//! The conditions of use and the privacy policy: accepted at sign-up, and again when others apply (IDP-16).

use iae_server::Address;
use uuid::Uuid;

use super::store;
use crate::Connect;
use crate::error::Error;
use crate::events::{Event, Name};

/// The person accepts those in force.
pub(crate) async fn accept(connect: &Connect, account_id: Uuid, ip: Address) -> Result<(), Error> {
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    store::accept_terms(&mut tx, account_id, now).await?;
    Event::new(Name::AcceptTerms, ip).account(account_id).record(&mut tx, now).await?;
    tx.commit().await?;
    Ok(())
}
