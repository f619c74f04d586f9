//! Accounts, identities at providers, sessions.

mod contract;
mod event;
pub mod gate;
mod identity;
mod letter;
mod lockout;
mod logout;
mod merger;
mod oversight;
mod password;
pub mod session;
mod sign_up;
mod staff;
mod subject;
mod terms;
pub mod unused;

pub use contract::{Algorithm, ClientAuthentication, Contract, EmailProof, ForeignEmail, UserInfo};
pub use event::{
    AccountChange, AccountEvent, SessionsEnd, happened, logged_out, sessions_ended, sessions_of_all_ended,
    switched_organisation,
};
pub use identity::{Claims, ExistingAccount, Login, LoginRefused, Provider, SignIn, reconcile};
pub use letter::{
    LETTER_LIFETIME, LetterChange, LetterEvent, LetterKind, NewLetter, Opens, letter_used, letter_written,
};
pub use lockout::{
    ACCOUNT_WINDOW, Failures, LockedOut, PasswordTry, VISITOR_WINDOW, code_wait, try_password,
};
pub use logout::Logout;
pub use merger::{
    AccountMergerRefused, AskMerger, Mergeable, Merger, are_names_apart, kept_and_former, merge,
};
pub use oversight::{Deactivated, EmailReplaced, Overseen, OversightRefused, PasswordKept, SubjectChange};
pub use password::{Personal, SHORTEST_PASSWORD, WeakPassword, check_password};
pub use sign_up::{Holder, SignUp, reset_answer, sign_up_answer};
pub use staff::{NewStaff, StaffRefused, open_staff};
pub use subject::Subject;
pub use terms::{NewerTerms, TERMS, accept_terms, are_outdated, current_terms};

use crate::code::code;

code! {
    /// The three kinds of account; a kind never changes (USR-1).
    UserKind {
        JobSeeker = "job_seeker", "Candidat";
        Professional = "professional", "Professionnel";
        Staff = "itou_staff", "Équipe du service";
    }
}
