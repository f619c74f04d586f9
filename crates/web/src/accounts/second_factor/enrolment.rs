//! `/login/second-factor/enrolment`: an application that gives codes is added (AUT-22). Whoever has one already shows it first.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;
use iae_app::accounts::FactorRefused;
use iae_app::accounts::second_factor::{Enrolment, add, again, begin};
use iae_app::{Ctx, Failure};
use serde::Deserialize;
use tower_sessions::Session;

use super::super::{local_path, returning};
use super::{SecondFactorQuery, said, standing};
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::extract::Person;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{SecondFactorEnrolmentPath, SecondFactorPath};
use crate::session::{self, ShownFactor};
use crate::state::WebState;

/// The longest name of an application, in characters.
const LONGEST_NAME: usize = 60;

/// What is typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct EnrolmentForm {
    sealed: String,
    name: String,
    code_of_application: String,
    return_to: String,
}

/// Holds a code.
impl std::fmt::Debug for EnrolmentForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnrolmentForm(…)")
    }
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/second_factor/enrolment.html")]
pub struct EnrolmentPage {
    layout: Layout,
    enrolment: Enrolment,
    form: EnrolmentForm,
    errors: FieldErrors,
}

/// The application is added: the backup code is shown this once.
#[derive(Template)]
#[template(path = "accounts/second_factor/backup_code.html")]
pub struct BackupCodePage {
    layout: Layout,
    backup_code: String,
    return_to: String,
}

/// Shows a new secret.
pub async fn get(
    _: SecondFactorEnrolmentPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    Query(query): Query<SecondFactorQuery>,
    layout: Layout,
) -> PageResult {
    let return_to = local_path(&query.return_to).to_owned();
    let standing = standing(&state, &person, &ctx, &session).await?;
    if !standing.needs_second_factor && !standing.has_second_factor {
        return Err(PageError::NotFound);
    }
    if standing.has_second_factor && !standing.showed_second_factor {
        return see_other(returning(SecondFactorPath, &return_to));
    }
    let enrolment = begin(&state, &person, person.email.as_ref(), ctx.now)?;
    let name = if standing.has_second_factor { "" } else { "Mon téléphone" };
    let form = EnrolmentForm { name: name.to_owned(), return_to, ..EnrolmentForm::default() };
    ok(&EnrolmentPage { layout, enrolment, form, errors: FieldErrors::default() })
}

/// Adds the application, once a code of it is typed.
pub async fn post(
    _: SecondFactorEnrolmentPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
    UncheckedForm(mut form): UncheckedForm<EnrolmentForm>,
) -> PageResult {
    form.return_to = local_path(&form.return_to).to_owned();
    let standing = standing(&state, &person, &ctx, &session).await?;
    if !standing.needs_second_factor && !standing.has_second_factor {
        return Err(PageError::NotFound);
    }
    if standing.has_second_factor && !standing.showed_second_factor {
        return see_other(returning(SecondFactorPath, &form.return_to));
    }
    let email = person.email.as_ref();
    let Some(enrolment) = again(&state, &person, email, &form.sealed, ctx.now) else {
        let enrolment = begin(&state, &person, email, ctx.now)?;
        let errors = FieldErrors::of_form(said(FactorRefused::Expired));
        return unprocessable(&EnrolmentPage { layout, enrolment, form, errors });
    };
    let name = form.name.trim().to_owned();
    let mut errors = FieldErrors::default();
    if name.is_empty() {
        errors.add("name", "Donnez un nom à cette application, pour la reconnaître.");
    }
    errors.check_length("name", &name, LONGEST_NAME);
    if !errors.is_empty() {
        return unprocessable(&EnrolmentPage { layout, enrolment, form, errors });
    }
    let typed = (name.as_str(), form.code_of_application.as_str());
    match add(&state, &ctx, &person, &enrolment, typed).await {
        Ok(added) => {
            if !standing.showed_second_factor {
                session::show_factor(&session, ShownFactor::Application(added.id)).await?;
            }
            let return_to = form.return_to;
            match added.backup_code {
                Some(backup_code) => ok(&BackupCodePage { layout, backup_code, return_to }),
                None => see_other(return_to),
            }
        }
        Err(Failure::Refused(refused)) => {
            let field = if refused == FactorRefused::NameTaken { "name" } else { "code_of_application" };
            let errors = FieldErrors::one(field, said(refused));
            unprocessable(&EnrolmentPage { layout, enrolment, form, errors })
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}
