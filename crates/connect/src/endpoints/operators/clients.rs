//! `GET /operators/clients`: the relying parties (IDP-25).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::client;
use super::instant;
use super::operating::Operating;
use crate::Connect;
use crate::clients::{self, Named};
use crate::endpoints::forms::shown;
use crate::error::PageError;
use crate::page::Layout;

#[derive(Template)]
#[template(path = "connect/operators/clients.html")]
struct ClientsPage<'a> {
    layout: Layout<'a>,
    clients: Vec<Named>,
}

impl ClientsPage<'_> {
    fn last_login(client: &Named) -> String {
        client.last_login_at.map_or("Jamais".to_owned(), instant)
    }

    fn address(&self, client: &Named) -> String {
        client::address(self.layout.base_path, &client.id)
    }
}

pub(super) async fn get(State(connect): State<Connect>, _: Operating) -> Result<Response, PageError> {
    let layout = Layout { base_path: connect.config().base_path() };
    let clients = clients::list(connect.db()).await?;
    shown(StatusCode::OK, &ClientsPage { layout, clients }, None)
}
