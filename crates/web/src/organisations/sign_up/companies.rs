//! `/sign-up/companies`: an employer finds their company by its SIREN, its SIRET or its name, among those that are active (S9, SGN-7).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::organisations::sign_up::queries::{COMPANIES_SHOWN, CompanyRow, companies};
use iae_domain::organisations::Siret;
use iae_domain::organisations::sign_up::{CompanySearch, CompanySearchRefused};
use iae_domain::text::shortened;
use serde::Deserialize;

use super::{Newcomer, messages};
use crate::error::{PageResult, ok, ok_mistaken};
use crate::filters;
use crate::forms::FieldErrors;
use crate::layout::Layout;
use crate::paths::{CompanySearchPath, CompanySignUpPath};
use crate::state::WebState;

/// Longest text kept of what was typed.
const LONGEST_TEXT: usize = 100;

/// The page.
#[derive(Template)]
#[template(path = "organisations/sign_up/companies.html")]
pub struct CompaniesPage {
    layout: Layout,
    /// What was typed.
    typed: String,
    /// What was found; none before anything is looked for.
    found: Option<Vec<CompanyRow>>,
    /// There are more.
    more: bool,
    errors: FieldErrors,
}

/// What is typed; nothing at all before the form is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompaniesQuery {
    q: Vec<String>,
}

impl CompaniesPage {
    /// Whether what was typed is a SIRET that the company had, or one that became it had.
    fn had_it(&self, company: &CompanyRow) -> bool {
        Siret::parse(&self.typed).is_ok_and(|typed| typed.as_str() != company.siret)
    }

    /// Where one goes on with a company.
    fn href(company: &CompanyRow) -> String {
        CompanySignUpPath { id: company.id }.to_string()
    }
}

/// Shows what is found.
pub async fn get(
    _: CompanySearchPath,
    State(state): State<WebState>,
    _: Newcomer,
    Query(query): Query<CompaniesQuery>,
    layout: Layout,
) -> PageResult {
    let is_sent = !query.q.is_empty();
    let typed = shortened(query.q.first().map_or("", String::as_str), LONGEST_TEXT);
    let page = CompaniesPage { layout, typed, found: None, more: false, errors: FieldErrors::default() };
    let search = match CompanySearch::parse(&page.typed) {
        Ok(Some(search)) => search,
        Ok(None) if is_sent => {
            let errors = FieldErrors::one("q", messages::search(CompanySearchRefused::Blank));
            return ok_mistaken(&CompaniesPage { errors, ..page });
        }
        Ok(None) => return ok(&page),
        Err(refused) => {
            let errors = FieldErrors::one("q", messages::search(refused));
            return ok_mistaken(&CompaniesPage { errors, ..page });
        }
    };
    let mut found = companies(&state, &search).await?;
    let more = found.len() > COMPANIES_SHOWN;
    found.truncate(COMPANIES_SHOWN);
    ok(&CompaniesPage { found: Some(found), more, ..page })
}
