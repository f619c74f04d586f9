//! The terms of the service: read by anyone, version by version (SES-9), accepted by professionals (SES-10, SES-11).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::accounts::accept_terms;
use iae_app::{Ctx, Failure};
use iae_domain::accounts::{NewerTerms, TERMS, current_terms};
use serde::Deserialize;

use super::local_path;
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::extract::Person;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::french;
use crate::layout::Layout;
use crate::paths::{TermsAcceptancePath, TermsPath, TermsVersionPath};
use crate::state::WebState;

/// A version.
#[derive(Template)]
#[template(path = "accounts/terms.html")]
pub struct TermsPage {
    layout: Layout,
    version: &'static str,
    is_current: bool,
}

impl TermsPage {
    /// The versions, the latest first.
    fn versions() -> impl Iterator<Item = &'static str> {
        TERMS.iter().rev().copied()
    }

    fn href(version: &str) -> TermsVersionPath {
        TermsVersionPath { version: version.to_owned() }
    }

    fn day(version: &str) -> String {
        version.parse().map_or_else(|_| version.to_owned(), french::date)
    }
}

/// The version that applies, to be accepted.
#[derive(Template)]
#[template(path = "accounts/terms_acceptance.html")]
pub struct TermsAcceptancePage {
    layout: Layout,
    version: &'static str,
    return_to: String,
    errors: FieldErrors,
}

/// Where to go once they are accepted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TermsQuery {
    return_to: String,
}

/// What is posted: the version that was shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    version: String,
    return_to: String,
}

/// The version that applies.
pub async fn get(_: TermsPath, ctx: Ctx<()>, layout: Layout) -> PageResult {
    ok(&TermsPage { layout, version: current_terms(ctx.today()), is_current: true })
}

/// Any version.
pub async fn get_version(path: TermsVersionPath, ctx: Ctx<()>, layout: Layout) -> PageResult {
    let version = TERMS.iter().copied().find(|version| *version == path.version);
    let version = version.ok_or(PageError::NotFound)?;
    ok(&TermsPage { layout, version, is_current: version == current_terms(ctx.today()) })
}

/// Asks to accept the version that applies.
pub async fn get_acceptance(
    _: TermsAcceptancePath,
    _: Person,
    ctx: Ctx<()>,
    Query(query): Query<TermsQuery>,
    layout: Layout,
) -> PageResult {
    let return_to = local_path(&query.return_to).to_owned();
    let version = current_terms(ctx.today());
    ok(&TermsAcceptancePage { layout, version, return_to, errors: FieldErrors::default() })
}

/// Accepts it, if it is still the one.
pub async fn post_acceptance(
    _: TermsAcceptancePath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<TermsForm>,
) -> PageResult {
    let return_to = local_path(&form.return_to).to_owned();
    match accept_terms(&state, &ctx, &person, &form.version).await {
        Ok(()) => see_other(return_to),
        Err(Failure::Refused(NewerTerms)) => {
            let errors = FieldErrors::of_form(
                "Une version plus récente s’applique depuis : lisez-la, puis acceptez-la.",
            );
            let version = current_terms(ctx.today());
            unprocessable(&TermsAcceptancePage { layout, version, return_to, errors })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
