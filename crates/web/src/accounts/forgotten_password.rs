//! `/forgotten-password`: a mail says the rest, whatever the address (AUT-8).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::forgot_password;
use iae_domain::text::Email;
use serde::Deserialize;

use crate::error::{PageResult, ok, unprocessable};
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::ForgottenPasswordPath;
use crate::state::WebState;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ForgottenPasswordForm {
    email: String,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/forgotten_password.html")]
pub struct ForgottenPasswordPage {
    layout: Layout,
    form: ForgottenPasswordForm,
    errors: FieldErrors,
}

/// A mail left, or none: the page does not tell.
#[derive(Template)]
#[template(path = "accounts/forgotten_password_sent.html")]
pub struct ForgottenPasswordSentPage {
    layout: Layout,
    email: Email,
}

/// Asks for the address.
pub async fn get(_: ForgottenPasswordPath, layout: Layout) -> PageResult {
    ok(&ForgottenPasswordPage {
        layout,
        form: ForgottenPasswordForm::default(),
        errors: FieldErrors::default(),
    })
}

/// Writes to the address.
pub async fn post(
    _: ForgottenPasswordPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<ForgottenPasswordForm>,
) -> PageResult {
    let Ok(email) = Email::parse(&form.email) else {
        let errors =
            FieldErrors::one("email", "Saisissez votre adresse e-mail. Format attendu : nom@exemple.fr");
        return unprocessable(&ForgottenPasswordPage { layout, form, errors });
    };
    forgot_password(&state, &ctx, &email).await?;
    ok(&ForgottenPasswordSentPage { layout, email })
}
