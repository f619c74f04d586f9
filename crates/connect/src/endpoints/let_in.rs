//! What comes after somebody proved an address or did what was due: back to the relying party they came from (IDP-4), or home. In
//! another browser than the one they came from, that relying party would take no answer (OID-4): they begin again there, signed in.

use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use super::home::Done;
use crate::accounts::{self, Account};
use crate::browser::Browser;
use crate::clients::Client;
use crate::error::{Error, PageError};
use crate::grants::{self, Pending};
use crate::sessions::admit::{Admission, Admitted, admit, onwards};
use crate::sessions::cookie::{self, PresentedSession};
use crate::sessions::{Device, Headed};
use crate::{Connect, clients};

/// The browser somebody is let in from.
pub(super) struct Visitor {
    /// Where it is.
    pub(super) device: Device,
    /// The session it had.
    pub(super) previous: PresentedSession,
    /// How its login pages know it.
    pub(super) browser: Browser,
}

/// A request kept with a link, and who made it.
pub(super) struct Kept {
    pending: Pending,
    client: Client,
}

impl Kept {
    /// What a link kept, when its relying party still takes the answer where it asked for it.
    pub(super) async fn find(connect: &Connect, sealed: Option<&str>) -> Result<Option<Self>, Error> {
        let Some(pending) = sealed.and_then(|sealed| Pending::open(connect.secret(), sealed)) else {
            return Ok(None);
        };
        let client = clients::find(connect.db(), &pending.request.client_id).await?;
        let uri = &pending.request.return_address.redirect_uri;
        let client = client.filter(|client| client.accepts_redirect_uri(uri));
        Ok(client.map(|client| Self { pending, client }))
    }

    fn is_of(&self, browser: &Browser) -> bool {
        self.pending.was_made_in(browser.digest().as_deref())
    }

    /// Where the form may end in this browser: at the relying party.
    pub(super) fn target(&self, connect: &Connect, browser: &Browser) -> Option<Url> {
        if self.is_of(browser) {
            self.pending.request.return_address.url()
        } else {
            self.client.own_start(connect.config())
        }
    }
}

/// Opens a session for the holder of an account, who just proved its address and chose its password. Where there is a second
/// factor, it is asked first.
pub(super) async fn let_in(
    connect: &Connect,
    account: &Account,
    kept: Option<Kept>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let Visitor { device, previous, browser } = visitor;
    let is_here = kept.as_ref().is_some_and(|kept| kept.is_of(&browser));
    let (browser, cookies) = browser.known(connect.config())?;
    // Begun again: a link serves for longer than a login page.
    let begun = kept.as_ref().filter(|_| is_here);
    let begun = begun.map(|kept| kept.pending.renewed(connect.now())).transpose()?;
    let headed = match (&begun, &kept) {
        (Some(pending), _) => Headed::Answer(pending),
        (None, Some(kept)) => Headed::Start(&kept.client.id),
        (None, None) => Headed::Account(None),
    };
    let mut tx = connect.db().begin().await?;
    if !accounts::still_has(&mut tx, account.id, &account.password_hash).await? {
        return Ok(Redirect::to(&Done::home(connect, None)).into_response());
    }
    let admission = Admission { account, headed, device: &device, previous: &previous, browser: &browser };
    let admitted = admit(connect, &mut tx, admission).await?;
    tx.commit().await?;
    connect.logouts_written().notify_one();
    Ok(match admitted {
        Admitted::In { session, address } => {
            let cookies = cookies.add(cookie::set(connect.config(), &session));
            (cookies, Redirect::to(&address)).into_response()
        }
        Admitted::SecondFactor { address } => (cookies, Redirect::to(&address)).into_response(),
        Admitted::PageUsed => Redirect::to(&Done::home(connect, None)).into_response(),
    })
}

/// Sends somebody who is signed in back to the relying party they came from, once; home otherwise, where `done` is said.
pub(super) async fn resume(
    connect: &Connect,
    presented: &PresentedSession,
    pending: Option<&Pending>,
    device: &Device,
    done: Done,
) -> Result<Response, PageError> {
    let home = || Redirect::to(&Done::home(connect, Some(done))).into_response();
    let Some(pending) = pending else { return Ok(home()) };
    let mut tx = connect.db().begin().await?;
    let Some(session) = presented.lock(&mut tx, connect.now()).await? else { return Ok(home()) };
    if !grants::answer_request(&mut tx, pending.id, pending.expires_at).await? {
        return Ok(home());
    }
    let address = onwards(connect, &mut tx, &session, Headed::Answer(pending), device).await?;
    tx.commit().await?;
    Ok(Redirect::to(&address).into_response())
}
