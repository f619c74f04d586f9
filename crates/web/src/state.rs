//! What every handler may use.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use iae_app::App;

use crate::limits::Limits;
use crate::ready_pages::ReadyPages;

pub use axum_extra::extract::cookie::Key as CookieKey;

/// The state of the router: the application, and what belongs to HTTP alone.
#[derive(Clone)]
pub struct WebState {
    /// The application.
    pub app: Arc<App>,
    /// Encrypts the cookie that binds a login to the browser that began it.
    pub cookie_key: Key,
    /// What one visitor may ask.
    pub limits: Limits,
    /// The pages that are the same for every visitor.
    pub ready: ReadyPages,
}

impl std::fmt::Debug for WebState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebState").field("app", &self.app).finish_non_exhaustive()
    }
}

impl Deref for WebState {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl FromRef<WebState> for Key {
    fn from_ref(state: &WebState) -> Self {
        state.cookie_key.clone()
    }
}
