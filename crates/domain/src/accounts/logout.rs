//! The way out of a provider: what goes along, and where it stands.

/// How the browser tells a provider to close its session (AUT-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logout {
    /// By a form: nothing stands in an address (AUT-12).
    Form,
    /// By the provider's own address, where it takes no form.
    Address,
}

/// Claims that say nothing of a person but who they are at the provider: who issued the token, for whom, when and how they
/// proved who they are. Any other may be a name, an address or a birth.
const IMPERSONAL: &[&str] = &[
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "nbf",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "sid",
    "at_hash",
    "c_hash",
    "s_hash",
    "idp_id",
    "realm",
    "tokenName",
    "tokenType",
    "auditTrackingId",
];

impl Logout {
    /// Whether the id token of these claims goes along. In a form, always; in an address, which browsers, proxies and
    /// servers keep, as long as it says nothing personal. Without it the provider is told which client asks, and may ask
    /// the person to confirm.
    pub fn takes_id_token<'a>(self, mut claims: impl Iterator<Item = &'a str>) -> bool {
        match self {
            Self::Form => true,
            Self::Address => claims.all(|claim| IMPERSONAL.contains(&claim)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AUT-12: an id token stands in an address only when it says nothing of the person.
    #[test]
    fn an_id_token_that_says_who_someone_is_stands_in_no_address() {
        let bare = ["iss", "sub", "aud", "exp", "iat", "nonce", "acr", "amr", "auth_time", "at_hash"];
        for (more, in_address) in [
            (None, true),
            (Some("sid"), true),
            (Some("email"), false),
            (Some("given_name"), false),
            (Some("usual_name"), false),
            (Some("birthdate"), false),
            (Some("preferred_username"), false),
            (Some("subname"), false),
            (Some("Email"), false),
        ] {
            let claims = || bare.into_iter().chain(more);
            assert_eq!(Logout::Address.takes_id_token(claims()), in_address, "{more:?}");
            assert!(Logout::Form.takes_id_token(claims()), "{more:?}");
        }
    }
}
