//! What a person who proved who they are gets: a second factor is asked for where there is one; otherwise a session opens, and
//! they go on to where they were headed.

use sqlx::PgConnection;
use uuid::Uuid;

use super::cookie::PresentedSession;
use super::step::Step;
use super::{Device, Headed, Methods, Opening, Session, open};
use crate::accounts::{self, Account};
use crate::error::Error;
use crate::events::{Event, Name};
use crate::grants::{self, Pending, issue_code};
use crate::secret::Token;
use crate::{Connect, clients, endpoints, factors};

/// Somebody whose password was right, or who proved as much.
pub(crate) struct Admission<'a> {
    /// Who.
    pub(crate) account: &'a Account,
    /// Where they are headed.
    pub(crate) headed: Headed<'a>,
    /// Where they are.
    pub(crate) device: &'a Device,
    /// The session this browser had.
    pub(crate) previous: &'a PresentedSession,
    /// Digest of the cookie of this browser ([`crate::browser::Browser`]).
    pub(crate) browser: &'a [u8],
}

/// Where they go now.
pub(crate) enum Admitted {
    /// A session is open; the address is that of the relying party with its code, or of a page of ours.
    In {
        /// For the cookie.
        session: Token,
        /// Where to.
        address: String,
    },
    /// The second factor is asked at this address; nothing is open yet.
    SecondFactor {
        /// Where to.
        address: String,
    },
    /// Someone signed in through the same page meanwhile.
    PageUsed,
}

/// Admits them. The caller keeps the account as it is until its transaction ends (`accounts::still_has`).
pub(crate) async fn admit(
    connect: &Connect,
    db: &mut PgConnection,
    admission: Admission<'_>,
) -> Result<Admitted, Error> {
    let Admission { account, headed, device, previous, browser } = admission;
    if factors::exist(&mut *db, account.id).await? {
        let step = Step::after_password(account, headed, browser, connect.now())?;
        return Ok(Admitted::SecondFactor { address: step.address(connect)? });
    }
    let opening =
        Opening { account_id: account.id, methods: Methods::Password, factor_id: None, device, previous };
    enter(connect, db, opening, headed).await
}

/// Opens the session of somebody who showed all there is to show.
pub(super) async fn enter(
    connect: &Connect,
    db: &mut PgConnection,
    opening: Opening<'_>,
    headed: Headed<'_>,
) -> Result<Admitted, Error> {
    if let Some((page_id, expires_at)) = headed.page()
        && !grants::answer_request(db, page_id, expires_at).await?
    {
        return Ok(Admitted::PageUsed);
    }
    let device = opening.device;
    let (session, token) = open(connect, db, opening).await?;
    let event = Event::new(Name::Login, device.ip).client(headed.client_id()).account(session.account_id);
    event.record(db, connect.now()).await?;
    let address = onwards(connect, db, &session, headed, device).await?;
    Ok(Admitted::In { session: token, address })
}

/// Where somebody whose session is open goes: to what must be done first, back to the relying party with its code, to where it
/// begins a sign-in of its own, or home.
pub(crate) async fn onwards(
    connect: &Connect,
    db: &mut PgConnection,
    session: &Session,
    headed: Headed<'_>,
    device: &Device,
) -> Result<String, Error> {
    let Headed::Answer(pending) = headed else {
        if let Some(due) = accounts::required(connect, db, session.account_id).await? {
            return Ok(due.address(connect.config(), None));
        }
        return match headed.client_id() {
            Some(client_id) => clients::start(connect, db, client_id).await,
            None => Ok(format!("{}/", connect.config().base_path())),
        };
    };
    if let Some(address) = pending.request.refusal_of(session, connect.config().issuer()) {
        return Ok(address);
    }
    if let Some(address) = first_due(connect, db, session, pending).await? {
        return Ok(address);
    }
    issue_code(connect, db, &pending.request, session, device.ip).await
}

/// The page of ours where something is to be done before a code is given, if anything is. It carries the request on.
pub(crate) async fn first_due(
    connect: &Connect,
    db: &mut PgConnection,
    session: &Session,
    pending: &Pending,
) -> Result<Option<String>, Error> {
    let carried = || pending.renewed(connect.now())?.seal(connect.secret());
    if pending.request.second_factor && !session.methods.are_two() {
        // Nobody who has a factor gets here without it: one is to be added.
        let base_path = connect.config().base_path();
        return Ok(Some(format!("{base_path}{}?request={}", endpoints::FACTORS, carried()?)));
    }
    match accounts::required(connect, db, session.account_id).await? {
        Some(due) => Ok(Some(due.address(connect.config(), Some(&carried()?)))),
        None => Ok(None),
    }
}

/// The account of a step or of a passkey, kept as it is until the transaction ends.
pub(super) async fn keep(db: &mut PgConnection, account_id: Uuid) -> Result<Option<Account>, Error> {
    let Some(account) = accounts::find_active(&mut *db, account_id).await? else { return Ok(None) };
    let kept = accounts::still_has(db, account.id, &account.password_hash).await?;
    Ok(kept.then_some(account))
}
