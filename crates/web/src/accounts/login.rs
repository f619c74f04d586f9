//! `/login`: every way to sign in, whatever is typed; signing in by password.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use iae_app::accounts::{LogInRefused, log_in_locally};
use iae_app::config::Persona;
use iae_app::{Ctx, Failure};
use iae_domain::accounts::{Provider, UserKind};
use iae_domain::text::Email;
use serde::Deserialize;

use super::entrance::Entrance;
use super::passwords::Typed;
use super::{local_path, messages, returning};
use crate::error::{PageError, PageResult, ok, see_other, unprocessable};
use crate::forms::{FieldErrors, UncheckedForm};
use crate::layout::Layout;
use crate::paths::{BeginPath, LoginPath};
use crate::state::WebState;
use crate::throttle::Failed;

/// Where to go after.
#[derive(Debug, Default, Deserialize)]
pub struct LoginQuery {
    #[serde(default)]
    return_to: String,
    /// Not empty when a login came too late, or twice.
    #[serde(default)]
    expired: String,
    /// Not empty when a session was there, and is over.
    #[serde(default)]
    ended: String,
    /// Not empty when a password was just chosen.
    #[serde(default)]
    chosen: String,
    /// Not empty when an account was just opened.
    #[serde(default)]
    opened: String,
    /// The address to fill in.
    #[serde(default)]
    email: String,
}

impl LoginQuery {
    /// The address of the page, for who has to choose how they sign in.
    pub(super) fn choosing(return_to: &str) -> String {
        returning(LoginPath, return_to)
    }

    /// The address of the page for someone who asks for a page without session, or with one that is over.
    pub(crate) fn required(return_to: &str, had_session: bool) -> String {
        let ended = if had_session { "&ended=true" } else { "" };
        format!("{}{ended}", Self::choosing(return_to))
    }

    /// The address of the page for someone who just chose a password, or opened an account, and signs in with it.
    pub(super) fn now_that(what: &'static str) -> String {
        format!("{LoginPath}?{what}=true")
    }

    /// What became of the login, or of the session, that was under way.
    fn notice(&self) -> Option<(&'static str, &'static str)> {
        let notices = [
            (&self.expired, messages::expired()),
            (&self.ended, messages::session_ended()),
            (&self.chosen, messages::password_chosen()),
            (&self.opened, messages::account_opened()),
        ];
        notices.into_iter().find(|(is_so, _)| !is_so.is_empty()).map(|(_, notice)| notice)
    }

    /// The address of the page for someone whose login came too late, or twice.
    pub(super) fn again(return_to: String) -> String {
        format!("{}&expired=true", Self::choosing(&return_to))
    }
}

/// What is typed to sign in by password.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LoginForm {
    email: String,
    password: Typed,
    return_to: String,
}

/// The page.
#[derive(Template)]
#[template(path = "accounts/login.html")]
pub struct LoginPage {
    layout: Layout,
    /// What became of the login, or of the session, that was under way: title, what to do.
    notice: Option<(&'static str, &'static str)>,
    ways: Vec<Way>,
    form: LoginForm,
    errors: FieldErrors,
    personas: Vec<(Persona, String)>,
    password: String,
}

impl LoginPage {
    /// « CW » for Claire Weber.
    fn initials(persona: &Persona) -> String {
        persona.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect()
    }

    fn new(
        state: &WebState,
        layout: Layout,
        notice: Option<(&'static str, &'static str)>,
        form: LoginForm,
        errors: FieldErrors,
    ) -> Self {
        let return_to = form.return_to.as_str();
        let configured = |provider: &&Provider| state.oidc.get(**provider).is_some();
        let ways = Provider::ALL.iter().filter(configured);
        let ways = ways.map(|provider| Way { provider: *provider, href: way(*provider, return_to, None) });
        let demo = state.config.demo.as_ref();
        let personas = demo.map(|demo| demo.personas.clone()).unwrap_or_default();
        let personas = personas.into_iter().map(|persona| {
            let href = if persona.is_staff {
                let email = serde_urlencoded::to_string([("email", persona.email.as_str())]);
                format!("{}&{}#password", LoginQuery::choosing(return_to), email.unwrap_or_default())
            } else {
                way(Provider::InclusionConnect, return_to, Some(persona.email.as_str()))
            };
            (persona, href)
        });
        Self {
            layout,
            notice,
            ways: ways.collect(),
            personas: personas.collect(),
            password: demo.map(|demo| demo.password.clone()).unwrap_or_default(),
            form,
            errors,
        }
    }
}

