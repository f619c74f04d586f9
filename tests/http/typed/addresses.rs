//! E-mail addresses, phones, places of birth.

use iae_tests::{Persona, TestApp};

use super::one;
use crate::candidates::{created, creation, filled};

#[tokio::test]
async fn an_address_no_mail_can_be_written_to_is_refused_beside_its_field() {
    let app = TestApp::new().await;
    let prescriber = app.browser(Persona::Prescriber).await;
    let new = filled(&creation(&prescriber).await);
    for wrong in [
        "jean.@courriel.example",
        ".jean@courriel.example",
        "jean..marc@courriel.example",
        "jean@courriel..example",
        "jean@-courriel.example",
        "jean@courriel.example.",
        "jean marc@courriel.example",
        "Jean <jean@courriel.example>",
        "hélène@courriel.example",
    ] {
        let look_up = prescriber.get("/candidates/lookup/email").await.form("email");
        let page = look_up.fill("email", wrong).submit().await.is(422);
        assert!(page.error("email").unwrap_or_default().contains("valide"), "{wrong}");
        let page = new.clone().forge("email", wrong).submit().await.is(422);
        assert!(page.error("email").unwrap_or_default().contains("valide"), "{wrong}");
        assert_eq!(page.value("email").as_deref(), Some(wrong), "what was typed is kept");
    }
}

#[tokio::test]
async fn a_phone_of_another_country_is_read_however_it_is_dialled() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = filled(&creation(&app.browser(Persona::Prescriber).await).await);
    for wrong in ["0012345678", "06 12", "000352621123456"] {
        let page = form.clone().fill("phone", wrong).submit().await.is(422);
        assert!(page.error("phone").unwrap_or_default().contains("téléphone"), "{wrong}");
    }
    created(&form.fill("phone", "00352 621 123 456")).await.is(303);
    let kept: String = one(&app, "SELECT phone FROM users WHERE email = 'lise.kauffmann@exemple.fr'").await;
    assert_eq!(kept, "+352621123456");
}

/// CON-5: `birth_place_country_mismatch`.
#[tokio::test]
async fn a_commune_of_birth_is_not_dropped_for_another_country() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let form = filled(&creation(&app.browser(Persona::Prescriber).await).await).fill("birth_country", "134");
    for commune in ["Metz", "Barcelone"] {
        let page = form.clone().fill("birth_commune", commune).submit().await.is(422);
        let said = page.error("birth_commune").unwrap_or_default();
        assert!(said.contains("naissance en France"), "{commune}: {said}");
        assert_eq!(page.value("birth_commune").as_deref(), Some(commune), "what was typed is kept");
    }
    created(&form.clone().fill("birth_commune", " ")).await.is(303);
}
