//! The roads of professionals into the platform, besides invitations (rule book 01 §8): an organisation signed up by whoever
//! administers it, a link sent to the official address of a company, a request to who is there already, the code of an agency.

mod company_link;
mod founding;
mod join_request;
mod safir;
mod search;

use crate::accounts::UserKind;
use crate::organisations::invitations::Guest;

pub use company_link::{
    COMPANY_LINK_LASTS, CompanyFacts, CompanyLink, CompanyLinkRefused, LINKS_A_DAY, LINKS_AN_HOUR,
    NewCompanyLink, ask_for_link,
};
pub use founding::{
    FoundingRefused, Identity, Nature, NewOrganisation, Whereabouts, facilitator, prescriber,
};
pub use join_request::{
    JOIN_ASKED_AGAIN, JOINS_A_DAY, JoinFacts, JoinRequest, JoinRequestRefused, ask_to_join,
};
pub use safir::{InvalidSafir, SafirCode, SafirRefused, may_join_agency};
pub use search::{CompanySearch, CompanySearchRefused};

/// Whether somebody is a professional: nobody else signs an organisation up, nor joins one (MEM-1, SGN-6).
const fn is_professional(guest: &Guest) -> bool {
    match guest.kind {
        UserKind::Professional => true,
        UserKind::JobSeeker | UserKind::Staff => false,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::UserId;
    use crate::text::Email;

    /// Somebody of this kind of account, at this address.
    pub(super) fn guest(kind: UserKind, email: &str) -> Guest {
        Guest { user: UserId(Uuid::from_u128(7)), kind, email: Email::parse(email).ok() }
    }
}
