//! Accounts, identities at providers, sessions.

mod event;
mod identity;

pub use event::{AccountChange, AccountEvent};
pub use identity::{Claims, ExistingAccount, Login, LoginRefused, Provider, reconcile};

use crate::code::code;

code! {
    /// The three kinds of account; a kind never changes (USR-1).
    UserKind {
        JobSeeker = "job_seeker", "Candidat";
        Professional = "professional", "Professionnel";
        Staff = "itou_staff", "Équipe du service";
    }
}
