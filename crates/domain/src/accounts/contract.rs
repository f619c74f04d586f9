//! What each identity provider is relied upon for (rule book 01 §1.3, §10.4, §10.5). It is declared here and never learnt
//! from what the provider publishes of itself: who answers in its place would choose (ADR 26).

use super::{Logout, Provider, UserKind};

/// What the platform expects of a provider, and lets it do.
#[derive(Debug, PartialEq, Eq)]
pub struct Contract {
    /// The only algorithm its tokens are signed with (OID-6).
    pub algorithm: Algorithm,
    /// How the platform proves who it is when it exchanges a code.
    pub authentication: ClientAuthentication,
    /// The only form its userinfo has.
    pub userinfo: UserInfo,
    /// What is asked for beside `openid`.
    pub scopes: &'static [&'static str],
    /// Levels of authentication that are enough, the first being the one asked for; none when none is asked.
    pub acr: &'static [&'static str],
    /// What else the provider wants to be told.
    pub parameters: &'static [(&'static str, &'static str)],
    /// Claims without which nobody signs in, beside the subject and the address.
    pub requires: &'static [&'static str],
    /// The claim that holds the last name.
    pub last_name: &'static str,
    /// Whether the address it gives proves whose it is.
    pub email: EmailProof,
    /// Kinds of account that sign in through it (rule book 01 §1.3).
    pub serves: &'static [UserKind],
    /// The kind of account it opens for who has none (OID-15).
    pub opens: UserKind,
    /// Kinds whose account it may be tied to by address, the first time (OID-13). Never staff (OID-19).
    pub ties: &'static [UserKind],
    /// Whether a new subject replaces the one known for the same address: people recreate their account (OID-12).
    pub replaces_subject: bool,
    /// What becomes of a known subject whose address is that of another account (OID-11).
    pub foreign_email: ForeignEmail,
    /// How its session is closed.
    pub logout: Logout,
}

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA, with a key the provider publishes.
    Rs256,
    /// Elliptic curve, with a key the provider publishes.
    Es256,
    /// The client secret, which both sides hold.
    Hs256,
}

/// How a client proves who it is at the token endpoint (OpenID Connect Core §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// `client_secret_basic`.
    Basic,
    /// `client_secret_post`.
    Post,
}

/// The form of userinfo (OID-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserInfo {
    /// JSON, believed because it comes over TLS from the provider.
    Json,
    /// A token signed as the id token is.
    Signed,
}

/// Whether an address given by a provider proves whose it is (OID-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailProof {
    /// When it says `email_verified: true`, each time.
    WhenVerified,
    /// The provider answers for every address, unless it says `email_verified: false`.
    Vouched,
    /// Never: people type it there as they like.
    Never,
}

impl EmailProof {
    /// Whether the address is proved by this `email_verified`.
    pub const fn holds(self, email_verified: Option<bool>) -> bool {
        match self {
            Self::WhenVerified => matches!(email_verified, Some(true)),
            Self::Vouched => !matches!(email_verified, Some(false)),
            Self::Never => false,
        }
    }
}

/// What becomes of a known subject whose address is that of another account (OID-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignEmail {
    /// The account of the subject signs in, and nothing of it changes.
    Ignored,
    /// Nobody signs in.
    Refused,
}

const NOBODY: &[UserKind] = &[];

/// The platform's own provider (D1), which has no other address than a verified one.
const INCLUSION_CONNECT: Contract = Contract {
    algorithm: Algorithm::Rs256,
    authentication: ClientAuthentication::Basic,
    userinfo: UserInfo::Json,
    scopes: &["email", "profile"],
    acr: &[],
    parameters: &[],
    requires: &["given_name", "family_name"],
    last_name: "family_name",
    email: EmailProof::WhenVerified,
    serves: &[UserKind::JobSeeker, UserKind::Professional],
    opens: UserKind::Professional,
    ties: &[UserKind::JobSeeker, UserKind::Professional],
    replaces_subject: false,
    foreign_email: ForeignEmail::Ignored,
    logout: Logout::Form,
};

/// Agents, whose employer answers for their address.
const PRO_CONNECT: Contract = Contract {
    algorithm: Algorithm::Hs256,
    authentication: ClientAuthentication::Post,
    userinfo: UserInfo::Signed,
    scopes: &["email", "given_name", "usual_name", "custom", "idp_id"],
    acr: &["eidas1", "eidas2", "eidas3"],
    parameters: &[(
        "claims",
        r#"{"id_token":{"amr":{"essential":true},"acr":{"essential":false,"values":["eidas2","eidas3"]}}}"#,
    )],
    requires: &["given_name", "usual_name"],
    last_name: "usual_name",
    email: EmailProof::Vouched,
    serves: &[UserKind::Professional],
    opens: UserKind::Professional,
    ties: &[UserKind::Professional],
    replaces_subject: true,
    foreign_email: ForeignEmail::Ignored,
    logout: Logout::Address,
};

