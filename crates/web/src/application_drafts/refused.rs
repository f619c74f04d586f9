//! The page shown when the rules refuse an application: why, until when, who can lift it and how (D11).

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _};
use iae_app::applications::drafts::{OpenApplication, OpenDraft};
use iae_domain::applications::SubmitRefused;

use super::messages::{self, Refusal};
use crate::error::PageResult;
use crate::layout::Layout;
use crate::paths::EmployerPath;

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/refused.html")]
struct RefusedPage {
    layout: Layout,
    refusal: Refusal,
    company_href: String,
    company: String,
}

/// The refusal, with status 403.
pub(super) fn page(
    layout: Layout,
    open: &OpenDraft,
    one: &OpenApplication,
    refused: SubmitRefused,
) -> PageResult {
    let page = RefusedPage {
        layout,
        refusal: messages::refusal(open, one, refused),
        company_href: EmployerPath { id: one.company.id }.to_string(),
        company: one.company.name.clone(),
    };
    Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
}