/// One way to sign in.
struct Way {
    provider: Provider,
    href: String,
}

/// The ways in for a professional whose address is known, and back: whoever comes back with another is not signed in (OID-20).
pub(crate) fn ways_for(state: &WebState, email: &Email, return_to: &str) -> Vec<(Provider, String)> {
    let serves = |provider: &&Provider| {
        state.oidc.get(**provider).is_some() && provider.contract().opens == UserKind::Professional
    };
    let href = |provider| format!("{}&expected=true", way(provider, return_to, Some(email.as_str())));
    Provider::ALL.iter().filter(serves).map(|provider| (*provider, href(*provider))).collect()
}

/// The ways in for a professional who has no account yet: it opens at the first sign-in.
pub(super) fn ways_of_professionals(state: &WebState, return_to: &str) -> Vec<(Provider, String)> {
    let serves = |provider: &&Provider| {
        state.oidc.get(**provider).is_some() && provider.contract().opens == UserKind::Professional
    };
    let ways = Provider::ALL.iter().filter(serves);
    ways.map(|provider| (*provider, way(*provider, return_to, None))).collect()
}

/// Where a login at a provider begins.
fn way(provider: Provider, return_to: &str, hint: Option<&str>) -> String {
    let path = BeginPath { provider: provider.code().to_lowercase() };
    let query = [("return_to", return_to)].into_iter().chain(hint.map(|hint| ("login_hint", hint)));
    format!("{path}?{}", serde_urlencoded::to_string(query.collect::<Vec<_>>()).unwrap_or_default())
}

/// Shows the ways to sign in; someone already signed in goes on.
pub async fn get(
    _: LoginPath,
    State(state): State<WebState>,
    Query(query): Query<LoginQuery>,
    layout: Layout,
) -> PageResult {
    let return_to = local_path(&query.return_to).to_owned();
    if layout.user.is_some() {
        return see_other(return_to);
    }
    let notice = query.notice();
    let form = LoginForm { email: query.email, return_to, ..LoginForm::default() };
    ok(&LoginPage::new(&state, layout, notice, form, FieldErrors::default()))
}

/// Signs in by password. What is refused says neither whether the address is known nor whether it is locked (D25).
pub async fn post(
    _: LoginPath,
    State(state): State<WebState>,
    ctx: Ctx<()>,
    entrance: Entrance,
    layout: Layout,
    UncheckedForm(mut form): UncheckedForm<LoginForm>,
) -> PageResult {
    form.return_to = local_path(&form.return_to).to_owned();
    let email = match typed(&form) {
        Ok(email) => email,
        Err(errors) => return unprocessable(&LoginPage::new(&state, layout, None, form, errors)),
    };
    let (password, known) = (form.password.secret(), entrance.last_person());
    match log_in_locally(&state, &ctx, &email, password, &entrance.visitor, known).await {
        Ok(user) => entrance.enter(user, Some(ctx.now), form.return_to).await,
        Err(Failure::Refused(LogInRefused::TooMany)) => {
            Ok(failed(PageError::TooManyRequests { retry_after: 60 }.into_response()))
        }
        Err(Failure::Refused(LogInRefused::Wrong)) => {
            let errors = FieldErrors::one("password", messages::WRONG_PASSWORD);
            Ok(failed(unprocessable(&LoginPage::new(&state, layout, None, form, errors))?))
        }
        Err(Failure::App(error)) => Err(error.into()),
    }
}

fn typed(form: &LoginForm) -> Result<Email, FieldErrors> {
    let mut errors = FieldErrors::default();
    let email = Email::parse(&form.email).ok();
    if email.is_none() {
        errors.add("email", "Saisissez votre adresse e-mail. Format attendu : nom@exemple.fr");
    }
    if form.password.is_empty() {
        errors.add("password", "Saisissez votre mot de passe.");
    }
    errors.or(email)
}

/// Counts among what failed from this address (D25).
fn failed(mut response: Response) -> Response {
    response.extensions_mut().insert(Failed);
    response
}
