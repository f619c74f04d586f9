//! Accounts, identities at providers, sessions.

mod contract;
mod event;
mod identity;
mod logout;
pub mod session;
mod staff;
mod subject;

pub use contract::{Algorithm, ClientAuthentication, Contract, EmailProof, ForeignEmail, UserInfo};
pub use event::{
    AccountChange, AccountEvent, SessionsEnd, logged_out, sessions_ended, sessions_of_all_ended,
    switched_organisation,
};
pub use identity::{Claims, ExistingAccount, Login, LoginRefused, Provider, reconcile};
pub use logout::Logout;
pub use staff::{NewStaff, StaffRefused, open_staff};
pub use subject::Subject;

use crate::code::code;

code! {
    /// The three kinds of account; a kind never changes (USR-1).
    UserKind {
        JobSeeker = "job_seeker", "Candidat";
        Professional = "professional", "Professionnel";
        Staff = "itou_staff", "Équipe du service";
    }
}
