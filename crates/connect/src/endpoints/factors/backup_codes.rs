//! `POST /factors/backup-codes`: other backup codes, which replace those of before.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use super::{Owner, added, onwards};
use crate::Connect;
use crate::error::PageError;
use crate::factors;

pub(in crate::endpoints) async fn post(
    State(connect): State<Connect>,
    Owner { account, presented, device, .. }: Owner,
    cookies: CookieJar,
) -> Result<Response, PageError> {
    match factors::renew_backup_codes(&connect, account.id, &presented, device.ip).await? {
        Some(codes) => added(&connect, cookies, None, Some(codes), None),
        None => Ok(Redirect::to(&onwards(&connect, None)).into_response()),
    }
}
