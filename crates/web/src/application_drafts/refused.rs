//! The page shown when the rules refuse an application: why, until when, who can lift it and how (D11).

use askama::Template;
use axum::http::StatusCode;
use iae_app::applications::drafts::{OpenApplication, OpenDraft};
use iae_domain::applications::SubmitRefused;

use super::messages::{self, Refusal};
use crate::error::{PageResult, page_with};
use crate::filters;
use crate::layout::Layout;
use crate::paths::{ControlOutcomePath, EmployerPath, LookupPath, NewDraftPath};

/// The page.
#[derive(Template)]
#[template(path = "application_drafts/refused.html")]
struct RefusedPage {
    layout: Layout,
    refusal: Refusal,
    company_href: String,
    company: String,
    withdrawn: Option<Withdrawal>,
}

/// What a company that may not prescribe to itself reads and does next.
struct Withdrawal {
    /// Where the decision is.
    decision: String,
    /// Where it chooses someone else.
    other_person: String,
}

/// The refusal, with status 403; an application that just left is no lack of right: 409.
pub(super) fn page(
    layout: Layout,
    open: &OpenDraft,
    one: &OpenApplication,
    refused: SubmitRefused,
) -> PageResult {
    shown(layout, (open, one), refused, format!("{LookupPath}?draft={}", open.draft.id))
}

/// The same before anything is begun.
pub(super) fn before_start(
    layout: Layout,
    open: &OpenDraft,
    one: &OpenApplication,
    refused: SubmitRefused,
) -> PageResult {
    shown(layout, (open, one), refused, format!("{NewDraftPath}?company={}", one.company.id))
}

fn shown(
    layout: Layout,
    (open, one): (&OpenDraft, &OpenApplication),
    refused: SubmitRefused,
    other_person: String,
) -> PageResult {
    let has_just_left = refused == SubmitRefused::AppliedRecently;
    let status = if has_just_left { StatusCode::CONFLICT } else { StatusCode::FORBIDDEN };
    let withdrawn = if let SubmitRefused::Withdrawn(withdrawn) = refused {
        let decision = ControlOutcomePath { id: withdrawn.control }.to_string();
        Some(Withdrawal { decision, other_person })
    } else {
        None
    };
    let page = RefusedPage {
        layout,
        refusal: messages::refusal(open, one, refused),
        company_href: EmployerPath { id: one.company.id }.to_string(),
        company: one.company.name.clone(),
        withdrawn,
    };
    page_with(status, &page)
}
