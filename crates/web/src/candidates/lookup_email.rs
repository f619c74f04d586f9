//! `/candidates/lookup/email`: the second step to a person, their address (§12.5, step B).

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::Ctx;
use iae_app::candidates::find_by_email;
use iae_domain::actor::Professional;
use iae_domain::candidates::Nir;
use iae_domain::text::Email;
use serde::Deserialize;

use super::confirmation::ConfirmationPage;
use super::new::NewPage;
use super::{Draft, DraftQuery, messages};
use crate::error::{PageResult, ok};
use crate::forms::{FieldErrors, Form};
use crate::layout::Layout;
use crate::paths::{LookupEmailPath, LookupPath};
use crate::state::WebState;
use crate::transition::OrSay as _;

/// The page.
#[derive(Template)]
#[template(path = "candidates/lookup_email.html")]
pub struct LookupEmailPage {
    layout: Layout,
    draft: Draft,
    /// The NIR nobody has, kept for the file to come; empty when the step was skipped.
    nir: String,
    email: String,
    errors: FieldErrors,
}

impl LookupEmailPage {
    /// The page shown when nobody has this NIR.
    pub(super) fn after_nir(layout: Layout, draft: Draft, nir: &Nir) -> Self {
        let nir = nir.as_str().to_owned();
        Self { layout, draft, nir, email: String::new(), errors: FieldErrors::default() }
    }

    fn back_href(&self) -> String {
        self.draft.on(LookupPath)
    }
}

/// The form.
#[derive(Debug, Default, Deserialize)]
pub struct LookupEmailForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    nir: String,
    #[serde(default)]
    draft: String,
    /// The button: `email` for « Continuer sans adresse e-mail » (D26).
    #[serde(default)]
    without: String,
}

impl LookupEmailForm {
    fn parse(&self) -> Result<Email, FieldErrors> {
        if self.email.trim().is_empty() {
            return Err(FieldErrors::one(
                "email",
                "Saisissez l’adresse e-mail de la personne, ou continuez sans.",
            ));
        }
        Email::parse(&self.email).map_err(|_| {
            FieldErrors::one(
                "email",
                "Cette adresse e-mail n’est pas valide. Format attendu\u{a0}: nom@exemple.fr",
            )
        })
    }
}

/// Asks for the address, when the NIR is not known.
pub async fn get(
    _: LookupEmailPath,
    _: Ctx<Professional>,
    Query(query): Query<DraftQuery>,
    layout: Layout,
) -> PageResult {
    let (nir, email) = (String::new(), String::new());
    ok(&LookupEmailPage { layout, draft: query.draft(), nir, email, errors: FieldErrors::default() })
}

/// Looks the person up: to be confirmed when found, else the creation of their file, NIR and address kept (FND-3). Who
/// has no address goes there at once.
pub async fn post(
    _: LookupEmailPath,
    State(state): State<WebState>,
    ctx: Ctx<Professional>,
    layout: Layout,
    Form(form): Form<LookupEmailForm>,
) -> PageResult {
    let draft = Draft::read(&form.draft);
    let nir = Nir::parse(&form.nir).ok();
    if form.without == "email" {
        return ok(&NewPage::blank(&state, layout, &ctx, draft, (nir.as_ref(), None)).await?);
    }
    let found = async {
        let email = form.parse()?;
        let found = find_by_email(&state, &ctx.any(), email.clone()).await;
        found.or_say(|refused| messages::look_up("email", refused)).map(|found| (email, found))
    };
    match found.await {
        Ok((_, Some(found))) => ok(&ConfirmationPage::new(layout, draft, found, nir)),
        Ok((email, None)) => {
            ok(&NewPage::blank(&state, layout, &ctx, draft, (nir.as_ref(), Some(&email))).await?)
        }
        Err(not_done) => not_done.again(|errors| {
            let nir = nir.map(|nir| nir.as_str().to_owned()).unwrap_or_default();
            LookupEmailPage { layout, draft, nir, email: form.email, errors }
        }),
    }
}
