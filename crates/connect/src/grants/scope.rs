//! Scopes (IDP-8).

use std::fmt;

/// What a relying party asks to know. `openid` is always there: without it there is no request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scopes {
    /// `given_name`, `family_name`.
    pub(crate) profile: bool,
    /// `email`, `email_verified`.
    pub(crate) email: bool,
    /// `usual_name`.
    pub(crate) usual_name: bool,
    /// `offline_access`: a refresh token.
    pub(crate) offline_access: bool,
}

impl Scopes {
    /// Every scope, as advertised.
    pub(crate) const SUPPORTED: [&'static str; 5] =
        ["openid", "profile", "email", "usual_name", "offline_access"];

    /// Reads a space-separated list. `None` when `openid` is missing or a scope is unknown (IDP-2).
    pub(crate) fn parse(list: &str) -> Option<Self> {
        let mut openid = false;
        let mut scopes = Self::default();
        for scope in list.split(' ').filter(|scope| !scope.is_empty()) {
            match scope {
                "openid" => openid = true,
                "profile" => scopes.profile = true,
                "email" => scopes.email = true,
                "usual_name" => scopes.usual_name = true,
                "offline_access" => scopes.offline_access = true,
                _ => return None,
            }
        }
        openid.then_some(scopes)
    }

    /// Whether nothing is asked beyond what is allowed.
    pub(crate) fn is_within(self, allowed: Self) -> bool {
        let asked_and_allowed = [
            (self.profile, allowed.profile),
            (self.email, allowed.email),
            (self.usual_name, allowed.usual_name),
            (self.offline_access, allowed.offline_access),
        ];
        asked_and_allowed.iter().all(|(asked, allowed)| *allowed || !*asked)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("openid")?;
        for (granted, name) in [
            (self.profile, " profile"),
            (self.email, " email"),
            (self.usual_name, " usual_name"),
            (self.offline_access, " offline_access"),
        ] {
            if granted {
                f.write_str(name)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stays_within_what_is_allowed() {
        let allowed = Scopes::parse("openid email usual_name").unwrap();
        for (asked, within) in [
            ("openid", true),
            ("openid email", true),
            ("openid email usual_name", true),
            ("openid profile", false),
            ("openid email profile", false),
            ("openid offline_access", false),
        ] {
            assert_eq!(Scopes::parse(asked).unwrap().is_within(allowed), within, "{asked}");
        }
    }

    #[test]
    fn scopes_need_openid_and_nothing_unknown() {
        assert_eq!(Scopes::parse("profile email"), None);
        assert_eq!(Scopes::parse("openid phone"), None);
        assert_eq!(Scopes::parse(""), None);
        let scopes = Scopes::parse("email openid  profile email").unwrap();
        assert_eq!(scopes.to_string(), "openid profile email");
        assert_eq!(Scopes::parse(&scopes.to_string()), Some(scopes));
        assert_eq!(
            Scopes::parse(&Scopes::SUPPORTED.join(" ")).unwrap().to_string(),
            Scopes::SUPPORTED.join(" ")
        );
    }
}
