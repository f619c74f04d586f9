//! `/candidates/lookup`: the first step to a person: one of those one already sees, or their NIR (§12.5, step A; D27).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::candidates::{KnownPerson, find_by_nir, known_people};
use iae_app::{App, Ctx};
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
    /// Those called so, or those last dealt with.
    known: Vec<KnownPerson>,
    /// The name they were searched by.
    asked_name: String,
    nir: String,
    errors: FieldErrors,
}

impl LookupPage {
    /// The page before anything is typed.
    pub(super) async fn blank(
        app: &App,
        layout: Layout,
        ctx: &Ctx<Professional>,
        draft: Draft,
    ) -> PageResult<Self> {
        let known = known_people(app, &ctx.any(), "").await?;
        let (asked_name, nir) = (String::new(), String::new());
        Ok(Self { layout, draft, known, asked_name, nir, errors: FieldErrors::default() })
    }

    /// The same, once people were searched by name.
    pub(super) fn named(self, asked_name: String, known: Vec<KnownPerson>) -> Self {
        Self { known, asked_name, ..self }
    }

    /// The same, with what is wrong.
    pub(super) fn mistaken(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }

    fn href(&self, person: &KnownPerson) -> String {
        self.draft.shown(person.candidate)
    }

    /// « Sans numéro » is a choice shown from the start (D27).
    fn skip_href(&self) -> String {
        self.draft.on(LookupEmailPath)
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

/// Asks for the person.
pub async fn get(
    _: LookupPath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    Query(query): Query<DraftQuery>,
    layout: Layout,
) -> PageResult {
    ok(&LookupPage::blank(&state, layout, &ctx, query.draft()).await?)
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
        Err(not_done) => {
            let page = LookupPage::blank(&state, layout, &ctx, draft).await?;
            not_done.again(|errors| LookupPage { nir: form.nir, ..page.mistaken(errors) })
        }
    }
}
