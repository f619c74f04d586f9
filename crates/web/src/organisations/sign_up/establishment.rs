//! The establishment that is signed up: SIRENE says what it is called and where it is; whoever signs it up does, where SIRENE says nothing
//! (ORG-6, D18).

use iae_app::App;
use iae_app::organisations::sign_up::look_up;
use iae_app::reference::queries::Suggested;
use iae_domain::organisations::sign_up::Identity;
use iae_domain::organisations::{NotListed, Siret};

use super::messages;
use crate::error::PageResult;
use crate::forms::FieldErrors;
use crate::organisations::antenna::no_siret;
use crate::organisations::fields::{ProfileForm, Says};

/// What is known of an establishment.
pub(super) enum Known {
    /// What it is called, where it is.
    Identity(Box<Identity>),
    /// It is refused: said beside its SIRET.
    Refused(FieldErrors),
    /// Whoever signs it up says where it is: why, and what is wrong with what they said.
    Asked(NotListed, FieldErrors),
}

/// The SIRET that was typed, or what is wrong with it (ORG-2).
pub(super) fn siret(errors: &mut FieldErrors, typed: &str) -> Option<Siret> {
    Siret::parse(typed).map_err(|_| errors.add("siret", no_siret(typed))).ok()
}

/// What is known of it. `is_typed`: whether its name and address were asked, and sent.
pub(super) async fn identify(
    app: &App,
    siret: Siret,
    (profile, communes): (&ProfileForm, &[Suggested]),
    is_typed: bool,
) -> PageResult<Known> {
    let why = match look_up(app, &siret).await? {
        Ok(identity) => return Ok(Known::Identity(Box::new(identity))),
        Err(why) => why,
    };
    if why.is_refused() {
        return Ok(Known::Refused(FieldErrors::one("siret", messages::not_listed(why))));
    }
    let mut errors = FieldErrors::default();
    if !is_typed {
        return Ok(Known::Asked(why, errors));
    }
    let profile = profile.profile(&mut errors, communes, Says::Nothing);
    Ok(match errors.or(profile) {
        Ok(profile) => Known::Identity(Box::new(Identity::typed(siret, profile))),
        Err(errors) => Known::Asked(why, errors),
    })
}

/// The address, line by line.
pub(super) fn address(identity: &Identity) -> Vec<String> {
    let seat = &identity.seat;
    let town = format!("{} {}", seat.post_code, seat.city);
    let lines = [seat.line_1.clone(), seat.line_2.clone(), town];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
