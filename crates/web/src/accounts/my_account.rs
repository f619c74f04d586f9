//! `/my-account`: what one's account says, and what may be changed of it.

pub mod devices;
pub mod email;
mod holder;
pub mod password;
pub mod sessions;

use askama::Template;
use axum::extract::State;
use iae_app::accounts::SignedIn;
use iae_app::accounts::impersonation::Look;
use iae_app::accounts::profile::{Profile, ProfileUpdate, update};
use iae_app::{Ctx, Error};
use iae_domain::accounts::{Provider, UserKind};
use iae_domain::text::{Name, PhoneNumber};
use serde::Deserialize;
use tower_sessions::Session;
use url::Url;

use self::holder::{has_devices, known, last_look, provider};
use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::extract::Person;
use crate::filters;
use crate::flash;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{MyAccountPath, MyEmailPath, MyPasswordPath};
use crate::state::WebState;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MyAccountForm {
    /// What the page showed (D32).
    seen: String,
    first_name: String,
    last_name: String,
    phone: String,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/my_account.html")]
pub struct MyAccountPage {
    layout: Layout,
    kind: UserKind,
    profile: Profile,
    /// Whether codes of an application are asked of them, or were.
    has_devices: bool,
    /// Where they look after their account at their provider.
    provider: Option<(Provider, Url)>,
    /// When the team last saw the platform in their place (AUT-31).
    last_look: Option<Look>,
    form: MyAccountForm,
    errors: FieldErrors,
}

impl MyAccountPage {
    fn new(layout: Layout, person: &SignedIn, has_devices: bool, profile: Profile) -> Self {
        let form = MyAccountForm {
            seen: profile.seen(),
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
            phone: profile.phone.clone().unwrap_or_default(),
        };
        let (kind, errors) = (person.kind, FieldErrors::default());
        Self { layout, kind, profile, has_devices, provider: None, last_look: None, form, errors }
    }

    fn is_candidate(&self) -> bool {
        self.kind == UserKind::JobSeeker
    }

    fn are_names_theirs(&self) -> bool {
        self.profile.are_names_theirs(self.kind)
    }

    fn email_href() -> String {
        MyEmailPath.to_string()
    }

    fn password_href() -> String {
        MyPasswordPath.to_string()
    }

    fn email(&self) -> String {
        self.profile.email.as_ref().map(ToString::to_string).unwrap_or_default()
    }
}

/// Shows it.
pub async fn get(
    _: MyAccountPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
) -> PageResult {
    let profile = known(&state, &person).await?;
    let provider = provider(&state, &session).await?;
    let has_devices = has_devices(&state, &person, &ctx);
    let last_look = last_look(&state, &person, &ctx).await?;
    ok(&MyAccountPage { provider, last_look, ..MyAccountPage::new(layout, &person, has_devices, profile) })
}

/// Changes names and phone.
pub async fn post(
    _: MyAccountPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    session: Session,
    layout: Layout,
    UncheckedForm(form): UncheckedForm<MyAccountForm>,
) -> PageResult {
    let known = known(&state, &person).await?;
    match parse(&form, known.are_names_theirs(person.kind)) {
        Ok(changes) => match update(&state, &ctx, &person, changes).await {
            Ok(()) => flash::done(&session, "Compte modifié", "", MyAccountPath).await,
            Err(Error::Conflict) => Err(changed_meanwhile()),
            Err(error) => Err(error.into()),
        },
        Err(errors) => unprocessable(&MyAccountPage {
            form,
            errors,
            provider: provider(&state, &session).await?,
            last_look: last_look(&state, &person, &ctx).await?,
            ..MyAccountPage::new(layout, &person, has_devices(&state, &person, &ctx), known)
        }),
    }
}

/// D32: another tab or another browser saved something since.
fn changed_meanwhile() -> PageError {
    let message = "Votre compte a été modifié depuis que vous avez ouvert cette page, dans un autre onglet peut-être. \
                   Rien de ce que vous venez d’envoyer n’a été enregistré\u{a0}: relisez votre compte, puis recommencez.";
    let link = ("Relire mon compte".to_owned(), MyAccountPath.to_string());
    PageError::Conflict { message: message.to_owned(), link: Some(link) }
}

fn parse(form: &MyAccountForm, are_names_theirs: bool) -> Result<ProfileUpdate, FieldErrors> {
    let mut errors = FieldErrors::default();
    let names = are_names_theirs.then(|| {
        let mut name = |field, typed: &str, blank: &str| {
            let name = Name::parse(typed).ok();
            if name.is_none() {
                let message = if typed.trim().is_empty() {
                    blank
                } else {
                    "Un nom s’écrit en lettres, sur une ligne."
                };
                errors.add(field, message);
            }
            name
        };
        let first_name = name("first_name", &form.first_name, "Saisissez votre prénom.");
        let last_name = name("last_name", &form.last_name, "Saisissez votre nom.");
        first_name.zip(last_name)
    });
    let phone = PhoneNumber::parse(&form.phone).ok();
    if phone.is_none() && !form.phone.trim().is_empty() {
        errors.add("phone", "Ce numéro de téléphone n’est pas valide. Exemple : 06 12 34 56 78");
    }
    errors.or(Some(ProfileUpdate { names: names.flatten(), phone, seen: form.seen.clone() }))
}
