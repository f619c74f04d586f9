//! One file per endpoint; `routes.rs` says which answers where.

mod account;
mod activate;
mod admitted;
mod authorize;
mod change_email;
mod change_password;
mod confirm_email;
mod discovery;
mod factors;
mod forgot_password;
mod forms;
mod holder;
mod home;
mod introspect;
mod let_in;
mod login;
mod logout;
mod logout_confirmation;
mod mail_sent;
mod operators;
mod owner;
mod paths;
mod register;
mod reset_password;
mod revoke;
mod routes;
mod second_factor;
mod servers;
mod sessions;
mod terms;
mod token;
pub(crate) mod token_error;
mod userinfo;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

pub(crate) use paths::{
    AUTHORIZE, CONFIRM_EMAIL, EMAIL, EMAIL_CANCELLATION, EMAIL_CONFIRMATION, FACTORS, FORGOT_PASSWORD,
    INTROSPECT, JWKS, LOGIN, LOGOUT, OPERATORS, OPERATORS_CLIENTS, PASSWORD, REGISTER, RESET_PASSWORD,
    REVOKE, SECOND_FACTOR, SESSIONS, TERMS, TOKEN, USERINFO,
};
pub(crate) use routes::routes;

/// A JSON answer that nobody keeps.
fn json<T: serde::Serialize>(document: &T) -> Result<Response, crate::Error> {
    let body = serde_json::to_vec(document)
        .map_err(|_| crate::Error::Internal("a document could not be written"))?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}
