//! `/account-letters/{id}/{key}`: what the link of a mail opens. The page asks, a button does: programs that read mails open links
//! by themselves.

use askama::Template;
use axum::extract::State;
use iae_app::accounts::{
    ChangeEmailRefused, ConfirmRefused, LinkRefused, OpenLetter, choose_password, confirm_email,
    confirm_sign_up, open_letter,
};
use iae_app::{Ctx, Failure};
use iae_domain::accounts::{LetterKind, Opens};
use serde::Deserialize;

use super::entrance::Entrance;
use super::login::LoginQuery;
use super::passwords::{Typed, chosen, weak};
use super::sign_up;
use crate::error::{PageResult, forbidden, ok, see_other, unprocessable};
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{AccountLetterPath, DashboardPath, MyAccountPath};
use crate::session;
use crate::state::WebState;

/// What is typed, where a password is chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    password: Typed,
    password_again: Typed,
}

/// The page of a sign-up, or of an address, that is confirmed.
#[derive(Template)]
#[template(path = "accounts/letter_confirmation.html")]
pub struct ConfirmationPage {
    layout: Layout,
    letter: OpenLetter,
    action: String,
    errors: FieldErrors,
}

impl ConfirmationPage {
    fn is_sign_up(&self) -> bool {
        self.letter.opens() == Some(Opens::SignUp)
    }
}

/// The page where a password is chosen.
#[derive(Template)]
#[template(path = "accounts/letter_password.html")]
pub struct PasswordPage {
    layout: Layout,
    letter: OpenLetter,
    action: String,
    errors: FieldErrors,
}

impl PasswordPage {
    /// Nobody signed in with the account yet: the page speaks of opening it (AUT-8).
    fn is_first(&self) -> bool {
        !self.letter.signed_in_before
    }

    fn is_of_team(&self) -> bool {
        self.letter.kind == LetterKind::OfTeam
    }
}

/// The link served, or serves no more.
#[derive(Template)]
#[template(path = "accounts/letter_over.html")]
pub struct LetterOverPage {
    layout: Layout,
}

/// Asks what the letter is for.
pub async fn get(
    path: AccountLetterPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    layout: Layout,
) -> PageResult {
    let action = path.to_string();
    match open_letter(&state, ctx.now, path.id, &path.key).await? {
        None => forbidden(&LetterOverPage { layout }),
        Some(letter) if letter.opens() == Some(Opens::Password) => {
            ok(&PasswordPage { layout, letter, action, errors: FieldErrors::default() })
        }
        Some(letter) => ok(&ConfirmationPage { layout, letter, action, errors: FieldErrors::default() }),
    }
}

/// Does it.
pub async fn post(
    path: AccountLetterPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    entrance: Entrance,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<LetterForm>,
) -> PageResult {
    let Some(letter) = open_letter(&state, ctx.now, path.id, &path.key).await? else {
        return forbidden(&LetterOverPage { layout });
    };
    match letter.opens() {
        Some(Opens::SignUp) => open_account(&path, &state, &ctx, entrance, layout, letter).await,
        Some(Opens::Email) => change_address(&path, &state, &ctx, layout, letter).await,
        Some(Opens::Password) => {
            let mut errors = FieldErrors::default();
            let action = path.to_string();
            let Some(password) = chosen(&mut errors, &form.password, &form.password_again) else {
                return unprocessable(&PasswordPage { layout, letter, action, errors });
            };
            match choose_password(&state, &ctx, path.id, &path.key, password).await {
                Ok(done) if done.signs_in => entrance.enter(done.user, None, DashboardPath.to_string()).await,
                Ok(_) => {
                    // Whoever was signed in here is not any more: every session of the account ended.
                    session::close(&entrance.session).await?;
                    see_other(LoginQuery::now_that("chosen"))
                }
                Err(Failure::Refused(LinkRefused::Over)) => forbidden(&LetterOverPage { layout }),
                Err(Failure::Refused(LinkRefused::Weak(refused))) => {
                    let errors = FieldErrors::one("password", weak(refused));
                    unprocessable(&PasswordPage { layout, letter, action, errors })
                }
                Err(Failure::App(error)) => Err(error.into()),
            }
        }
        None => forbidden(&LetterOverPage { layout }),
    }
}

/// The end of a sign-up: signed in where it began, else at the page where one signs in.
async fn open_account(
    path: &AccountLetterPath,
    state: &WebState,
    ctx: &Ctx<()>,
    entrance: Entrance,
    layout: Layout,
    letter: OpenLetter,
) -> PageResult {
    let is_same_browser = sign_up::began_here(&entrance.jar, path.id, state.config.is_over_tls());
    match confirm_sign_up(state, ctx, path.id, &path.key, is_same_browser).await {
        Ok(user) if is_same_browser => entrance.enter(user, None, DashboardPath.to_string()).await,
        Ok(_) => see_other(LoginQuery::now_that("opened")),
        Err(Failure::Refused(ConfirmRefused::Over)) => forbidden(&LetterOverPage { layout }),
        Err(Failure::Refused(refused)) => {
            let errors = FieldErrors::of_form(unconfirmed(refused));
            unprocessable(&ConfirmationPage { layout, letter, action: path.to_string(), errors })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// The end of a change of address.
async fn change_address(
    path: &AccountLetterPath,
    state: &WebState,
    ctx: &Ctx<()>,
    layout: Layout,
    letter: OpenLetter,
) -> PageResult {
    match confirm_email(state, ctx, path.id, &path.key).await {
        Ok(()) if layout.user.is_some() => see_other(MyAccountPath.to_string()),
        Ok(()) => see_other(LoginQuery::now_that("opened")),
        Err(Failure::Refused(ChangeEmailRefused::Taken)) => {
            let errors = FieldErrors::of_form(unconfirmed(ConfirmRefused::EmailTaken));
            unprocessable(&ConfirmationPage { layout, letter, action: path.to_string(), errors })
        }
        Err(Failure::Refused(_)) => forbidden(&LetterOverPage { layout }),
        Err(Failure::App(error)) => Err(error.into()),
    }
}

const fn unconfirmed(refused: ConfirmRefused) -> &'static str {
    match refused {
        ConfirmRefused::Over => "Ce lien ne sert plus.",
        ConfirmRefused::EmailTaken => {
            "Entre-temps, un autre compte a pris cette adresse. Connectez-vous avec lui, ou écrivez à l’équipe du service."
        }
        ConfirmRefused::NirTaken => {
            "Entre-temps, un dossier a été créé avec votre numéro de sécurité sociale. Écrivez à l’équipe du service : elle \
             vérifiera qu’il est le vôtre."
        }
    }
}
