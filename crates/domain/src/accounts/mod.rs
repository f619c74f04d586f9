//! Accounts, identities at providers, sessions.

mod event;
mod identity;
mod staff;

pub use event::{AccountChange, AccountEvent, logged_out, switched_organisation};
pub use identity::{Claims, ExistingAccount, Login, LoginRefused, Provider, reconcile};
pub use staff::{EmailTaken, NewStaff, open_staff};

use crate::code::code;

code! {
    /// The three kinds of account; a kind never changes (USR-1).
    UserKind {
        JobSeeker = "job_seeker", "Candidat";
        Professional = "professional", "Professionnel";
        Staff = "itou_staff", "Équipe du service";
    }
}
