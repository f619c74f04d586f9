//! One file per endpoint; this one says where each is.

mod authorize;
mod discovery;
mod home;
mod login;
mod logout;
mod logout_confirmation;
mod token;
pub(crate) mod token_error;
mod userinfo;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::error::PageError;
use crate::{Connect, assets, rates};

/// Path of the authorization endpoint, under the issuer.
pub(crate) const AUTHORIZE: &str = "/authorize";
/// Path of the token endpoint.
pub(crate) const TOKEN: &str = "/token";
/// Path of the userinfo endpoint.
pub(crate) const USERINFO: &str = "/userinfo";
/// Path of the logout endpoint.
pub(crate) const LOGOUT: &str = "/logout";
/// Path of the keys.
pub(crate) const JWKS: &str = "/.well-known/jwks.json";
/// Path of the metadata.
pub(crate) const DISCOVERY: &str = "/.well-known/openid-configuration";
/// Path of the login page.
pub(crate) const LOGIN: &str = "/login";

/// Every route, under the path of the issuer. A trailing slash is tolerated everywhere.
pub(crate) fn routes(connect: &Connect) -> Router<Connect> {
    // Posted by our own pages only: another site may not.
    let pages = Router::new()
        .route("/", get(home::get))
        .merge(tolerant(LOGIN, get(login::get).post(login::post)))
        .merge(tolerant("/logout/confirmation", post(logout_confirmation::post)))
        .layer(CsrfLayer::new().with_rejection_response(refuse_forgery));
    // Reached from other sites, by browsers: they change nothing without a password or an id token.
    let protocol = Router::new()
        .merge(tolerant(AUTHORIZE, get(authorize::get).post(authorize::post)))
        .merge(tolerant(LOGOUT, get(logout::get).post(logout::post)))
        .merge(tolerant(DISCOVERY, get(discovery::metadata)))
        .merge(tolerant(JWKS, get(discovery::keys)));
    // Reached by servers: no cookie is read.
    let servers = Router::new()
        .merge(tolerant(TOKEN, post(token::post)))
        .merge(tolerant(USERINFO, get(userinfo::get).post(userinfo::get)))
        .layer(from_fn_with_state(connect.clone(), rates::limit_failures));
    let pages = pages.merge(protocol).layer(from_fn_with_state(connect.clone(), rates::limit_pages));
    let all = pages.merge(servers);
    let base_path = connect.config().base_path();
    let all = if base_path.is_empty() { all } else { Router::new().nest(base_path, all) };
    let files = Router::new().route(assets::ROUTE, get(assets::serve));
    all.merge(files).fallback(async || PageError::NotFound)
}

fn tolerant(path: &str, route: MethodRouter<Connect>) -> Router<Connect> {
    Router::new().route(path, route.clone()).route(&format!("{path}/"), route)
}

fn refuse_forgery(_: ProtectionError) -> Response {
    PageError::Forbidden.into_response()
}

/// A JSON answer that nobody keeps.
fn json<T: serde::Serialize>(document: &T) -> Result<Response, crate::Error> {
    let body = serde_json::to_vec(document)
        .map_err(|_| crate::Error::Internal("a document could not be written"))?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}
