//! The routes, recorded while the router is built so that the access matrix covers every one of them.

use axum::Router;
use axum::handler::Handler;
use axum_extra::routing::{RouterExt as _, SecondElementIs, TypedPath};

use crate::state::WebState;

/// One route.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// Its path, with parameters in braces.
    pub path: &'static str,
    /// Its method.
    pub method: &'static str,
}

/// A router and the list of its routes.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<WebState>,
    list: Vec<Route>,
}

impl Routes {
    /// No route yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page. The path is the type of the handler's first argument.
    #[must_use]
    pub fn get<H, T, P>(mut self, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: SecondElementIs<P> + 'static,
        P: TypedPath,
    {
        self.list.push(Route { path: P::PATH, method: "GET" });
        self.router = self.router.typed_get(handler);
        self
    }

    /// An action. The path is the type of the handler's first argument.
    #[must_use]
    pub fn post<H, T, P>(mut self, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: SecondElementIs<P> + 'static,
        P: TypedPath,
    {
        self.list.push(Route { path: P::PATH, method: "POST" });
        self.router = self.router.typed_post(handler);
        self
    }

    /// Adds the routes of a feature.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    /// The router and its routes, sorted.
    pub fn into_parts(mut self) -> (Router<WebState>, Vec<Route>) {
        self.list.sort();
        (self.router, self.list)
    }
}