/// People, whose identity the State verified and whose address nobody did.
const FRANCE_CONNECT: Contract = Contract {
    algorithm: Algorithm::Es256,
    authentication: ClientAuthentication::Post,
    userinfo: UserInfo::Signed,
    scopes: &["gender", "given_name", "family_name", "email", "birthdate"],
    acr: &["eidas1", "eidas2", "eidas3"],
    parameters: &[],
    requires: &["given_name", "family_name", "birthdate"],
    last_name: "family_name",
    email: EmailProof::Never,
    serves: &[UserKind::JobSeeker],
    opens: UserKind::JobSeeker,
    ties: NOBODY,
    replaces_subject: false,
    foreign_email: ForeignEmail::Refused,
    logout: Logout::Address,
};

/// Jobseekers, with the address of their file at France Travail. What is believed of them is what is of FranceConnect's.
const FRANCE_TRAVAIL_CONNECT: Contract = Contract {
    algorithm: Algorithm::Rs256,
    userinfo: UserInfo::Json,
    scopes: &["profile", "email"],
    acr: &[],
    parameters: &[("realm", "/individu")],
    requires: &["given_name", "family_name"],
    ..FRANCE_CONNECT
};

impl Contract {
    /// What is asked for, as OAuth writes it: `openid` and the rest, separated by spaces.
    pub fn scope(&self) -> String {
        ["openid"].iter().chain(self.scopes).copied().collect::<Vec<_>>().join(" ")
    }
}

impl Provider {
    /// What the platform expects of the provider, and lets it do.
    pub const fn contract(self) -> &'static Contract {
        match self {
            Self::InclusionConnect => &INCLUSION_CONNECT,
            Self::ProConnect => &PRO_CONNECT,
            Self::FranceConnect => &FRANCE_CONNECT,
            Self::FranceTravailConnect => &FRANCE_TRAVAIL_CONNECT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_proved_as_its_provider_declared() {
        let table = [
            (EmailProof::WhenVerified, [false, false, true]),
            (EmailProof::Vouched, [true, false, true]),
            (EmailProof::Never, [false, false, false]),
        ];
        for (proof, expected) in table {
            assert_eq!([None, Some(false), Some(true)].map(|said| proof.holds(said)), expected, "{proof:?}");
        }
    }

    /// Rule book 01 §1.3 and §10.4, line by line.
    #[test]
    fn each_provider_is_relied_upon_for_what_the_rule_book_says() {
        use UserKind::*;
        let table = [
            (
                Provider::InclusionConnect,
                Algorithm::Rs256,
                &[JobSeeker, Professional][..],
                &[JobSeeker, Professional][..],
            ),
            (Provider::ProConnect, Algorithm::Hs256, &[Professional][..], &[Professional][..]),
            (Provider::FranceConnect, Algorithm::Es256, &[JobSeeker][..], &[][..]),
            (Provider::FranceTravailConnect, Algorithm::Rs256, &[JobSeeker][..], &[][..]),
        ];
        assert_eq!(table.len(), Provider::ALL.len());
        for (provider, algorithm, serves, ties) in table {
            let contract = provider.contract();
            assert_eq!((contract.algorithm, contract.serves, contract.ties), (algorithm, serves, ties));
        }
    }

    /// Ours holds names, and takes a form; the others document an address.
    #[test]
    fn each_provider_is_left_as_it_can_be() {
        for provider in Provider::ALL {
            let by_form = *provider == Provider::InclusionConnect;
            assert_eq!(provider.contract().logout == Logout::Form, by_form, "{provider:?}");
        }
    }

    #[test]
    fn no_provider_ties_staff_nor_a_kind_it_does_not_serve_nor_an_address_it_does_not_prove() {
        for provider in Provider::ALL {
            let contract = provider.contract();
            assert!(!contract.ties.contains(&UserKind::Staff), "OID-19 {provider:?}");
            assert!(!contract.serves.contains(&UserKind::Staff), "OID-19 {provider:?}");
            assert!(contract.serves.contains(&contract.opens), "OID-15 {provider:?}");
            assert!(contract.ties.iter().all(|kind| contract.serves.contains(kind)), "{provider:?}");
            assert!(contract.ties.is_empty() || contract.email != EmailProof::Never, "{provider:?}");
        }
    }
}
