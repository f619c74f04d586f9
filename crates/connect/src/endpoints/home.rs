//! `GET /`: the account of who is signed in, and what they may do of it; for others, how to get in. Who opened it on the way to a
//! relying party that takes no answer in this browser finds a link to it.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::forms::shown;
use crate::accounts::{self, Account};
use crate::error::{Error, PageError};
use crate::page::Layout;
use crate::params::Params;
use crate::sessions::cookie::PresentedSession;
use crate::{Connect, clients};

/// What was just done, said once on the page one comes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// The password changed.
    Password,
    /// The names changed.
    Names,
    /// The conditions of use were accepted.
    Terms,
}

impl Done {
    const ALL: [Self; 3] = [Self::Password, Self::Names, Self::Terms];

    fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Names => "names",
            Self::Terms => "terms",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Password => {
                "Votre mot de passe a changé. Les sessions ouvertes sur vos autres appareils sont fermées."
            }
            Self::Names => {
                "Votre nom est enregistré. Les services que vous utilisez le verront à votre prochaine connexion."
            }
            Self::Terms => "Vous avez accepté les conditions d’utilisation.",
        }
    }

    /// The address of the page that says it.
    pub(super) fn home(connect: &Connect, done: Option<Self>) -> String {
        let home = Layout { base_path: connect.config().base_path() }.home();
        done.map_or(home.clone(), |done| format!("{home}?done={}", done.word()))
    }
}

#[derive(Template)]
#[template(path = "connect/home.html")]
struct HomePage<'a> {
    layout: Layout<'a>,
    person: Option<Account>,
    done: Option<&'static str>,
    /// The relying party they were headed for, and where it is found.
    service: Option<(String, String)>,
}

pub(super) async fn get(
    State(connect): State<Connect>,
    RawQuery(query): RawQuery,
    session: PresentedSession,
) -> Result<Response, PageError> {
    let person = match session.find(&connect).await? {
        Some(session) => accounts::find_active(connect.db(), session.account_id).await?,
        None => None,
    };
    let params = Params::parse(query.unwrap_or_default().as_bytes());
    let word = params.get("done").unwrap_or_default();
    let done = Done::ALL.into_iter().find(|done| done.word() == word).map(Done::sentence);
    let service = match params.get("service") {
        Some(client_id) => service(&connect, client_id).await?,
        None => None,
    };
    let layout = Layout { base_path: connect.config().base_path() };
    shown(StatusCode::OK, &HomePage { layout, person, done, service }, None)
}

/// The name of a relying party, and where one begins at it.
async fn service(connect: &Connect, client_id: &str) -> Result<Option<(String, String)>, Error> {
    let Some(client) = clients::find(connect.db(), client_id).await? else { return Ok(None) };
    let start = client.own_start(connect.config()).map(String::from).or_else(|| client.site());
    Ok(start.map(|start| (client.name, start)))
}
