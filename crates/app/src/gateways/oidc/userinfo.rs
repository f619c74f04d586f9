//! What userinfo says of the person the id token speaks of (OID-7), as far as the contract of the provider goes.

use iae_domain::accounts::{Claims as Asserted, Provider, Subject};
use iae_domain::organisations::sign_up::SafirCode;
use iae_domain::text::{Email, Name};
use serde_json::Value;

use super::OidcError;
use super::id_token::{subject, text};
use super::jws::Claims;

/// The most a claim that is text may have.
const LONGEST: usize = 255;

/// What the provider asserts of `who`.
pub(super) fn read(provider: Provider, who: Subject, claims: &Claims) -> Result<Asserted, OidcError> {
    if subject(claims)? != who {
        return Err(OidcError::Refused("another sub in userinfo"));
    }
    for name in provider.contract().requires {
        if !text(claims, name).is_some_and(is_short) {
            return Err(OidcError::Refused(name));
        }
    }
    let email = text(claims, "email").filter(|email| !email.trim().is_empty()).ok_or(OidcError::NoEmail)?;
    Ok(Asserted {
        provider,
        subject: who,
        email: Email::parse(email).map_err(|_| OidcError::Refused("email"))?,
        email_verified: claims.get("email_verified").and_then(said),
        first_name: name(claims, "given_name"),
        last_name: name(claims, provider.contract().last_name),
        birth_date: text(claims, "birthdate").and_then(|day| day.parse().ok()),
        agency: agency(provider, claims),
    })
}

/// The agency of France Travail somebody works for (PRE-21), from a provider that is asked for it.
fn agency(provider: Provider, claims: &Claims) -> Option<SafirCode> {
    let is_asked = provider.contract().scopes.contains(&"custom");
    let custom = claims.get("custom").filter(|_| is_asked)?;
    SafirCode::parse(custom.get("structureTravail")?.as_str()?).ok()
}

/// A name, when what is said is one.
fn name(claims: &Claims, claim: &str) -> Option<Name> {
    text(claims, claim).and_then(|said| Name::parse(said).ok())
}

fn is_short(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(char::is_control)
}

/// Some providers write booleans as text. Anything else proves nothing.
fn said(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(said) => Some(*said),
        Value::String(said) => said.parse().ok().or(Some(false)),
        Value::Null => None,
        Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn asserted(provider: Provider, change: Value) -> Result<Asserted, OidcError> {
        let mut claims = json!({
            "sub": "1", "email": "anne@exemple.fr", "given_name": "Anne", "family_name": "Weber",
            "usual_name": "Weber", "birthdate": "1990-01-31",
        });
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        read(provider, Subject::parse("1").unwrap(), claims.as_object().unwrap())
    }

    #[test]
    fn claims_a_contract_requires_must_be_there_and_short() {
        let long = "x".repeat(256);
        let table = [
            (Provider::InclusionConnect, json!({"usual_name": null, "birthdate": null}), None),
            (Provider::InclusionConnect, json!({"family_name": null}), Some("family_name")),
            (Provider::InclusionConnect, json!({"given_name": long}), Some("given_name")),
            (Provider::ProConnect, json!({"family_name": null}), None),
            (Provider::ProConnect, json!({"usual_name": ""}), Some("usual_name")),
            (Provider::FranceConnect, json!({"birthdate": null}), Some("birthdate")),
            (Provider::FranceConnect, json!({"given_name": "An\0ne"}), Some("given_name")),
            (Provider::FranceTravailConnect, json!({"birthdate": null}), None),
            (Provider::FranceTravailConnect, json!({"sub": "2"}), Some("another sub in userinfo")),
            (Provider::FranceTravailConnect, json!({"sub": null}), Some("sub")),
            (Provider::InclusionConnect, json!({"email": "not an address"}), Some("email")),
        ];
        for (provider, change, refused) in table {
            let found = match asserted(provider, change.clone()) {
                Ok(_) => None,
                Err(OidcError::Refused(what)) => Some(what),
                Err(error) => panic!("{error}"),
            };
            assert_eq!(found, refused, "{provider:?} {:.60}", change.to_string());
        }
    }

    #[test]
    fn an_address_is_needed_and_what_is_said_of_it_is_kept_as_it_is() {
        for nothing in [json!(null), json!(""), json!(" "), json!(12)] {
            let missing = asserted(Provider::FranceTravailConnect, json!({ "email": nothing }));
            assert!(matches!(missing, Err(OidcError::NoEmail)));
        }
        for (said, expected) in [
            (json!(null), None),
            (json!(true), Some(true)),
            (json!(false), Some(false)),
            (json!("true"), Some(true)),
            (json!("oui"), Some(false)),
            (json!(1), Some(false)),
        ] {
            let claims =
                asserted(Provider::InclusionConnect, json!({ "email_verified": said.clone() })).unwrap();
            assert_eq!(claims.email_verified, expected, "{said}");
        }
    }
}
