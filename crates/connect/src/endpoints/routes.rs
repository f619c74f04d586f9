//! Which endpoint answers where.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::paths::{
    ACCOUNT, AUTHORIZE, CONFIRM_EMAIL, DISCOVERY, EMAIL, EMAIL_CANCELLATION, EMAIL_CONFIRMATION, FACTORS,
    FORGOT_PASSWORD, INTROSPECT, JWKS, LOGIN, LOGOUT, PASSWORD, REGISTER, RESET_PASSWORD, REVOKE,
    SECOND_FACTOR, SESSIONS, TERMS, TOKEN, USERINFO,
};
use super::{
    account, activate, authorize, change_email, change_password, confirm_email, discovery, factors,
    forgot_password, home, introspect, login, logout, logout_confirmation, operators, register,
    reset_password, revoke, second_factor, sessions, terms, token, userinfo,
};
use crate::error::PageError;
use crate::{Connect, assets, rates};

/// Every route, under the path of the issuer. A trailing slash is tolerated everywhere.
pub(crate) fn routes(connect: &Connect) -> Router<Connect> {
    // Posted by our own pages only: another site may not.
    let pages = Router::new()
        .route("/", get(home::get))
        .merge(tolerant(LOGIN, get(login::get).post(login::post)))
        .merge(tolerant("/logout/confirmation", post(logout_confirmation::post)))
        .merge(second_factors())
        .merge(account_flows())
        .merge(operators::routes())
        .layer(CsrfLayer::new().with_rejection_response(refuse_forgery));
    // Reached from other sites, by browsers: they change nothing without a password or an id token.
    let protocol = Router::new()
        .merge(tolerant(AUTHORIZE, get(authorize::get).post(authorize::post)))
        .merge(tolerant("/activate", get(activate::get)))
        .merge(tolerant(LOGOUT, get(logout::get).post(logout::post)))
        .merge(tolerant(DISCOVERY, get(discovery::metadata)))
        .merge(tolerant(JWKS, get(discovery::keys)));
    // Reached by servers: no cookie is read.
    let servers = Router::new()
        .merge(tolerant(TOKEN, post(token::post)))
        .merge(tolerant(USERINFO, get(userinfo::get).post(userinfo::get)))
        .merge(tolerant(REVOKE, post(revoke::post)))
        .merge(tolerant(INTROSPECT, post(introspect::post)))
        .layer(from_fn_with_state(connect.clone(), rates::limit_failures));
    let pages = pages.merge(protocol).layer(from_fn_with_state(connect.clone(), rates::limit_pages));
    let all = pages.merge(servers);
    let base_path = connect.config().base_path();
    let all = if base_path.is_empty() { all } else { Router::new().nest(base_path, all) };
    let files = Router::new().route(assets::ROUTE, get(assets::serve));
    all.merge(files).fallback(async || PageError::NotFound)
}

/// Showing a second factor, or a passkey alone; adding and removing them.
fn second_factors() -> Router<Connect> {
    Router::new()
        .merge(tolerant("/login/passkey", post(login::passkey::post)))
        .merge(tolerant(SECOND_FACTOR, get(second_factor::get).post(second_factor::post)))
        .merge(tolerant("/second-factor/passkey", post(second_factor::passkey::post)))
        .merge(tolerant(
            "/second-factor/backup-code",
            get(second_factor::backup_code::get).post(second_factor::backup_code::post),
        ))
        .merge(tolerant(FACTORS, get(factors::get)))
        .merge(tolerant(
            "/factors/application",
            get(factors::application::get).post(factors::application::post),
        ))
        .merge(tolerant("/factors/passkey", get(factors::passkey::get).post(factors::passkey::post)))
        .merge(tolerant("/factors/backup-codes", post(factors::backup_codes::post)))
        .merge(tolerant("/factors/removal", get(factors::removal::get).post(factors::removal::post)))
}

/// Opening an account, recovering it, changing it.
fn account_flows() -> Router<Connect> {
    Router::new()
        .merge(tolerant(REGISTER, get(register::get).post(register::post)))
        .merge(tolerant(CONFIRM_EMAIL, get(confirm_email::get).post(confirm_email::post)))
        .merge(tolerant("/confirm-email/resend", post(confirm_email::resend::post)))
        .merge(tolerant(FORGOT_PASSWORD, get(forgot_password::get).post(forgot_password::post)))
        .merge(tolerant(RESET_PASSWORD, get(reset_password::get).post(reset_password::post)))
        .merge(tolerant(ACCOUNT, get(account::get).post(account::post)))
        .merge(tolerant(PASSWORD, get(change_password::get).post(change_password::post)))
        .merge(tolerant(EMAIL, get(change_email::get).post(change_email::post)))
        .merge(tolerant(
            EMAIL_CONFIRMATION,
            get(change_email::confirmation::get).post(change_email::confirmation::post),
        ))
        .merge(tolerant(
            EMAIL_CANCELLATION,
            get(change_email::cancellation::get).post(change_email::cancellation::post),
        ))
        .merge(tolerant(SESSIONS, get(sessions::get)))
        .merge(tolerant("/sessions/end", post(sessions::end::post)))
        .merge(tolerant(TERMS, get(terms::get).post(terms::post)))
}

/// A route, with a trailing slash or without.
pub(super) fn tolerant(path: &str, route: MethodRouter<Connect>) -> Router<Connect> {
    Router::new().route(path, route.clone()).route(&format!("{path}/"), route)
}

fn refuse_forgery(_: ProtectionError) -> Response {
    PageError::Forbidden.into_response()
}
