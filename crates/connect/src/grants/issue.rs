//! Giving a relying party its code.

use sqlx::PgConnection;

use super::{AuthorizationRequest, CODE_LIFETIME, store};
use iae_server::Address;

use crate::error::Error;
use crate::events::{Event, Name};
use crate::sessions::{self, Session};
use crate::{Connect, random};

/// Makes a code for the session, remembers the login at this relying party (IDP-9) and returns the
/// address to send the person to.
pub(crate) async fn issue_code(
    connect: &Connect,
    db: &mut PgConnection,
    request: &AuthorizationRequest,
    session: &Session,
    ip: Address,
) -> Result<String, Error> {
    let now = connect.now();
    let code = random::token()?;
    let new = store::NewCode {
        id: random::id(now)?,
        code_hash: &code.digest(),
        request,
        session,
        issued_at: now,
        expires_at: now + CODE_LIFETIME,
    };
    store::insert_code(db, &new).await?;
    sessions::serve(db, session.id, &request.client_id, now).await?;
    store::record_client_login(db, session.account_id, &request.client_id, now).await?;
    let event = Event::new(Name::Redirect, ip).client(&*request.client_id).account(session.account_id);
    event.record(db, now).await?;
    Ok(request.return_address.with_code(code.reveal(), connect.config().issuer()))
}
