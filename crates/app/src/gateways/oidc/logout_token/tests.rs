//! What makes of a token a logout, and what does not (Back-Channel Logout 1.0 §2.4, §2.6).

use serde_json::json;

use super::*;

const NOW: i64 = 1_777_885_200;

/// The claims of a right token, one of them being otherwise; `null` takes it away.
fn read_with(name: &str, value: Value) -> Result<LoggedOut, OidcError> {
    let mut claims = json!({
        "iat": NOW - 5, "exp": NOW + 115, "jti": "one", "sub": "somebody", "sid": "a session", "events": { EVENT: {} },
    });
    claims[name] = value;
    let claims = claims.as_object().unwrap().clone();
    let claims: Claims = claims.into_iter().filter(|(_, value)| !value.is_null()).collect();
    read(&claims, DateTime::from_timestamp(NOW, 0).unwrap())
}

#[test]
fn a_logout_is_of_a_person_of_a_session_or_of_both() {
    let somebody = Subject::parse("somebody").unwrap();
    let session = "a session".to_owned();
    let right = read_with("iat", json!(NOW)).unwrap();
    assert_eq!(right.who, Whose::SessionOf(somebody.clone(), session.clone()));
    assert_eq!(right.expires_at.timestamp(), NOW + 115);
    assert_eq!(read_with("sid", Value::Null).unwrap().who, Whose::Person(somebody));
    assert_eq!(read_with("sub", Value::Null).unwrap().who, Whose::Session(session));
    assert_ne!(read_with("jti", json!("another")).unwrap().token_digest, right.token_digest);
}

#[test]
fn what_lacks_or_holds_what_it_should_not_is_no_logout() {
    for (name, value, said) in [
        ("iat", Value::Null, "iat"),
        ("iat", json!(NOW + 61), "iat"),
        ("exp", Value::Null, "exp"),
        ("exp", json!(NOW), "exp"),
        ("exp", json!("tomorrow"), "exp"),
        ("exp", json!(i64::MAX), "exp"),
        ("jti", Value::Null, "jti"),
        ("jti", json!(""), "jti"),
        ("jti", json!("x".repeat(256)), "jti"),
        ("jti", json!(7), "jti"),
        ("nonce", json!("a nonce"), "nonce"),
        ("nonce", json!(""), "nonce"),
        ("events", Value::Null, "events"),
        ("events", json!({}), "events"),
        ("events", json!({ EVENT: "logout" }), "events"),
        ("events", json!([EVENT]), "events"),
        ("sub", json!(""), "sub"),
        ("sub", json!(7), "sub"),
        ("sid", json!(7), "sid"),
        ("sid", json!(""), "sid"),
        ("sid", json!("a\0b"), "sid"),
    ] {
        let refused = read_with(name, value.clone()).unwrap_err();
        assert!(matches!(refused, OidcError::Refused(what) if what == said), "{name} {value}: {refused}");
    }
    let claims = json!({ "iat": NOW, "exp": NOW + 1, "jti": "one", "events": { EVENT: {} } });
    let refused = read(claims.as_object().unwrap(), DateTime::from_timestamp(NOW, 0).unwrap()).unwrap_err();
    assert!(matches!(refused, OidcError::Refused("neither sub nor sid")), "{refused}");
}
