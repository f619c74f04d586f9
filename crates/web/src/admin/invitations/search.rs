//! `POST /admin/invitations`: the invitations of an address, which stands in no URL.

use askama::Template;
use axum::extract::State;
use chrono::{DateTime, Utc};
use iae_app::Ctx;
use iae_app::organisations::invitations::queries::{TeamInvitation, sent_to};
use iae_domain::actor::StaffActor;
use iae_domain::staff::StaffRight;
use iae_domain::text::Email;
use serde::Deserialize;

use super::{badge, may};
use crate::applications::state_badge::StateBadge;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::AdminInvitationsPath;
use crate::state::WebState;

/// The page.
#[derive(Template)]
#[template(path = "admin/invitations/found.html")]
pub struct FoundPage {
    layout: Layout,
    form: SearchForm,
    errors: FieldErrors,
    /// The address as it was understood; none when it is no address.
    searched: Option<Email>,
    found: Vec<TeamInvitation>,
    now: DateTime<Utc>,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    pub(super) email: String,
}

impl FoundPage {
    fn badge(&self, one: &TeamInvitation) -> StateBadge {
        badge(one.state(self.now))
    }
}

/// Shows those of an address, the last sent first.
pub async fn post(
    _: AdminInvitationsPath,
    State(state): State<WebState>,
    ctx: Ctx<StaffActor>,
    layout: Layout,
    Form(form): Form<SearchForm>,
) -> PageResult {
    may(&ctx, StaffRight::ReadOrganisations)?;
    let page = FoundPage {
        layout,
        form,
        errors: FieldErrors::default(),
        searched: None,
        found: Vec::new(),
        now: ctx.now,
    };
    let Ok(email) = Email::parse(&page.form.email) else {
        let errors = FieldErrors::one("email", "Écrivez une adresse e-mail entière, comme nom@exemple.fr.");
        return unprocessable(&FoundPage { errors, ..page });
    };
    let found = sent_to(&state, &email).await?;
    ok(&FoundPage { searched: Some(email), found, ..page })
}
