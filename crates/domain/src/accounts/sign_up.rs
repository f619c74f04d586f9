//! What becomes of a candidate's sign-up (SGN-3): the page answers alike, the mail tells the rest.

use super::{LetterKind, UserKind};
use crate::Changed;
use crate::candidates::{BirthDate, BirthPlace, Nir, Title};
use crate::ids::UserId;
use crate::text::{Email, Name};

/// What a candidate says of themselves to sign up (SGN-2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// Civil title.
    pub title: Title,
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
    /// Date of birth.
    pub birth_date: BirthDate,
    /// Place of birth.
    pub birth_place: BirthPlace,
    /// Social security number; it may be given later.
    pub nir: Option<Nir>,
    /// Their address.
    pub email: Email,
}

impl SignUp {
    /// It is kept until the address is proved: the letter says that it was asked, and nobody's account changes before.
    pub const fn kept(self) -> Changed<Self> {
        Changed::with(self, vec![])
    }
}

/// The account that has the address already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it may sign in.
    pub is_active: bool,
    /// Whether it has a password, or an identity of a provider: somebody signs in with it.
    pub is_opened: bool,
}

impl Holder {
    /// A candidate whose file a professional made, and who never came (USR-14).
    pub fn is_waiting(&self) -> bool {
        self.kind == UserKind::JobSeeker && self.is_active && !self.is_opened
    }
}

/// Which letter answers a sign-up: of the number first, then of the address. `nir_holder` has the number that was typed.
pub fn sign_up_answer(holder: Option<&Holder>, nir_holder: Option<UserId>) -> LetterKind {
    let is_of_another = nir_holder.is_some_and(|user| holder.is_none_or(|holder| holder.user != user));
    match holder {
        _ if is_of_another => LetterKind::NirKnown,
        Some(holder) if holder.is_waiting() => LetterKind::Activate,
        Some(_) => LetterKind::AlreadyThere,
        None => LetterKind::ConfirmSignUp,
    }
}

/// Which letter answers a forgotten password (AUT-8).
pub fn reset_answer(holder: Option<&Holder>, has_identity: bool) -> LetterKind {
    match holder {
        Some(holder) if holder.is_active && has_identity => LetterKind::SignsInElsewhere,
        Some(holder) if holder.is_waiting() => LetterKind::Activate,
        // A professional signs in by a provider, whether or not they did already (rule book 01 §1.3, SGN-6).
        Some(holder) if holder.is_active && holder.kind == UserKind::Professional && !holder.is_opened => {
            LetterKind::SignsInElsewhere
        }
        Some(holder) if holder.is_active => LetterKind::ResetPassword,
        Some(_) | None => LetterKind::NoAccount,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LetterKind::*;
    use UserKind::*;

    fn holder(kind: UserKind, is_active: bool, is_opened: bool) -> Holder {
        Holder { user: UserId(uuid::Uuid::from_u128(1)), kind, is_active, is_opened }
    }

    #[test]
    fn a_sign_up_is_answered_by_the_letter_of_what_is_there() {
        let (same, other) = (UserId(uuid::Uuid::from_u128(1)), UserId(uuid::Uuid::from_u128(2)));
        for (holder, nir_holder, expected) in [
            (None, None, ConfirmSignUp),
            (None, Some(other), NirKnown),
            (Some(holder(JobSeeker, true, false)), None, Activate),
            (Some(holder(JobSeeker, true, false)), Some(same), Activate),
            (Some(holder(JobSeeker, true, false)), Some(other), NirKnown),
            (Some(holder(JobSeeker, true, true)), None, AlreadyThere),
            (Some(holder(JobSeeker, false, false)), None, AlreadyThere),
            (Some(holder(Professional, true, false)), None, AlreadyThere),
            (Some(holder(Staff, true, true)), None, AlreadyThere),
        ] {
            assert_eq!(sign_up_answer(holder.as_ref(), nir_holder), expected, "{holder:?}");
        }
    }

    #[test]
    fn a_forgotten_password_is_answered_by_the_letter_of_what_is_there() {
        for (holder, has_identity, expected) in [
            (None, false, NoAccount),
            (Some(holder(JobSeeker, false, true)), false, NoAccount),
            (Some(holder(JobSeeker, true, true)), false, ResetPassword),
            (Some(holder(JobSeeker, true, false)), false, Activate),
            (Some(holder(JobSeeker, true, true)), true, SignsInElsewhere),
            (Some(holder(Professional, true, true)), true, SignsInElsewhere),
            (Some(holder(Professional, true, false)), false, SignsInElsewhere),
            (Some(holder(Staff, true, true)), false, ResetPassword),
            (Some(holder(Staff, true, false)), false, ResetPassword),
        ] {
            assert_eq!(reset_answer(holder.as_ref(), has_identity), expected, "{holder:?}");
        }
    }
}
