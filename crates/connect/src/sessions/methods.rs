//! How a person proved who they are, and what relying parties are told of it: `amr` (RFC 8176) and `acr`.

/// What was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Methods {
    /// A password.
    Password,
    /// A password, then a code that serves once, of an application or kept for the day it is lost.
    PasswordAndOtp,
    /// A password, then a passkey.
    PasswordAndPasskey,
    /// A passkey alone: what it is kept in asked for a finger, a face or a PIN before it signed.
    Passkey,
}

/// How sure it is, in the words of eIDAS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Acr {
    /// One factor.
    Eidas1,
    /// Two.
    Eidas2,
}

impl Acr {
    /// Every level, as advertised.
    pub(crate) const SUPPORTED: [Self; 2] = [Self::Eidas1, Self::Eidas2];

    /// Claim `acr`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Eidas1 => "eidas1",
            Self::Eidas2 => "eidas2",
        }
    }

    /// A level as relying parties write it, when it is one of ours.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        Self::SUPPORTED.into_iter().find(|level| level.as_str() == value)
    }
}

impl Methods {
    /// Claim `amr`, and what is stored.
    pub(crate) fn amr(self) -> &'static [&'static str] {
        match self {
            Self::Password => &["pwd"],
            Self::PasswordAndOtp => &["pwd", "otp", "mfa"],
            Self::PasswordAndPasskey => &["pwd", "pop", "mfa"],
            Self::Passkey => &["pop", "mfa"],
        }
    }

    /// As stored.
    pub(crate) fn stored(self) -> Vec<String> {
        self.amr().iter().map(|&method| method.to_owned()).collect()
    }

    /// Read back. What cannot be read is worth the least.
    pub(crate) fn from_stored(stored: &[String]) -> Self {
        let has = |method: &str| stored.iter().any(|known| known == method);
        match (has("pwd"), has("otp"), has("pop")) {
            (true, true, _) => Self::PasswordAndOtp,
            (true, false, true) => Self::PasswordAndPasskey,
            (false, false, true) => Self::Passkey,
            (true, false, false) | (false, _, _) => Self::Password,
        }
    }

    /// Claim `acr`.
    pub(crate) fn acr(self) -> Acr {
        match self {
            Self::Password => Acr::Eidas1,
            Self::PasswordAndOtp | Self::PasswordAndPasskey | Self::Passkey => Acr::Eidas2,
        }
    }

    /// Whether there were two factors.
    pub(crate) fn are_two(self) -> bool {
        self.acr() == Acr::Eidas2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back_and_what_cannot_be_read_is_worth_the_least() {
        use Methods::{Passkey, Password, PasswordAndOtp, PasswordAndPasskey};
        for (methods, acr) in [
            (Password, "eidas1"),
            (PasswordAndOtp, "eidas2"),
            (PasswordAndPasskey, "eidas2"),
            (Passkey, "eidas2"),
        ] {
            assert_eq!(Methods::from_stored(&methods.stored()), methods);
            assert_eq!(methods.acr().as_str(), acr);
            assert_eq!(methods.are_two(), methods.amr().contains(&"mfa"));
        }
        for nonsense in [vec![], vec!["mfa".to_owned()], vec!["otp".to_owned()]] {
            assert_eq!(Methods::from_stored(&nonsense), Password);
        }
    }

    #[test]
    fn only_levels_of_ours_are_read() {
        assert_eq!(Acr::parse("eidas2"), Some(Acr::Eidas2));
        for other in ["", "eidas3", "EIDAS2", "mfa"] {
            assert_eq!(Acr::parse(other), None);
        }
        assert!(Acr::Eidas1 < Acr::Eidas2);
    }
}
