//! Hears, in every process, what changed of the pages that anyone reads: Postgres tells it as a transaction commits, to whoever
//! listens (ADR 42; the triggers of 20261204100100 to 100600).

use std::convert::Infallible;
use std::time::Duration;

use iae_domain::ids::OrganisationId;
use sqlx::postgres::PgListener;
use tokio::time::sleep;

use crate::Db;

/// What is told on which channel: the id of a company, nothing.
const DIRECTORY: &str = "directory_changed";
const FIGURES: &str = "figures_changed";

/// How long to wait before listening again.
const RESPITE: Duration = Duration::from_secs(1);

/// What the pages that anyone reads show, as far as a change is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublicThing {
    /// The figures of the home page.
    Figures,
    /// A company and its posts.
    Company(OrganisationId),
}

impl PublicThing {
    /// What was told; none for words of another version.
    fn told(channel: &str, payload: &str) -> Option<Self> {
        match channel {
            FIGURES => Some(Self::Figures),
            DIRECTORY => payload.parse().ok().map(Self::Company),
            _ => None,
        }
    }
}

/// What is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// From now on, every change is.
    Listening,
    /// This changed.
    Changed(PublicThing),
    /// Changes are missed, and some may have been already.
    Deaf,
}

/// Listens as long as the process serves, on a connection of its own. A connection that is lost is told before there is another.
pub async fn follow(db: &Db, hear: impl Fn(News) + Send + Sync) -> Infallible {
    loop {
        if let Err(error) = listen(db, &hear).await {
            tracing::warn!(%error, "changes of the directory are not heard");
        }
        hear(News::Deaf);
        sleep(RESPITE).await;
    }
}

/// Listens until the connection is lost, or tells what is not understood.
async fn listen(db: &Db, hear: &(impl Fn(News) + Send + Sync)) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(db.pool()).await?;
    // What is told while it connects again would be missed.
    listener.eager_reconnect(false);
    listener.listen_all([DIRECTORY, FIGURES]).await?;
    hear(News::Listening);
    while let Some(told) = listener.try_recv().await? {
        let Some(what) = PublicThing::told(told.channel(), told.payload()) else { break };
        hear(News::Changed(what));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_a_company_or_the_figures() {
        let id = "0190e7a0-0000-7000-8000-000000000001";
        let company = PublicThing::Company(id.parse().unwrap());
        assert_eq!(PublicThing::told(DIRECTORY, id), Some(company));
        assert_eq!(PublicThing::told(FIGURES, ""), Some(PublicThing::Figures));
        assert_eq!(PublicThing::told(DIRECTORY, "une entreprise"), None);
        assert_eq!(PublicThing::told("jobs:insert", "{}"), None);
    }
}
