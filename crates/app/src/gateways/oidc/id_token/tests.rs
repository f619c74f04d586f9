use iae_domain::accounts::Provider;
use serde_json::json;

use super::*;

const NOW: i64 = 1_800_000_000;

fn expected(provider: Provider) -> Expected<'static> {
    Expected {
        contract: provider.contract(),
        issuer: "https://provider.example",
        client_id: "parcours-iae",
        nonce: "the-nonce",
        access_token: "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
    }
}

/// What a right token says, with one claim changed; `null` removes it.
fn claims(name: &str, value: Value) -> Claims {
    let mut claims = json!({
        "iss": "https://provider.example", "aud": "parcours-iae", "sub": "1", "exp": NOW + 60, "iat": NOW,
        // The example of OpenID Connect Core, appendix A.3.
        "nonce": "the-nonce", "at_hash": "77QmUPtjPfzWtF2AnpK9RQ", "acr": "eidas1",
    });
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims.as_object().unwrap().clone()
}

#[test]
fn what_an_id_token_may_say_and_may_not() {
    let now = DateTime::from_timestamp(NOW, 0).unwrap();
    let table = [
        ("none", json!("claim more"), None),
        ("iss", json!("https://provider.example/"), Some("iss")),
        ("iss", json!(null), Some("iss")),
        ("aud", json!(["parcours-iae"]), None),
        ("aud", json!(["parcours-iae", "another"]), Some("aud")),
        ("aud", json!(["another"]), Some("aud")),
        ("aud", json!([]), Some("aud")),
        ("aud", json!(null), Some("aud")),
        ("azp", json!("parcours-iae"), None),
        ("azp", json!("another"), Some("azp")),
        ("azp", json!(["parcours-iae"]), Some("azp")),
        ("exp", json!(NOW), Some("exp")),
        ("exp", json!(1_800_000_001.5), None),
        ("exp", json!("2099-01-01"), Some("exp")),
        ("exp", json!(null), Some("exp")),
        ("iat", json!(NOW + 60), None),
        ("iat", json!(NOW + 61), Some("iat")),
        ("iat", json!(1e300), Some("iat")),
        ("iat", json!(null), Some("iat")),
        ("nbf", json!(NOW + 60), None),
        ("nbf", json!(NOW + 61), Some("nbf")),
        ("nbf", json!("now"), Some("nbf")),
        ("nonce", json!("another"), Some("nonce")),
        ("nonce", json!(null), Some("nonce")),
        ("at_hash", json!(null), None),
        ("at_hash", json!("77QmUPtjPfzWtF2AnpK9RR"), Some("at_hash")),
        ("at_hash", json!(7), Some("at_hash")),
        ("sub", json!("a\0b"), Some("sub")),
        ("sub", json!("x".repeat(1_000_000)), Some("sub")),
        ("sub", json!(12), Some("sub")),
        ("sub", json!(null), Some("sub")),
    ];
    for (name, value, refused) in table {
        let checked = expected(Provider::InclusionConnect).check(&claims(name, value.clone()), now);
        let found = match &checked {
            Ok(_) => None,
            Err(OidcError::Refused(what)) => Some(*what),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, refused, "{name}: {:.40}", value.to_string());
    }
}

#[test]
fn the_level_of_authentication_is_that_of_the_contract() {
    let now = DateTime::from_timestamp(NOW, 0).unwrap();
    let table = [
        (Provider::InclusionConnect, json!(null), true),
        (Provider::FranceTravailConnect, json!("anything"), true),
        (Provider::FranceConnect, json!("eidas1"), true),
        (Provider::FranceConnect, json!("eidas3"), true),
        (Provider::FranceConnect, json!("eidas0"), false),
        (Provider::FranceConnect, json!(null), false),
        (Provider::ProConnect, json!("eidas2"), true),
        (Provider::ProConnect, json!(["eidas1"]), false),
        (Provider::ProConnect, json!(null), false),
    ];
    for (provider, acr, enough) in table {
        let checked = expected(provider).check(&claims("acr", acr.clone()), now);
        assert_eq!(checked.is_ok(), enough, "{provider:?} {acr}");
    }
}
