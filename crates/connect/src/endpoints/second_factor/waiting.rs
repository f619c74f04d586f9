//! What the pages of a second factor wait for.

use axum::response::Response;
use url::Url;

use crate::Connect;
use crate::browser::Browser;
use crate::clients;
use crate::endpoints::login::over::LoginOver;
use crate::error::PageError;
use crate::params::Params;
use crate::sessions::Headed;
use crate::sessions::step::Step;

/// A second factor that is waited for in this browser.
pub(super) struct Waiting {
    /// Of whom, and to go where.
    pub(super) step: Step,
    /// As the address of the page carries it.
    pub(super) carried: String,
    /// Where its forms may end: at the relying party.
    pub(super) target: Option<Url>,
}

impl Waiting {
    /// What the page waits for, or the page that says that it waits no more.
    pub(super) async fn find(
        connect: &Connect,
        query: Option<String>,
        browser: &Browser,
    ) -> Result<Result<Self, Response>, PageError> {
        let params = Params::parse(query.unwrap_or_default().as_bytes());
        let carried = params.get("step").unwrap_or_default().to_owned();
        let step = Step::open(connect, &carried)
            .filter(|step| step.is_open(browser.digest().as_deref(), connect.now()));
        let Some(step) = step else { return Ok(Err(LoginOver::of_nobody(connect.config())?)) };
        let target = target(connect, &step).await?;
        Ok(Ok(Self { step, carried, target }))
    }
}

async fn target(connect: &Connect, step: &Step) -> Result<Option<Url>, PageError> {
    match step.headed() {
        Headed::Answer(pending) => Ok(pending.request.return_address.url()),
        Headed::Start(client_id) => {
            let client = clients::find(connect.db(), client_id).await?;
            Ok(client.and_then(|client| client.own_start(connect.config())))
        }
        Headed::Account(_) => Ok(None),
    }
}
