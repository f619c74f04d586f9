//! Where the endpoints are, under the issuer.

/// Path of the authorization endpoint, under the issuer.
pub(crate) const AUTHORIZE: &str = "/authorize";
/// Path of the token endpoint.
pub(crate) const TOKEN: &str = "/token";
/// Path of the userinfo endpoint.
pub(crate) const USERINFO: &str = "/userinfo";
/// Path of the logout endpoint.
pub(crate) const LOGOUT: &str = "/logout";
/// Path of the keys.
pub(crate) const JWKS: &str = "/.well-known/jwks.json";
/// Path of the metadata.
pub(crate) const DISCOVERY: &str = "/.well-known/openid-configuration";
/// Path of the login page.
pub(crate) const LOGIN: &str = "/login";
/// Path of the page where an account is asked for.
pub(crate) const REGISTER: &str = "/register";
/// Path of the page that the link of a sign-up opens.
pub(crate) const CONFIRM_EMAIL: &str = "/confirm-email";
/// Path of the page of forgotten passwords.
pub(crate) const FORGOT_PASSWORD: &str = "/forgot-password";
/// Path of the page that the link of a forgotten password opens.
pub(crate) const RESET_PASSWORD: &str = "/reset-password";
/// Path of the page of one's names.
pub(crate) const ACCOUNT: &str = "/account";
/// Path of the page of one's password.
pub(crate) const PASSWORD: &str = "/password";
/// Path of the page of one's address.
pub(crate) const EMAIL: &str = "/email";
/// Path of the page that the link sent to a new address opens.
pub(crate) const EMAIL_CONFIRMATION: &str = "/email/confirmation";
/// Path of the page that the link sent to a former address opens.
pub(crate) const EMAIL_CANCELLATION: &str = "/email/cancellation";
/// Path of the page of one's sessions.
pub(crate) const SESSIONS: &str = "/sessions";
/// Path of the page of a second factor that is waited for.
pub(crate) const SECOND_FACTOR: &str = "/second-factor";
/// Path of the page of one's second factors.
pub(crate) const FACTORS: &str = "/factors";
/// Path of the revocation endpoint.
pub(crate) const REVOKE: &str = "/revoke_token";
/// Path of the introspection endpoint.
pub(crate) const INTROSPECT: &str = "/introspect";
/// Path of the conditions of use.
pub(crate) const TERMS: &str = "/terms";
/// Path of the accounts that operators look after.
pub(crate) const OPERATORS: &str = "/operators";
/// Path of the relying parties that they look after.
pub(crate) const OPERATORS_CLIENTS: &str = "/operators/clients";
