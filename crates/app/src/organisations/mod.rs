//! Organisations as their members run them: who they are, what they say of themselves, their antennas, their annexes, their openings.

pub mod agreed;
pub mod annexes;
pub mod antennas;
pub mod invitations;
pub mod members;
pub mod openings;
pub mod profile;
pub mod sign_up;
pub(crate) mod store;
pub mod succession;
pub mod transfer;

use iae_domain::organisations::{CompanyKind, InstitutionKind, OrganisationFamily, PrescriberKind};
use openidconnect::CsrfToken;

/// What an organisation is, in words: « Mission locale ».
pub(crate) fn kind_label(family: OrganisationFamily, kind: &str) -> &'static str {
    let label = match family {
        OrganisationFamily::Company => CompanyKind::parse(kind).map(CompanyKind::label),
        OrganisationFamily::Prescriber => PrescriberKind::parse(kind).map(PrescriberKind::label),
        OrganisationFamily::Institution => InstitutionKind::parse(kind).map(InstitutionKind::label),
    };
    label.unwrap_or(family.label())
}

/// A word that nobody guesses, for a link of a mail: 128 bits, as those of logins.
fn secret() -> String {
    CsrfToken::new_random().secret().clone()
}
