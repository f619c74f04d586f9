//! `/candidates/lookup`: the first step to a person, their NIR (§12.5, step A).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::candidates::find_by_nir;
use iae_domain::actor::Professional;
use iae_domain::candidates::Nir;
use serde::Deserialize;

use super::confirmation::ConfirmationPage;
use super::lookup_email::LookupEmailPage;
use super::{Draft, DraftQuery, messages};
use crate::error::{PageResult, ok};
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{LookupEmailPath, LookupPath};
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "candidates/lookup.html")]
pub struct LookupPage {
    layout: Layout,
    draft: Draft,
    nir: String,
    errors: FieldErrors,
}

impl LookupPage {
    /// The step is skipped only after one attempt that failed (FND-2).
    fn skip_href(&self) -> Option<String> {
        (!self.errors.is_empty()).then(|| self.draft.on(LookupEmailPath))
    }
}

/// The form.
#[derive(Debug, Default, Deserialize)]
pub struct LookupForm {
    #[serde(default)]
    nir: String,
    #[serde(default)]
    draft: String,
}

impl LookupForm {
    fn parse(&self) -> Result<Nir, FieldErrors> {
        if self.nir.trim().is_empty() {
            return Err(FieldErrors::one("nir", "Saisissez le numéro de sécurité sociale."));
        }
        Nir::parse(&self.nir).map_err(|refused| FieldErrors::one("nir", messages::nir(refused)))
    }
}

/// Asks for the NIR.
pub async fn get(
    _: LookupPath,
    _: Ctx<Professional>,
    Query(query): Query<DraftQuery>,
    layout: Layout,
) -> PageResult {
    ok(&LookupPage { layout, draft: query.draft(), nir: String::new(), errors: FieldErrors::default() })
}

/// Looks the person up: to be confirmed when found, else the next step, the NIR kept (FND-1).
pub async fn post(
    _: LookupPath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    layout: Layout,
    Form(form): Form<LookupForm>,
) -> PageResult {
    let draft = Draft::read(&form.draft);
    let found = async {
        let nir = form.parse()?;
        let found = find_by_nir(&state, &ctx.any(), nir.clone()).await;
        found.or_say(|refused| messages::look_up("nir", refused)).map(|found| (nir, found))
    };
    match found.await {
        Ok((_, Some(found))) => ok(&ConfirmationPage::new(layout, draft, found, None)),
        Ok((nir, None)) => ok(&LookupEmailPage::after_nir(layout, draft, &nir)),
        Err(not_done) => not_done.again(|errors| LookupPage { layout, draft, nir: form.nir, errors }),
    }
}
