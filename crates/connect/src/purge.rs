//! Removing what is no longer of use: each running instance does it every hour, an operator when they like. Nothing depends
//! on it, since expired rows are never read.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;

use crate::accounts::{email_change, reset, sign_up};
use crate::error::Error;
use crate::sessions::backchannel;
use crate::{Connect, emails, events, grants, keys, sessions, throttle};

/// How long the audit trail is kept (recommendation of the CNIL on logs: six months to a year).
const EVENTS_KEPT: TimeDelta = TimeDelta::days(365);
/// How long an id token is recognised as a logout hint after its key was retired.
const RETIRED_KEYS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long logouts told to relying parties are kept, taken or given up.
const LOGOUTS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long mails are kept, sent or given up.
const EMAILS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long what waited for a mail to be opened is known after its link served: who opens it late is told why.
const LINKS_KEPT: TimeDelta = TimeDelta::days(7);
/// How long a used code is remembered after its expiry, to recognise a replay.
const CODES_KEPT: TimeDelta = TimeDelta::hours(1);

/// Removes expired sessions, requests, tokens, codes, failures, keys, old mails and events; returns how many
/// rows went.
pub async fn purge(db: &PgPool, now: DateTime<Utc>) -> Result<u64, Error> {
    let removed = [
        sessions::purge(db, now).await?,
        grants::purge_requests(db, now).await?,
        grants::purge_tokens(db, now).await?,
        grants::purge_codes(db, now - CODES_KEPT).await?,
        throttle::purge(db, now - throttle::EMAIL_WINDOW).await?,
        keys::purge(db, now - RETIRED_KEYS_KEPT).await?,
        emails::purge(db, now - EMAILS_KEPT).await?,
        backchannel::purge(db, now - LOGOUTS_KEPT).await?,
        emails::purge_requests(db, now - emails::WINDOW).await?,
        sign_up::purge(db, now - LINKS_KEPT).await?,
        reset::purge(db, now - LINKS_KEPT).await?,
        email_change::purge(db, now - LINKS_KEPT).await?,
        events::purge(db, now - EVENTS_KEPT).await?,
    ];
    Ok(removed.iter().sum())
}

/// Removes what expired, again and again.
pub(crate) async fn keep_purging(connect: Connect) {
    loop {
        match purge(connect.db(), connect.now()).await {
            Ok(rows) => tracing::info!(rows, "expired rows of the provider removed"),
            Err(error) => tracing::warn!(%error, "expired rows of the provider stay"),
        }
        tokio::time::sleep(connect.config().purged_every).await;
    }
}
