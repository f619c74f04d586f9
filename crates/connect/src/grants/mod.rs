//! From a relying party's request to a code, and from a code to tokens.

mod code;
mod issue;
mod pkce;
mod redeem;
mod refresh;
mod request;
mod scope;
mod store;
mod tokens;

use chrono::TimeDelta;

pub(crate) use issue::issue_code;
pub(crate) use pkce::CodeChallenge;
pub(crate) use redeem::{GrantRefused, Redeem, Redeemed, redeem};
pub(crate) use refresh::{Refresh, RefreshRefused, refresh};
pub(crate) use request::{
    Asker, AuthorizationError, AuthorizationRequest, Carried, Next, Pending, Refused, answer_request,
    find_asker, purge_requests,
};
pub(crate) use scope::Scopes;
pub(crate) use store::{find_access_token, purge_codes, purge_tokens, revoke_all_of, revoke_all_of_session};
pub(crate) use tokens::{Inspected, inspect, revoke};

/// Life of a code (IDP-6).
pub(crate) const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);
/// Life of an access token (IDP-6).
pub(crate) const ACCESS_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(30);
/// Life of a refresh token (IDP-6), which never outlives its session.
pub(crate) const REFRESH_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(30);
/// Life of an id token: as long as the session it tells of.
pub(crate) const ID_TOKEN_LIFETIME: TimeDelta = TimeDelta::minutes(30);
/// How long a login page may stay open. A link of a mail begins the request again, for a day (IDP-4): `endpoints/let_in.rs`.
pub(crate) const REQUEST_LIFETIME: TimeDelta = TimeDelta::minutes(15);
