//! `/my-account/email`: another address to sign in with, proved by a mail before it counts (AUT-9).

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::{ChangeEmailRefused, SignedIn, change_email};
use iae_app::budgets::Visitor;
use iae_domain::text::Email;
use serde::Deserialize;

use super::super::entrance::Entrance;
use super::super::messages;
use super::super::passwords::Typed;
use super::holder::with_password;
use crate::error::{PageResult, ok};
use crate::extract::Person;
use crate::flash;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{MyAccountPath, MyEmailPath};
use crate::state::WebState;
use crate::transition::{NotDone, OrSay as _};

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    email: String,
    email_again: String,
    current_password: Typed,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/my_account/email.html")]
pub struct EmailPage {
    layout: Layout,
    email: String,
    form: EmailForm,
    errors: FieldErrors,
}

/// Asks for the address; a provider says that of its people (USR-12).
pub async fn get(
    _: MyEmailPath,
    State(state): State<WebState>,
    Person(person): Person,
    layout: Layout,
) -> PageResult {
    let known = with_password(&state, &person).await?;
    let email = known.email.map(|email| email.to_string()).unwrap_or_default();
    ok(&EmailPage { layout, email, form: EmailForm::default(), errors: FieldErrors::default() })
}

/// Writes to the new address.
pub async fn post(
    _: MyEmailPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    entrance: Entrance,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<EmailForm>,
) -> PageResult {
    with_password(&state, &person).await?;
    let email = person.email.as_ref().map(ToString::to_string).unwrap_or_default();
    match ask(&state, &ctx, &person, &form, &entrance.visitor).await {
        Ok(new) => {
            let told =
                format!("Ouvrez le message qui part à {new} : votre adresse change quand vous la confirmez.");
            flash::done(&entrance.session, "Un message vous attend", told, MyAccountPath).await
        }
        Err(not_done) => not_done.again(|errors| EmailPage { layout, email, form, errors }),
    }
}

async fn ask(
    state: &WebState,
    ctx: &Ctx<()>,
    person: &SignedIn,
    form: &EmailForm,
    visitor: &Visitor,
) -> Result<Email, NotDone> {
    let new = parse(form)?;
    change_email(state, ctx, person, form.current_password.secret(), &new, visitor).await.or_say(refused)?;
    Ok(new)
}

fn parse(form: &EmailForm) -> Result<Email, FieldErrors> {
    let mut errors = FieldErrors::default();
    let email = Email::parse(&form.email).ok();
    if email.is_none() {
        errors.add("email", "Saisissez une adresse e-mail valide. Format attendu : nom@exemple.fr");
    } else if Email::parse(&form.email_again).ok() != email {
        errors.add("email_again", "Les deux adresses ne sont pas les mêmes.");
    }
    if form.current_password.is_empty() {
        errors.add("current_password", "Saisissez votre mot de passe.");
    }
    errors.or(email)
}

fn refused(refused: ChangeEmailRefused) -> FieldErrors {
    let (field, message) = match refused {
        ChangeEmailRefused::Wrong => ("current_password", "Ce n’est pas votre mot de passe."),
        ChangeEmailRefused::TooMany => ("current_password", messages::TOO_MANY_PASSWORDS),
        ChangeEmailRefused::Same => ("email", "C’est déjà votre adresse."),
        ChangeEmailRefused::ForbiddenDomain => (
            "email",
            "Une adresse professionnelle de France Travail ne convient pas au compte d’un candidat.",
        ),
        ChangeEmailRefused::Taken | ChangeEmailRefused::Over => {
            ("email", "Cette adresse n’est pas possible.")
        }
    };
    FieldErrors::one(field, message)
}
