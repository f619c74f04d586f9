//! `POST /revoke_token`: a relying party takes one of its tokens back (RFC 7009). What is unknown, or of another, is as good as
//! taken back.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use iae_server::Address;

use super::servers::{authenticated, note, token};
use super::token_error::TokenError;
use crate::params::{FormParams, Params};
use crate::{Connect, grants};

pub(super) async fn post(
    State(connect): State<Connect>,
    ip: Address,
    headers: HeaderMap,
    FormParams(form): FormParams,
) -> Result<StatusCode, TokenError> {
    let answer = revoke(&connect, ip, &headers, &form).await;
    note(&connect, ip, answer).await.map(|()| StatusCode::OK)
}

async fn revoke(
    connect: &Connect,
    ip: Address,
    headers: &HeaderMap,
    form: &Params,
) -> Result<(), TokenError> {
    let client = authenticated(connect, headers, form).await?;
    Ok(grants::revoke(connect, &client, &token(form)?, ip).await?)
}
