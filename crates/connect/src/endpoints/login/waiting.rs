//! What a login page answers: the request of a relying party, or nobody's; or the page that says why there is nothing to answer any more.

use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use url::Url;
use uuid::Uuid;

use super::over::LoginOver;
use crate::Connect;
use crate::browser::Browser;
use crate::endpoints::LOGIN;
use crate::error::{Error, PageError};
use crate::grants::{self, Asker, Pending};
use crate::params::Params;
use crate::sessions::{Headed, Visit};

/// What the page was opened for, as long as it serves.
pub(crate) struct Waiting {
    errand: Errand,
    /// As the address of the page carries it.
    carried: String,
}

enum Errand {
    /// The request of a relying party, and its name.
    Answer(Box<Pending>, String),
    /// One's own account.
    Account(Visit),
}

impl Waiting {
    /// What the page answers, or the page that says why there is nothing to.
    pub(crate) async fn find(
        connect: &Connect,
        query: Option<String>,
        browser: &Browser,
    ) -> Result<Result<Self, Response>, PageError> {
        let params = Params::parse(query.unwrap_or_default().as_bytes());
        if let Some(carried) = params.get("visit") {
            let visit = Visit::open(connect.secret(), carried);
            let visit = visit.filter(|visit| visit.is_open(browser.digest().as_deref(), connect.now()));
            return Ok(match visit {
                Some(visit) => Ok(Self { errand: Errand::Account(visit), carried: carried.to_owned() }),
                None => Err(LoginOver::of_account(connect.config())?),
            });
        }
        let carried = params.get("request").unwrap_or_default().to_owned();
        let Some(pending) = Pending::open(connect.secret(), &carried) else {
            return Ok(Err(LoginOver::of_nobody(connect.config())?));
        };
        let Some(Asker { client_name, answered }) = grants::find_asker(connect.db(), &pending).await? else {
            return Ok(Err(LoginOver::of_nobody(connect.config())?));
        };
        if !answered && pending.is_open(browser.digest().as_deref(), connect.now()) {
            return Ok(Ok(Self { errand: Errand::Answer(Box::new(pending), client_name), carried }));
        }
        Ok(Err(LoginOver::of_client(connect.config(), client_name, &pending.request)?))
    }

    /// Opens the page for somebody who comes for their account: its address carries what keeps it from serving twice.
    pub(super) fn visit(connect: &Connect, browser: Browser) -> Result<(CookieJar, Redirect), Error> {
        let (browser, cookies) = browser.known(connect.config())?;
        let visit = Visit::new(browser, connect.now())?.seal(connect.secret())?;
        Ok((cookies, Redirect::to(&format!("{}{LOGIN}?visit={visit}", connect.config().base_path()))))
    }

    /// Where the person is headed.
    pub(super) fn headed(&self) -> Headed<'_> {
        match &self.errand {
            Errand::Answer(pending, _) => Headed::Answer(pending),
            Errand::Account(visit) => Headed::Account(Some(visit)),
        }
    }

    /// Names the page, for what a passkey is asked.
    pub(super) fn id(&self) -> Uuid {
        match &self.errand {
            Errand::Answer(pending, _) => pending.id,
            Errand::Account(visit) => visit.id,
        }
    }

    /// The query of its address.
    pub(super) fn query(&self) -> String {
        match &self.errand {
            Errand::Answer(..) => format!("request={}", self.carried),
            Errand::Account(_) => format!("visit={}", self.carried),
        }
    }

    /// The request that its links carry along.
    pub(super) fn request(&self) -> Option<&str> {
        match &self.errand {
            Errand::Answer(..) => Some(&self.carried),
            Errand::Account(_) => None,
        }
    }

    /// The relying party that asks.
    pub(super) fn client_name(&self) -> Option<&str> {
        match &self.errand {
            Errand::Answer(_, name) => Some(name),
            Errand::Account(_) => None,
        }
    }

    /// Where its forms may end: at the relying party.
    pub(super) fn target(&self) -> Option<Url> {
        match &self.errand {
            Errand::Answer(pending, _) => pending.request.return_address.url(),
            Errand::Account(_) => None,
        }
    }

    /// The page that says that this one served meanwhile.
    pub(super) fn over(&self, connect: &Connect) -> Result<Response, PageError> {
        match &self.errand {
            Errand::Answer(pending, name) => {
                LoginOver::of_client(connect.config(), name.clone(), &pending.request)
            }
            Errand::Account(_) => LoginOver::of_account(connect.config()),
        }
    }
}

/// Whether an address asks for nothing in particular: somebody comes for their account.
pub(super) fn comes_for_account(query: Option<&str>) -> bool {
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    params.get("request").is_none() && params.get("visit").is_none()
}

/// Where somebody goes who is signed in already.
pub(super) fn home(connect: &Connect) -> Response {
    Redirect::to(&format!("{}/", connect.config().base_path())).into_response()
}
