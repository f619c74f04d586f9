//! `/login/second-factor`: a code, after the password (AUT-20 to AUT-23).

pub mod enrolment;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum_extra::extract::Query;
use iae_app::accounts::second_factor::{show, use_backup_code};
use iae_app::accounts::{FactorRefused, SignedIn};
use iae_app::{Ctx, Failure};
use iae_domain::accounts::gate::Standing;
use serde::Deserialize;
use tower_sessions::Session;

use super::{local_path, returning};
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::extract::Person;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{SecondFactorEnrolmentPath, SecondFactorPath};
use crate::session::{self, ShownFactor};
use crate::state::WebState;
use crate::throttle::Failed;

/// Where to go after.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SecondFactorQuery {
    return_to: String,
}

/// What is typed: a code of an application, or the backup code.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct SecondFactorForm {
    code_of_application: String,
    backup_code_of_application: String,
    return_to: String,
}

/// Holds codes.
impl std::fmt::Debug for SecondFactorForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactorForm(…)")
    }
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/second_factor.html")]
pub struct SecondFactorPage {
    layout: Layout,
    return_to: String,
    errors: FieldErrors,
}

/// What the gate looks at, in this session.
async fn standing(
    state: &WebState,
    person: &SignedIn,
    ctx: &Ctx<()>,
    session: &Session,
) -> PageResult<Standing> {
    let showed = session::shown_factor(session).await?.is_some();
    Ok(person.standing(&state.config, showed, ctx.now))
}

/// Asks for a code. Not there for who has no application (AUT-24); whoever showed one goes on.
pub async fn get(
    _: SecondFactorPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    Query(query): Query<SecondFactorQuery>,
    layout: Layout,
) -> PageResult {
    let return_to = local_path(&query.return_to).to_owned();
    let standing = standing(&state, &person, &ctx, &session).await?;
    if !standing.has_second_factor {
        return Err(PageError::NotFound);
    }
    if standing.showed_second_factor {
        return see_other(return_to);
    }
    ok(&SecondFactorPage { layout, return_to, errors: FieldErrors::default() })
}

/// Looks at it: a right one opens the session under a new id; the backup code asks for another application.
pub async fn post(
    _: SecondFactorPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<SecondFactorForm>,
) -> PageResult {
    if !person.has_second_factor {
        return Err(PageError::NotFound);
    }
    let return_to = local_path(&form.return_to).to_owned();
    let is_backup = !form.backup_code_of_application.trim().is_empty();
    let field = if is_backup { "backup_code_of_application" } else { "code_of_application" };
    let done = if is_backup {
        let (code, key) = (&form.backup_code_of_application, session::own_key(&session));
        let used = use_backup_code(&state, &ctx, &person, code, &key).await;
        used.map(|()| None)
    } else {
        show(&state, &ctx, &person, &form.code_of_application).await.map(Some)
    };
    match done {
        Ok(Some(application)) => {
            session::show_factor(&session, ShownFactor::Application(application)).await?;
            see_other(return_to)
        }
        Ok(None) => {
            session::forget_factor(&session).await?;
            see_other(returning(SecondFactorEnrolmentPath, &return_to))
        }
        Err(Failure::Refused(refused)) => {
            let errors = FieldErrors::one(field, said(refused));
            Ok(failed(unprocessable(&SecondFactorPage { layout, return_to, errors })?))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

/// Counts among what failed from this address (D25).
fn failed(mut response: Response) -> Response {
    response.extensions_mut().insert(Failed);
    response
}

/// What is said of a code, or of an application, that is not taken.
fn said(refused: FactorRefused) -> String {
    match refused {
        FactorRefused::Wrong => {
            "Ce code n’est pas le bon, ou il a déjà servi. Tapez celui que l’application affiche maintenant."
                .to_owned()
        }
        FactorRefused::Locked { minutes } => {
            let minutes = crate::french::plural(minutes, "minute", "minutes");
            format!("Trop de codes faux : réessayez dans {minutes}.")
        }
        FactorRefused::Expired => "Cette page a trop attendu : recommencez.".to_owned(),
        FactorRefused::NameTaken => "Vous avez déjà une application de ce nom.".to_owned(),
        FactorRefused::TooMany => "Vous avez trop d’applications : retirez-en une d’abord.".to_owned(),
        FactorRefused::InUse => "Vous l’avez utilisée pour cette session.".to_owned(),
    }
}
