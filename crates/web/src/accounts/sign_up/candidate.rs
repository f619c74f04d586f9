//! `/sign-up/candidate`: who the person is, then how they will sign in, with what they said before them (SGN-2 to SGN-4). Nothing
//! is kept before the last step, which answers alike whoever has an account: a mail tells the rest.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse as _;
use axum_extra::extract::cookie::PrivateCookieJar;
use chrono::NaiveDate;
use iae_app::Ctx;
use iae_app::accounts::sign_up;
use iae_domain::accounts::{Personal, Provider, SignUp, UserKind, check_password};
use iae_domain::candidates::{Nir, Title, check_consistency};
use serde::Deserialize;

use super::super::passwords::{Typed, chosen, weak};
use super::remember;
use crate::candidates::fields::{PersonFields, email, own_name, required};
use crate::candidates::messages;
use crate::error::{PageResult, ok, unprocessable};
use crate::filters;
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{BeginPath, CandidateSignUpPath};
use crate::state::WebState;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    step: String,
    #[serde(flatten)]
    person: PersonFields,
    password: Typed,
    password_again: Typed,
}

impl SignUpForm {
    /// Who the person says they are, with the place of birth in words; or the mistakes, in the order of the fields.
    fn parse(&self, today: NaiveDate) -> Result<(SignUp, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let typed = &self.person;
        let title = required(&mut errors, "title", Title::parse(&typed.title), "Choisissez la civilité.");
        let first_name = own_name(&mut errors, "first_name", &typed.first_name, "Saisissez votre prénom.");
        let last_name = own_name(&mut errors, "last_name", &typed.last_name, "Saisissez votre nom.");
        let birth_date = typed.file.own_birth_date(&mut errors, today);
        let birth_place = typed.file.birth_place(&mut errors);
        let nir = if typed.file.nir.trim().is_empty() {
            None
        } else {
            typed.file.nir_answer(&mut errors).and_then(|answer| answer.nir().cloned())
        };
        if let Some(nir) = &nir
            && let Err(what) = check_consistency(nir, title, birth_date)
        {
            let (field, message) = messages::inconsistent(what);
            errors.add(field, message);
        }
        let address = email(&mut errors, &typed.email);
        let address = required(&mut errors, "email", address, "Saisissez votre adresse e-mail.");
        if address.as_ref().is_some_and(|address| address.is_france_travail()) {
            errors.add(
                "email",
                "Une adresse professionnelle de France Travail n’ouvre pas un compte de candidat.",
            );
        }
        let read = || {
            let (birth_place, birth_place_name) = birth_place?;
            let sign_up = SignUp {
                title: title?,
                first_name: first_name?,
                last_name: last_name?,
                birth_date: birth_date?,
                birth_place,
                nir,
                email: address?,
            };
            Some((sign_up, birth_place_name))
        };
        let read = read();
        errors.or(read)
    }
}

/// The first step: who the person is.
#[derive(Template)]
#[template(path = "accounts/sign_up/identity.html")]
pub struct IdentityPage {
    layout: Layout,
    form: SignUpForm,
    errors: FieldErrors,
    /// The providers that open an account for a candidate, and where each begins.
    ways: Vec<(Provider, BeginPath)>,
}

impl IdentityPage {
    fn new(state: &WebState, layout: Layout, form: SignUpForm, errors: FieldErrors) -> Self {
        let serves = |provider: &Provider| {
            state.oidc.get(*provider).is_some() && provider.contract().opens == UserKind::JobSeeker
        };
        let ways = Provider::ALL.iter().copied().filter(serves);
        let ways = ways.map(|way| (way, BeginPath { provider: way.code().to_lowercase() })).collect();
        Self { layout, form, errors, ways }
    }
}

/// The second: the password, under what was said.
#[derive(Template)]
#[template(path = "accounts/sign_up/credentials.html")]
pub struct CredentialsPage {
    layout: Layout,
    form: SignUpForm,
    said: SignUp,
    birth_place: String,
    errors: FieldErrors,
}

impl CredentialsPage {
    fn nir(&self) -> String {
        self.said.nir.as_ref().map(Nir::grouped).unwrap_or_default()
    }
}

/// A mail left.
#[derive(Template)]
#[template(path = "accounts/sign_up/sent.html")]
pub struct SentPage {
    layout: Layout,
    said: SignUp,
}

/// Asks who the person is.
pub async fn get(_: CandidateSignUpPath, State(state): State<WebState>, layout: Layout) -> PageResult {
    ok(&IdentityPage::new(&state, layout, SignUpForm::default(), FieldErrors::default()))
}

/// Checks what was typed, then asks for a password, then writes to the address.
pub async fn post(
    _: CandidateSignUpPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    jar: PrivateCookieJar,
    layout: Layout,
    UncheckedForm(mut form): UncheckedForm<SignUpForm>,
) -> PageResult {
    form.person.file.look_up(&state, None, None).await?;
    if form.step == "edit" {
        return ok(&IdentityPage::new(&state, layout, form, FieldErrors::default()));
    }
    let (said, birth_place) = match form.parse(ctx.today()) {
        Ok(read) => read,
        Err(errors) => return unprocessable(&IdentityPage::new(&state, layout, form, errors)),
    };
    if form.step != "create" {
        let errors = FieldErrors::default();
        return ok(&CredentialsPage { layout, form, said, birth_place, errors });
    }
    let mut errors = FieldErrors::default();
    let person = Personal {
        email: said.email.as_str(),
        first_name: said.first_name.as_str(),
        last_name: said.last_name.as_str(),
    };
    let password = chosen(&mut errors, &form.password, &form.password_again);
    if let Err(refused) = check_password(form.password.as_str(), person)
        && !form.password.is_empty()
    {
        errors.add("password", weak(refused));
    }
    let Some(password) = password.filter(|_| errors.is_empty()) else {
        return unprocessable(&CredentialsPage { layout, form, said, birth_place, errors });
    };
    let letter = sign_up(&state, &ctx, said.clone(), password).await?;
    let jar = remember(jar, letter, state.config.is_over_tls());
    Ok((jar, ok(&SentPage { layout, said })?).into_response())
}
