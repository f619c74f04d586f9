//! `GET /.well-known/openid-configuration` and `GET /.well-known/jwks.json`: what relying parties
//! configure themselves with. Nothing is advertised that is not served.

use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthUrl, AuthenticationContextClass, EndSessionUrl, IssuerUrl,
    JsonWebKeySetUrl, LanguageTag, ProviderMetadata, ResponseTypes, Scope, TokenUrl, UserInfoUrl,
};
use serde::{Deserialize, Serialize};

use super::{AUTHORIZE, INTROSPECT, JWKS, LOGOUT, REVOKE, TOKEN, USERINFO, json};
use crate::error::Error;
use crate::grants::Scopes;
use crate::keys::JWKS_KEPT;
use crate::sessions::Acr;
use crate::{Config, Connect};

use super::token_error::TokenError;

/// How relying parties prove who they are.
const AUTH_METHODS: [&str; 2] = ["client_secret_basic", "client_secret_post"];

/// Members that the core type does not know.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Extensions {
    end_session_endpoint: EndSessionUrl,
    revocation_endpoint: String,
    revocation_endpoint_auth_methods_supported: Vec<String>,
    introspection_endpoint: String,
    introspection_endpoint_auth_methods_supported: Vec<String>,
    backchannel_logout_supported: bool,
    backchannel_logout_session_supported: bool,
    code_challenge_methods_supported: Vec<String>,
    authorization_response_iss_parameter_supported: bool,
    prompt_values_supported: Vec<String>,
}

impl AdditionalProviderMetadata for Extensions {}

type Metadata = ProviderMetadata<
    Extensions,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

pub(super) async fn metadata(State(connect): State<Connect>) -> Result<Response, TokenError> {
    let document =
        describe(connect.config()).map_err(|_| Error::Internal("the issuer is not a usable URL"))?;
    Ok((kept(), json(&document)?).into_response())
}

fn describe(config: &Config) -> Result<Metadata, url::ParseError> {
    let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let claims = [
        "iss",
        "sub",
        "aud",
        "exp",
        "iat",
        "auth_time",
        "acr",
        "amr",
        "sid",
        "nonce",
        "at_hash",
        "given_name",
        "family_name",
        "usual_name",
        "email",
        "email_verified",
    ];
    let extensions = Extensions {
        end_session_endpoint: EndSessionUrl::new(config.endpoint(LOGOUT))?,
        revocation_endpoint: config.endpoint(REVOKE),
        revocation_endpoint_auth_methods_supported: words(&AUTH_METHODS),
        introspection_endpoint: config.endpoint(INTROSPECT),
        introspection_endpoint_auth_methods_supported: words(&AUTH_METHODS),
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
        code_challenge_methods_supported: words(&["S256"]),
        authorization_response_iss_parameter_supported: true,
        prompt_values_supported: words(&["none", "login", "consent", "select_account", "create"]),
    };
    let metadata = ProviderMetadata::new(
        IssuerUrl::new(config.issuer().to_owned())?,
        AuthUrl::new(config.endpoint(AUTHORIZE))?,
        JsonWebKeySetUrl::new(config.endpoint(JWKS))?,
        vec![ResponseTypes::new(vec![CoreResponseType::Code])],
        vec![CoreSubjectIdentifierType::Public],
        vec![CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256],
        extensions,
    );
    Ok(metadata
        .set_token_endpoint(Some(TokenUrl::new(config.endpoint(TOKEN))?))
        .set_userinfo_endpoint(Some(UserInfoUrl::new(config.endpoint(USERINFO))?))
        .set_scopes_supported(Some(words(&Scopes::SUPPORTED).into_iter().map(Scope::new).collect()))
        .set_response_modes_supported(Some(vec![CoreResponseMode::Query]))
        .set_grant_types_supported(Some(vec![CoreGrantType::AuthorizationCode, CoreGrantType::RefreshToken]))
        .set_acr_values_supported(Some(
            Acr::SUPPORTED
                .iter()
                .map(|level| AuthenticationContextClass::new(level.as_str().to_owned()))
                .collect(),
        ))
        .set_token_endpoint_auth_methods_supported(Some(vec![
            CoreClientAuthMethod::ClientSecretBasic,
            CoreClientAuthMethod::ClientSecretPost,
        ]))
        .set_claim_types_supported(Some(vec![CoreClaimType::Normal]))
        .set_claims_supported(Some(words(&claims).into_iter().map(CoreClaimName::new).collect()))
        .set_ui_locales_supported(Some(vec![LanguageTag::new("fr".to_owned())]))
        .set_claims_parameter_supported(Some(true))
        .set_request_parameter_supported(Some(false))
        .set_request_uri_parameter_supported(Some(false)))
}

pub(super) async fn keys(State(connect): State<Connect>) -> Result<Response, TokenError> {
    let keys = connect.keyring().published(connect.now()).await?;
    Ok((kept(), json(&keys)?).into_response())
}

/// Relying parties may keep these documents for a while.
fn kept() -> [(HeaderName, String); 1] {
    [(CACHE_CONTROL, format!("public, max-age={}", JWKS_KEPT.num_seconds()))]
}
