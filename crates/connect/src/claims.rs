//! What relying parties learn about a person (IDP-7, IDP-8), in the id token and in userinfo alike.

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreGenderClaim, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AccessToken, AdditionalClaims, Audience, AuthenticationContextClass, AuthenticationMethodReference,
    ClientId, EndUserEmail, EndUserFamilyName, EndUserGivenName, IdToken, IdTokenClaims, IdTokenVerifier,
    IssuerUrl, LocalizedClaim, Nonce, StandardClaims, SubjectIdentifier, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Config;
use crate::accounts::Account;
use crate::error::Error;
use crate::grants::{ID_TOKEN_LIFETIME, Redeemed, Scopes};
use crate::keys::SigningKey;
use crate::sessions::Methods;

/// Claims that OpenID Connect does not define.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct OtherClaims {
    /// The name in use: here, the family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    usual_name: Option<String>,
    /// The session, in id tokens: logout tokens name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
}

impl AdditionalClaims for OtherClaims {}

type Token =
    IdToken<OtherClaims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// The claims of userinfo.
pub(crate) fn userinfo(account: &Account, scopes: Scopes) -> UserInfoClaims<OtherClaims, CoreGenderClaim> {
    UserInfoClaims::new(standard(account, scopes), other(account, scopes, None))
}

fn standard(account: &Account, scopes: Scopes) -> StandardClaims<CoreGenderClaim> {
    let mut claims = StandardClaims::new(SubjectIdentifier::new(account.id.to_string()));
    if scopes.profile {
        claims = claims
            .set_given_name(Some(LocalizedClaim::from(EndUserGivenName::new(account.given_name.clone()))))
            .set_family_name(Some(LocalizedClaim::from(EndUserFamilyName::new(account.family_name.clone()))));
    }
    if scopes.email {
        // An account has no other address than a verified one.
        claims =
            claims.set_email(Some(EndUserEmail::new(account.email.clone()))).set_email_verified(Some(true));
    }
    claims
}

fn other(account: &Account, scopes: Scopes, sid: Option<Uuid>) -> OtherClaims {
    OtherClaims { usual_name: scopes.usual_name.then(|| account.family_name.clone()), sid }
}

/// The signed id token of a redeemed code, or of a refresh.
pub(crate) fn id_token(
    config: &Config,
    client_id: &str,
    redeemed: &Redeemed,
    access_token: &AccessToken,
    key: &SigningKey,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let claims = IdTokenClaims::new(
        issuer(config)?,
        vec![Audience::new(client_id.to_owned())],
        now + ID_TOKEN_LIFETIME,
        now,
        standard(&redeemed.account, redeemed.scopes),
        other(&redeemed.account, redeemed.scopes, redeemed.session_id),
    )
    .set_auth_time(Some(redeemed.authenticated_at))
    .set_auth_context_ref(Some(AuthenticationContextClass::new(redeemed.methods.acr().as_str().to_owned())))
    .set_auth_method_refs(Some(amr(redeemed.methods)))
    .set_nonce(redeemed.nonce.clone().map(Nonce::new));
    let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    Token::new(claims, key, algorithm, Some(access_token), None)
        .map(|token| token.to_string())
        .map_err(|_| Error::Crypto("an id token could not be signed"))
}

fn amr(methods: Methods) -> Vec<AuthenticationMethodReference> {
    methods.stored().into_iter().map(AuthenticationMethodReference::new).collect()
}

/// Whom an id token was about, and for whom it was made.
pub(crate) struct Hint {
    /// The person.
    pub(crate) account_id: Uuid,
    /// The relying party.
    pub(crate) client_id: String,
}

/// Reads an id token given back as a hint: signed by us, for one relying party, expired or not (IDP-21). A logout token is none:
/// its `typ` says so.
pub(crate) fn read_hint(
    config: &Config,
    hint: &str,
    keys: CoreJsonWebKeySet,
    client_id: Option<&str>,
) -> Result<Option<Hint>, Error> {
    let Ok(token) = hint.parse::<Token>() else { return Ok(None) };
    let verifier = IdTokenVerifier::new_public_client(
        ClientId::new(client_id.unwrap_or_default().to_owned()),
        issuer(config)?,
        keys,
    )
    .require_audience_match(client_id.is_some())
    .set_time_fn(|| DateTime::UNIX_EPOCH);
    let Ok(claims) = token.claims(&verifier, |_: Option<&Nonce>| Ok(())) else { return Ok(None) };
    let (Ok(account_id), [audience]) = (claims.subject().parse(), claims.audiences().as_slice()) else {
        return Ok(None);
    };
    Ok(Some(Hint { account_id, client_id: audience.to_string() }))
}

fn issuer(config: &Config) -> Result<IssuerUrl, Error> {
    IssuerUrl::new(config.issuer().to_owned()).map_err(|_| Error::Internal("the issuer is not a usable URL"))
}
