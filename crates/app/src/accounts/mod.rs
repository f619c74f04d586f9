//! Signing in and out, sessions, the organisation people act for.

mod create_staff;
mod end_sessions;
mod hear_logout;
pub mod impersonation;
mod letters;
mod local;
mod log_in_oidc;
mod log_out;
pub mod merger;
pub mod oversight;
pub mod profile;
pub(crate) mod queries;
pub mod second_factor;
pub mod sessions;
mod signed_in;
mod store;
mod switch_organisation;
mod terms;
mod unused;

pub use create_staff::create_staff;
pub use end_sessions::{end_every_session, end_sessions, end_sessions_of, end_sessions_within};
pub use hear_logout::{Heard, NotHeard, hear_logout};
pub use iae_credentials::{PasswordHash, Passwords};
pub(crate) use letters::with_key;
pub use letters::{OpenLetter, open_letter};
pub use local::{
    ChangeEmailRefused, ChangePasswordRefused, ChosenPassword, ConfirmRefused, LinkRefused, LogInRefused,
    change_email, change_password, choose_password, confirm_email, confirm_sign_up, forgot_password,
    log_in_locally, sign_up,
};
pub use log_in_oidc::{
    ATTEMPT_LIFETIME, Asked, BeginError, Begun, Callback, CompleteError, Completed, Declined, NotSignedIn,
    OpenThere, Unusable, asked_page, begin, complete,
};
pub use log_out::{LeftOpen, close_there, log_out};
pub use second_factor::FactorRefused;
pub use signed_in::{Impersonator, Membership, Role, SignedIn, signed_in};
pub use switch_organisation::switch_organisation;
pub use terms::{accept_terms, welcome};
pub use unused::follow_unused;

/// What use cases of accounts refuse with, which no rule of the domain does: it depends on what is typed and counted.
mod refusals {
    use crate::failure::RuleRefusal;

    impl RuleRefusal for super::ChangeEmailRefused {}
    impl RuleRefusal for super::ChangePasswordRefused {}
    impl RuleRefusal for super::ConfirmRefused {}
    impl RuleRefusal for super::FactorRefused {}
    impl RuleRefusal for super::LinkRefused {}
    impl RuleRefusal for super::LogInRefused {}
}
