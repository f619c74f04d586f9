//! `/my-account`: what one's account says, and what may be changed of it.

pub mod devices;
pub mod email;
pub mod password;
pub mod sessions;

use askama::Template;
use axum::extract::State;
use iae_app::Ctx;
use iae_app::accounts::SignedIn;
use iae_app::accounts::profile::{self, Profile, ProfileUpdate};
use iae_domain::accounts::UserKind;
use iae_domain::text::{Name, PhoneNumber};
use serde::Deserialize;
use tower_sessions::Session;

use crate::error::{PageError, PageResult, ok, unprocessable};
use crate::extract::Person;
use crate::flash;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{MyAccountPath, MyEmailPath, MyPasswordPath};
use crate::state::WebState;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MyAccountForm {
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
    form: MyAccountForm,
    errors: FieldErrors,
}

impl MyAccountPage {
    fn new(layout: Layout, person: &SignedIn, has_devices: bool, profile: Profile) -> Self {
        let form = MyAccountForm {
            first_name: profile.first_name.clone(),
            last_name: profile.last_name.clone(),
            phone: profile.phone.clone().unwrap_or_default(),
        };
        Self { layout, kind: person.kind, profile, has_devices, form, errors: FieldErrors::default() }
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

/// Whether a second factor is asked of a person, or was given by them: they see its applications.
fn has_devices(state: &WebState, person: &SignedIn, ctx: &Ctx<()>) -> bool {
    let standing = person.standing(&state.config, false, ctx.now);
    standing.needs_second_factor || standing.has_second_factor
}

/// The account of whoever asks.
async fn known(state: &WebState, person: &SignedIn) -> PageResult<Profile> {
    profile::find(&state.db, person.user).await?.ok_or(PageError::NotFound)
}

/// Shows it.
pub async fn get(
    _: MyAccountPath,
    State(state): State<WebState>,
    Person(person): Person,
    ctx: Ctx<()>,
    layout: Layout,
) -> PageResult {
    let profile = known(&state, &person).await?;
    ok(&MyAccountPage::new(layout, &person, has_devices(&state, &person, &ctx), profile))
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
        Ok(update) => {
            profile::update(&state, &ctx, &person, update).await?;
            flash::done(&session, "Compte modifié", "", MyAccountPath).await
        }
        Err(errors) => unprocessable(&MyAccountPage {
            form,
            errors,
            ..MyAccountPage::new(layout, &person, has_devices(&state, &person, &ctx), known)
        }),
    }
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
    errors.or(Some(ProfileUpdate { names: names.flatten(), phone }))
}
