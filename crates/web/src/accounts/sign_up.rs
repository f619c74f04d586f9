//! `/sign-up`: the choice of a profile (SGN-1), then the steps of each.

pub mod candidate;

use askama::Template;
use axum::extract::State;
use axum_extra::extract::cookie::PrivateCookieJar;
use iae_domain::accounts::Provider;
use iae_domain::ids::AccountLetterId;

use super::login::ways_of_professionals;
use crate::cookie;
use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::{ProfessionalSignUpPath, SignUpPath};
use crate::state::WebState;

/// Says, sealed, which sign-up this browser began: its link signs in here, and nowhere else (AUT-7).
const BEGAN: &str = "sign_up";

/// The page.
#[derive(Template)]
#[template(path = "accounts/sign_up.html")]
pub struct SignUpPage {
    layout: Layout,
    /// Where a professional opens their account, and comes back; none for whoever is signed in.
    ways: Vec<(Provider, String)>,
}

/// Shows it.
pub async fn get(_: SignUpPath, State(state): State<WebState>, layout: Layout) -> PageResult {
    let ways = if layout.user.is_some() {
        Vec::new()
    } else {
        ways_of_professionals(&state, &ProfessionalSignUpPath.to_string())
    };
    ok(&SignUpPage { layout, ways })
}

/// Remembers the sign-up, until the browser closes. A cookie is set whatever the letter says.
fn remember(jar: PrivateCookieJar, letter: Option<AccountLetterId>, over_tls: bool) -> PrivateCookieJar {
    let value = letter.map_or_else(|| "none".to_owned(), |letter| letter.to_string());
    jar.add(cookie::until_closed(BEGAN, value, over_tls))
}

/// Whether this browser began the sign-up of this letter.
pub(super) fn began_here(jar: &PrivateCookieJar, letter: AccountLetterId, over_tls: bool) -> bool {
    let began = jar.get(&cookie::name(BEGAN, over_tls));
    began.is_some_and(|began| began.value() == letter.to_string())
}
