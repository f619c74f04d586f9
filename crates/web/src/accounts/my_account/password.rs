//! `/my-account/password`: another password, for who has one here (AUT-5).

use askama::Template;
use axum::extract::State;
use iae_app::accounts::{ChangePasswordRefused, change_password};
use iae_app::{Ctx, Failure};
use serde::Deserialize;

use super::super::entrance::Entrance;
use super::super::messages;
use super::super::passwords::{Typed, chosen, weak};
use super::holder::with_password;
use crate::error::{PageResult, ok, unprocessable};
use crate::extract::Person;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{MyAccountPath, MyPasswordPath};
use crate::session;
use crate::state::WebState;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    current_password: Typed,
    password: Typed,
    password_again: Typed,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/my_account/password.html")]
pub struct PasswordPage {
    layout: Layout,
    errors: FieldErrors,
}

/// Asks for both passwords.
pub async fn get(
    _: MyPasswordPath,
    State(state): State<WebState>,
    Person(person): Person,
    layout: Layout,
) -> PageResult {
    with_password(&state, &person).await?;
    ok(&PasswordPage { layout, errors: FieldErrors::default() })
}

/// Replaces the password: every session ends, and this browser opens another, under a new id.
pub async fn post(
    _: MyPasswordPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    entrance: Entrance,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<PasswordForm>,
) -> PageResult {
    with_password(&state, &person).await?;
    let mut errors = FieldErrors::default();
    if form.current_password.is_empty() {
        errors.add("current_password", "Saisissez votre mot de passe actuel.");
    }
    let Some(new) = chosen(&mut errors, &form.password, &form.password_again) else {
        return unprocessable(&PasswordPage { layout, errors });
    };
    let shown = session::shown_factor(&entrance.session).await?;
    let current = form.current_password.secret();
    match change_password(&state, &ctx, &person, current, new, &entrance.visitor).await {
        Ok(()) => {
            let session = entrance.session.clone();
            let answer = entrance.enter(person.user, None, MyAccountPath.to_string()).await?;
            if let Some(shown) = shown {
                session::show_factor(&session, shown).await?;
            }
            Ok(answer)
        }
        Err(Failure::Refused(ChangePasswordRefused::Wrong)) => {
            let errors = FieldErrors::one("current_password", "Ce n’est pas votre mot de passe actuel.");
            unprocessable(&PasswordPage { layout, errors })
        }
        Err(Failure::Refused(ChangePasswordRefused::TooMany)) => {
            let errors = FieldErrors::one("current_password", messages::TOO_MANY_PASSWORDS);
            unprocessable(&PasswordPage { layout, errors })
        }
        Err(Failure::Refused(ChangePasswordRefused::Weak(refused))) => {
            let errors = FieldErrors::one("password", weak(refused));
            unprocessable(&PasswordPage { layout, errors })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
