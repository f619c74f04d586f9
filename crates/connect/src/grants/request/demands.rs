//! What a relying party demands of the authentication: `acr_values`, the parameter `claims` (OpenID Connect Core §5.5).
//!
//! | Asked | Done |
//! | --- | --- |
//! | `acr_values` whose first known value is eidas2 | the second factor is asked; who has none adds one |
//! | `claims`, `acr` essential, eidas2 without eidas1 | the same |
//! | `claims`, `acr` essential, no level of ours | refused: it cannot be given |
//! | `claims`, `acr` not essential | nothing more: who has a second factor is asked for it anyway |
//! | `claims`, `sub` with a value | nobody else answers |
//!
//! Any other claim is given by the scopes, or not at all, which a relying party that does not call it essential expects.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::AuthorizationError;
use crate::params::Params;
use crate::sessions::Acr;

/// What is demanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Demands {
    /// Two factors.
    pub(super) second_factor: bool,
    /// This person and no other.
    pub(super) subject: Option<Uuid>,
}

#[derive(Deserialize)]
struct Claims {
    id_token: Option<BTreeMap<String, Option<Claim>>>,
}

#[derive(Deserialize)]
struct Claim {
    #[serde(default)]
    essential: bool,
    value: Option<Value>,
    #[serde(default)]
    values: Vec<Value>,
}

impl Claim {
    /// What it may be worth, as text.
    fn admitted(&self) -> impl Iterator<Item = &str> {
        self.value.iter().chain(&self.values).filter_map(Value::as_str)
    }
}

impl Demands {
    /// Reads them.
    pub(super) fn parse(params: &Params) -> Result<Self, AuthorizationError> {
        let listed = params.get("acr_values").unwrap_or_default();
        let preferred = listed.split_whitespace().find_map(Acr::parse);
        let mut demands = Self { second_factor: preferred == Some(Acr::Eidas2), subject: None };
        let Some(claims) = params.get("claims") else { return Ok(demands) };
        let claims: Claims = serde_json::from_str(claims)
            .map_err(|_| AuthorizationError::InvalidRequest("claims is not an object of claims"))?;
        let of_id_token = claims.id_token.unwrap_or_default();
        let claim = |name: &str| of_id_token.get(name).and_then(Option::as_ref);
        if let Some(acr) = claim("acr").filter(|acr| acr.essential && acr.admitted().next().is_some()) {
            let least = acr.admitted().filter_map(Acr::parse).min();
            let least = least.ok_or(AuthorizationError::UnmetAuthenticationRequirements)?;
            demands.second_factor |= least == Acr::Eidas2;
        }
        if let Some(subject) = claim("sub").and_then(|sub| sub.value.as_ref()) {
            // A subject that is none of ours is nobody: no one will answer.
            let subject = subject.as_str().and_then(|subject| subject.parse().ok());
            demands.subject = Some(subject.unwrap_or(Uuid::nil()));
        }
        Ok(demands)
    }
}

/// The parameter `claims` that asks for one person.
pub(super) fn of_subject(subject: Uuid) -> String {
    json!({ "id_token": { "sub": { "value": subject } } }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::form_urlencoded::Serializer;

    fn read(params: &[(&str, &str)]) -> Result<Demands, AuthorizationError> {
        let encoded = Serializer::new(String::new()).extend_pairs(params).finish();
        Demands::parse(&Params::parse(encoded.as_bytes()))
    }

    #[test]
    fn levels_are_demanded_by_preference_or_by_an_essential_claim() {
        let acr =
            |claim: &str| format!(r#"{{"id_token": {{"acr": {claim}, "amr": {{"essential": true}}}}}}"#);
        let essential = acr(r#"{"essential": true, "values": ["eidas2", "eidas3"]}"#);
        let either = acr(r#"{"essential": true, "values": ["eidas2", "eidas1"]}"#);
        let wished = acr(r#"{"values": ["eidas2"]}"#);
        let one = acr(r#"{"essential": true, "value": "eidas2"}"#);
        let any = acr(r#"{"essential": true}"#);
        let nothing = acr("null");
        for (params, second_factor) in [
            (vec![], false),
            (vec![("acr_values", "eidas1")], false),
            (vec![("acr_values", "eidas2 eidas1")], true),
            (vec![("acr_values", "eidas1 eidas2")], false),
            (vec![("acr_values", "eidas3 eidas2")], true),
            (vec![("acr_values", "whatever")], false),
            (vec![("claims", &*essential)], true),
            (vec![("claims", &*either)], false),
            (vec![("claims", &*wished)], false),
            (vec![("claims", &*one)], true),
            (vec![("claims", &*any)], false),
            (vec![("claims", &*nothing)], false),
            (vec![("acr_values", "eidas2"), ("claims", &*wished)], true),
            (vec![("claims", r#"{"userinfo": {"email": {"essential": true}}}"#)], false),
            (vec![("claims", r#"{"id_token": null}"#)], false),
        ] {
            assert_eq!(read(&params).map(|demands| demands.second_factor), Ok(second_factor), "{params:?}");
        }
        let impossible = acr(r#"{"essential": true, "values": ["eidas3"]}"#);
        let refused = AuthorizationError::UnmetAuthenticationRequirements;
        assert_eq!(read(&[("claims", &impossible)]), Err(refused));
        for nonsense in ["nonsense", "[]", r#"{"id_token": 1}"#, r#"{"id_token": {"acr": true}}"#] {
            assert!(read(&[("claims", nonsense)]).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn one_person_is_asked_for_and_nobody_stands_for_a_nonsense() {
        let camille = Uuid::from_u128(7);
        let read = |claims: &str| read(&[("claims", claims)]).unwrap().subject;
        assert_eq!(read(&of_subject(camille)), Some(camille));
        assert_eq!(read(r#"{"id_token": {"sub": {"value": "camille"}}}"#), Some(Uuid::nil()));
        assert_eq!(read(r#"{"id_token": {"sub": null}}"#), None);
    }
}
