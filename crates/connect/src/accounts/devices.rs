//! Where an account is open: its sessions, in words that their holder recognises, and how they end one by one.

mod store;

use chrono::{DateTime, Utc};
use iae_server::Address;
use uuid::Uuid;

use crate::Connect;
use crate::error::Error;
use crate::events::{Event, Name};
use crate::sessions::{self, Session};

/// An open session of an account.
pub(crate) struct OpenSession {
    /// Which.
    pub(crate) id: Uuid,
    /// When it was opened.
    pub(crate) authenticated_at: DateTime<Utc>,
    /// When it last let someone into a service, if it did.
    pub(crate) last_seen_at: Option<DateTime<Utc>>,
    /// Address, or network, of the browser; empty when it was not kept.
    pub(crate) ip: String,
    pub(super) user_agent: String,
}

impl OpenSession {
    /// The browser and the system, in words.
    pub(crate) fn device(&self) -> String {
        format!("{}, {}", browser(&self.user_agent), system(&self.user_agent))
    }

    /// How long ago it was opened.
    pub(crate) fn opened(&self, now: DateTime<Utc>) -> String {
        ago(self.authenticated_at, now)
    }

    /// How long ago it last served.
    pub(crate) fn last_used(&self, now: DateTime<Utc>) -> String {
        ago(self.last_seen_at.unwrap_or(self.authenticated_at).max(self.authenticated_at), now)
    }
}

/// The sessions of an account, the one that served last first.
pub(crate) async fn open_sessions(connect: &Connect, account_id: Uuid) -> Result<Vec<OpenSession>, Error> {
    Ok(store::open_sessions(connect.db(), account_id, connect.now()).await?)
}

/// Ends one of the account's own; tells whether it was there.
pub(crate) async fn end(
    connect: &Connect,
    account_id: Uuid,
    session_id: Uuid,
    ip: Address,
) -> Result<bool, Error> {
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let ended = sessions::end::end_one(&mut tx, account_id, session_id, now).await?;
    if ended {
        Event::new(Name::Logout, ip).account(account_id).detail("one_session").record(&mut tx, now).await?;
    }
    tx.commit().await?;
    connect.logouts_written().notify_one();
    Ok(ended)
}

/// Ends all but the one that asks.
pub(crate) async fn end_others(connect: &Connect, kept: &Session, ip: Address) -> Result<(), Error> {
    let now = connect.now();
    let mut tx = connect.db().begin().await?;
    let ended = sessions::end::end_others(&mut tx, kept.account_id, kept.id, now).await?;
    if ended > 0 {
        let event = Event::new(Name::Logout, ip).account(kept.account_id).detail("other_sessions");
        event.record(&mut tx, now).await?;
    }
    tx.commit().await?;
    connect.logouts_written().notify_one();
    Ok(())
}

/// The family of a browser. The order counts: most say that they are Chrome and Safari too.
fn browser(user_agent: &str) -> &'static str {
    const FAMILIES: [(&str, &str); 9] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chromium", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let found = FAMILIES.iter().find(|(mark, _)| user_agent.contains(mark));
    found.map_or("Navigateur inconnu", |(_, family)| family)
}

/// The system it runs on. The order counts here too: Android says Linux, an iPhone says Mac OS X.
fn system(user_agent: &str) -> &'static str {
    const SYSTEMS: [(&str, &str); 8] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let found = SYSTEMS.iter().find(|(mark, _)| user_agent.contains(mark));
    found.map_or("système inconnu", |(_, system)| system)
}

/// A session lives for half an hour: minutes say it.
fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (now - at).num_minutes() {
        ..1 => "à l’instant".to_owned(),
        1 => "il y a une minute".to_owned(),
        minutes => format!("il y a {minutes}\u{a0}minutes"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_device_is_told_in_words() {
        let session = |user_agent: &str| OpenSession {
            id: Uuid::nil(),
            authenticated_at: DateTime::UNIX_EPOCH,
            last_seen_at: None,
            ip: String::new(),
            user_agent: user_agent.to_owned(),
        };
        for (user_agent, device) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
                "Firefox, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 \
                 Safari/537.36 Edg/128.0.0.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/17.5 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("", "Navigateur inconnu, système inconnu"),
            ("<script>", "Navigateur inconnu, système inconnu"),
        ] {
            assert_eq!(session(user_agent).device(), device);
        }
    }

    #[test]
    fn what_was_is_told_in_minutes() {
        let now = DateTime::UNIX_EPOCH;
        for (minutes, words) in [(0, "à l’instant"), (1, "il y a une minute"), (12, "il y a 12\u{a0}minutes")]
        {
            assert_eq!(ago(now - TimeDelta::minutes(minutes), now), words);
        }
    }
}
