//! Opening a session.

use sqlx::PgConnection;
use uuid::Uuid;

use super::cookie::PresentedSession;
use super::{Device, LIFETIME, Methods, Session, end, store};
use crate::error::Error;
use crate::secret::Token;
use crate::{Connect, random};

/// A session to open.
pub(crate) struct Opening<'a> {
    /// For whom.
    pub(crate) account_id: Uuid,
    /// What they showed.
    pub(crate) methods: Methods,
    /// The application or the passkey among it.
    pub(crate) factor_id: Option<Uuid>,
    /// Where.
    pub(crate) device: &'a Device,
    /// The session this browser had.
    pub(crate) previous: &'a PresentedSession,
}

/// Opens a session, under a value that no one knew before. The one the browser had goes on when it is of the same person,
/// with what it gave; it ends when it is of another.
pub(crate) async fn open(
    connect: &Connect,
    db: &mut PgConnection,
    opening: Opening<'_>,
) -> Result<(Session, Token), Error> {
    let Opening { account_id, methods, factor_id, device, previous } = opening;
    let now = connect.now();
    let token = random::token()?;
    let mut id = None;
    if let Some(digest) = previous.digest()
        && let Some(former) = store::lock_open(db, &digest, now).await?
    {
        if former.account_id == account_id {
            id = Some(former.id);
        } else {
            end::end_one(db, former.account_id, former.id, now).await?;
        }
    }
    let row = store::Row {
        token_hash: &token.digest(),
        account_id,
        authenticated_at: now,
        expires_at: now + LIFETIME,
        methods,
        factor_id,
        user_agent: &device.user_agent,
        ip: &device.ip.to_string(),
    };
    let id = if let Some(id) = id {
        store::renew(db, id, &row).await?;
        id
    } else {
        let id = random::id(now)?;
        store::insert(db, id, &row).await?;
        id
    };
    Ok((Session { id, account_id, authenticated_at: now, methods, factor_id }, token))
}
