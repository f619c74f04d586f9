//! SIRENE as INSEE documents it (API Sirene 3.11), played by a server of the test, and what a sign-up makes of each answer (ORG-6, D18).

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use iae_app::gateways::sirene::Sirene;
use iae_tests::{Persona, TestApp};
use secrecy::SecretString;
use serde_json::json;
use tokio::net::TcpListener;

use super::{NEW_SIRET, organisations, searched, with_address};

/// The key that the server of the test takes.
const KEY: &str = "cle-pour-les-tests";

/// Establishments the server knows, by what it answers of them.
const CLOSED: &str = "44012345600026";
const OPTED_OUT: &str = "44012345600034";
const HIDDEN: &str = "44012345600042";
const UNKNOWN: &str = "44012345600059";
const BROKEN: &str = "44012345600067";
const UNREADABLE: &str = "44012345600075";
const MALFORMED: &str = "44012345600083";

async fn answer(Path(siret): Path<String>, headers: HeaderMap) -> Response {
    let key = headers.get("x-insee-api-key-integration").and_then(|key| key.to_str().ok());
    if key != Some(KEY) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let (state, name) = match siret.as_str() {
        CLOSED => ("F", "ASSOCIATION FERMEE"),
        HIDDEN => ("A", "[ND]"),
        OPTED_OUT => return StatusCode::FORBIDDEN.into_response(),
        UNKNOWN => return StatusCode::NOT_FOUND.into_response(),
        BROKEN => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        MALFORMED => return StatusCode::BAD_REQUEST.into_response(),
        UNREADABLE => return "<html>maintenance</html>".into_response(),
        _ => ("A", "MISSION LOCALE DU SAULNOIS"),
    };
    axum::Json(json!({
        "header": { "statut": 200, "message": "OK" },
        "etablissement": {
            "siret": siret,
            "uniteLegale": { "denominationUniteLegale": name },
            "adresseEtablissement": {
                "numeroVoieEtablissement": "8", "typeVoieEtablissement": "PLACE", "libelleVoieEtablissement": "SAINT LOUIS",
                "codePostalEtablissement": "57000", "libelleCommuneEtablissement": "METZ",
                "codeCommuneEtablissement": "57463"
            },
            "periodesEtablissement": [{ "dateFin": null, "etatAdministratifEtablissement": state }]
        }
    }))
    .into_response()
}

/// The platform of an operator who has a key.
async fn with_sirene(key: &'static str) -> TestApp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/api-sirene/3.11", listener.local_addr().unwrap());
    let server = Router::new().route("/api-sirene/3.11/siret/{siret}", get(answer));
    tokio::spawn(async move { axum::serve(listener, server).await.unwrap() });
    TestApp::with(|app| {
        app.sirene = Sirene::api(address.parse().unwrap(), SecretString::from(key)).unwrap();
    })
    .await
}

/// SGN-14: the organisation is what SIRENE says, whatever is typed besides.
#[tokio::test]
async fn an_organisation_is_signed_up_as_sirene_knows_it() {
    let app = with_sirene(KEY).await;
    app.ignore_mails();
    let kind = searched(&app, Persona::NoOrganisation, NEW_SIRET, "57").await.is(200);
    let recap = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
    assert!(recap.says("MISSION LOCALE DU SAULNOIS") && recap.says("8 PLACE SAINT LOUIS"), "{recap:?}");
    assert!(kind.h1().contains("Étape 2 sur 3") && recap.h1().contains("Étape 3 sur 3"), "{recap:?}");
    let forged = recap.form("prescriber").forge("name", "Tout autre chose").press("confirm");
    forged.submit().await.is(303);
    let found = organisations(&app, NEW_SIRET).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("ML", "MISSION LOCALE DU SAULNOIS"));
    let kept: (String, String, String, Option<f64>) = sqlx::query_as(
        "SELECT address_line_1, city, department_code, latitude FROM organisations WHERE siret = $1",
    )
    .bind(NEW_SIRET)
    .fetch_one(app.db())
    .await
    .unwrap();
    assert_eq!((kept.0.as_str(), kept.1.as_str(), kept.2.as_str()), ("8 PLACE SAINT LOUIS", "Metz", "57"));
    assert!(kept.3.is_some(), "where its commune is (D23)");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_closed_establishment_is_refused_beside_its_siret() {
    let app = with_sirene(KEY).await;
    for (siret, said) in [(CLOSED, "est fermé"), (MALFORMED, "ne reconnaît pas ce SIRET")] {
        let kind = searched(&app, Persona::NoOrganisation, siret, "57").await.is(200);
        let refused = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(422);
        assert!(refused.error("siret").unwrap_or_default().contains(said), "{siret}: {refused:?}");
        assert_eq!(refused.value("kind").as_deref(), Some("ML"), "what was chosen is kept");
        assert!(organisations(&app, siret).await.is_empty());
    }
}

/// Whatever keeps SIRENE from answering is told in its own words, and leaves the manual way.
#[tokio::test]
async fn what_sirene_does_not_say_is_typed_and_the_reason_told() {
    let app = with_sirene(KEY).await;
    app.ignore_mails();
    for (siret, said) in [
        (OPTED_OUT, "opposé à la diffusion"),
        (HIDDEN, "opposé à la diffusion"),
        (UNKNOWN, "ne connaît pas ce SIRET"),
        (BROKEN, "ne répond pas"),
        (UNREADABLE, "n’a pas pu être lue"),
    ] {
        let kind = searched(&app, Persona::NoOrganisation, siret, "57").await.is(200);
        let asked = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
        assert!(asked.says(said), "{siret}: {asked:?}");
        let form = with_address(asked.form("prescriber"), "Mission locale rurale");
        let recap = form.press("address").submit().await.is(200);
        assert!(recap.says("Mission locale rurale") && recap.says("57000 Metz"), "{siret}: {recap:?}");
    }
}

/// A key that was taken back hinders nobody.
#[tokio::test]
async fn a_key_that_is_refused_leaves_the_manual_way() {
    let app = with_sirene("une-autre").await;
    let kind = searched(&app, Persona::NoOrganisation, NEW_SIRET, "57").await.is(200);
    let asked = kind.form("prescriber").fill("kind", "ML").press("kind").submit().await.is(200);
    assert!(asked.says("ne répond pas"), "{asked:?}");
}
